import type { UpstreamId } from "@/demo/catalogue/shelf";
import { type Demo, startDemo } from "@/demo/start-demo";
import { anilist } from "@/lib/providers/adapters/anilist";
import { jikan } from "@/lib/providers/adapters/jikan";
import { kitsu } from "@/lib/providers/adapters/kitsu";
import { mangadex } from "@/lib/providers/adapters/mangadex";
import { mangaupdates } from "@/lib/providers/adapters/mangaupdates";
import { opds } from "@/lib/providers/adapters/opds";
import { openlibrary } from "@/lib/providers/adapters/openlibrary";
import { tmdb } from "@/lib/providers/adapters/tmdb";
import { type CallProvider, createCallProvider } from "@/lib/providers/call-provider";
import type { Provider, ProviderAdapter, ProviderCall } from "@/lib/providers/provider";
import { fakeProvider } from "@/lib/providers/testing/fake-provider";
import { createTransport } from "@/lib/providers/transport";

export const ADAPTERS = {
  mangadex,
  anilist,
  kitsu,
  mangaupdates,
  "opds-tower": opds,
  openlibrary,
  jikan,
  tmdb,
} as const satisfies Record<UpstreamId, ProviderAdapter>;

export interface SimulatedProviders {
  demo: Demo;
  callProvider: CallProvider;
  /** Every sample so far, in order. */
  calls: ProviderCall[];
  /** Mistakes of our own; to be empty. */
  reports: unknown[];
  /** Provider with its upstream's address and credentials, unlimited in rate. */
  provider(id: UpstreamId, overrides?: Partial<Provider>): Provider;
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
        adapter: ADAPTERS[id],
        rate: { calls: 10_000, intervalMs: 1000 },
        config: {
          baseUrl: demo.upstreams[id].baseUrl,
          username: demo.environment["PROVIDER_OPDS_TOWER_USERNAME"] ?? "",
          password: demo.environment["PROVIDER_OPDS_TOWER_PASSWORD"] ?? "",
          ...(id === "tmdb" && { api_key: demo.environment["PROVIDER_TMDB_API_KEY"] ?? "" }),
        },
        ...overrides,
      }),
    async stop() {
      await transport.close();
      await demo.stop();
    },
  };
}
