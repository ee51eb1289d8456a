import type { UpstreamId } from "@/demo/catalogue/shelf";
import { type Demo, startDemo } from "@/demo/start-demo";
import { isService, type SimulatedId } from "@/demo/upstreams/service-ids";
import { anilist } from "@/lib/providers/adapters/anilist";
import { jikan } from "@/lib/providers/adapters/jikan";
import { kitsu } from "@/lib/providers/adapters/kitsu";
import { komga } from "@/lib/providers/adapters/komga";
import { mangadex } from "@/lib/providers/adapters/mangadex";
import { mangaupdates } from "@/lib/providers/adapters/mangaupdates";
import { opds } from "@/lib/providers/adapters/opds";
import { openAiCompatible } from "@/lib/providers/adapters/openai-compatible";
import { openlibrary } from "@/lib/providers/adapters/openlibrary";
import { tmdb } from "@/lib/providers/adapters/tmdb";
import { listBuiltins } from "@/lib/providers/builtins";
import { type CallProvider, createCallProvider } from "@/lib/providers/call-provider";
import type { Provider, ProviderAdapter, ProviderCall } from "@/lib/providers/provider";
import { registry } from "@/lib/providers/registry";
import { fakeProvider } from "@/lib/providers/testing/fake-provider";
import { createTransport } from "@/lib/providers/transport";

/** Presets have adapters of their own. */
const BUILTINS: ReadonlyMap<string, ProviderAdapter> = new Map(
  listBuiltins(registry).map(({ id, adapter }) => [id, adapter]),
);

export const ADAPTERS = {
  mangadex,
  anilist,
  kitsu,
  mangaupdates,
  "opds-tower": opds,
  openlibrary,
  jikan,
  tmdb,
  "opds-harbour": opds,
  "komga-attic": komga,
  "komga-cellar": komga,
} as const satisfies Record<UpstreamId, ProviderAdapter>;

export interface SimulatedProviders {
  demo: Demo;
  callProvider: CallProvider;
  /** Every sample so far, in order. */
  calls: ProviderCall[];
  /** Mistakes of our own; to be empty. */
  reports: unknown[];
  /** Provider with its upstream's address and credentials, unlimited in rate. */
  provider(id: SimulatedId, overrides?: Partial<Provider>): Provider;
  stop(): Promise<void>;
}

/** The real adapters behind the real door, in front of simulated upstreams. */
export async function startSimulatedProviders(): Promise<SimulatedProviders> {
  const demo = await startDemo();
  const transport = createTransport();
  const calls: ProviderCall[] = [];
  const reports: unknown[] = [];
  const callProvider = createCallProvider({
    admit: () => ({ allowed: true, generation: 0 }),
    withdraw: () => {},
    observe: (call) => calls.push(call),
    http: { transport, userAgent: "Yagura/0.0.0 (+https://example.org)" },
    clock: Date.now,
    random: () => 0,
    report: (error) => reports.push(error),
  });
  return {
    demo,
    callProvider,
    calls,
    reports,
    provider: (id, overrides = {}) =>
      fakeProvider({
        id,
        adapter: isService(id) ? (BUILTINS.get(id) ?? openAiCompatible) : ADAPTERS[id],
        rate: { calls: 10_000, intervalMs: 1000 },
        config: {
          baseUrl: demo.upstreams[id].baseUrl,
          ...credentialsOf(id, demo.environment),
        },
        ...overrides,
      }),
    async stop() {
      await transport.close();
      await demo.stop();
    },
  };
}

function credentialsOf(id: SimulatedId, environment: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = `PROVIDER_${id.toUpperCase().replaceAll("-", "_")}`;
  const fields = ["username", "password", "api_key"].flatMap((field) => {
    const value = environment[`${prefix}_${field.toUpperCase()}`];
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(fields);
}
