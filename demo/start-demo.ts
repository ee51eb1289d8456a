import { serveControl } from "./control/serve-control";
import { aniList } from "./upstreams/anilist";
import { createCoverPainter } from "./upstreams/cover-painter";
import { jikan } from "./upstreams/jikan";
import { kitsu } from "./upstreams/kitsu";
import type { KomgaCredentials } from "./upstreams/komga";
import { createKomga } from "./upstreams/komga";
import { mangaDex } from "./upstreams/mangadex";
import { mangaUpdates } from "./upstreams/mangaupdates";
import type { OpdsCredentials } from "./upstreams/opds";
import { createOpds } from "./upstreams/opds";
import { createOpds2 } from "./upstreams/opds2";
import { openLibrary } from "./upstreams/openlibrary";
import type { RunningUpstream } from "./upstreams/serve-upstream";
import { serveUpstream } from "./upstreams/serve-upstream";
import { SIMULATED_IDS, type SimulatedId } from "./upstreams/service-ids";
import { createServices, SERVICE_KEYS, type ServiceKeys, toServiceVariables } from "./upstreams/services";
import { createTmdb } from "./upstreams/tmdb";
import type { Upstream } from "./upstreams/upstream";

export interface DemoOptions {
  host?: string;
  /** A number is the first of several ports in a row: the upstreams in the order of `SIMULATED_IDS`, then the control API. */
  ports?: "random" | number;
  /** Null leaves the OPDS catalogue open. */
  opdsCredentials?: OpdsCredentials | null;
  /** What TMDb asks for: a read token, or a key of 32 hexadecimal digits. */
  tmdbKey?: string;
  /** What the services ask for, where it is not to be the usual. */
  serviceKeys?: Partial<ServiceKeys>;
  /** Where picture URLs point to, instead of the upstream itself. */
  cdnOrigin?: string | null;
  clock?: () => number;
}

export interface Demo {
  upstreams: Record<SimulatedId, RunningUpstream>;
  control: { url: string };
  /** Variables that make Yagura ask these upstreams. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

const CREDENTIALS: OpdsCredentials = { username: "keeper", password: "lantern" };
const TMDB_KEY = "demo-read-token";
/** The key that is part of the harbour's address. */
const HARBOUR_KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const ATTIC = { apiKey: "demo-komga-key-of-the-attic" } as const satisfies KomgaCredentials;
const CELLAR = { username: "cellar@yagura.example", password: "candle-and-keg" } as const satisfies KomgaCredentials;

/** Starts all simulated upstreams and the API that breaks them. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { host = "127.0.0.1", ports = "random", cdnOrigin = null, clock = Date.now, tmdbKey = TMDB_KEY } = options;
  const credentials = options.opdsCredentials === undefined ? CREDENTIALS : options.opdsCredentials;
  const serviceKeys: ServiceKeys = { ...SERVICE_KEYS, ...options.serviceKeys };
  const definitions: Record<SimulatedId, Upstream> = {
    mangadex: mangaDex,
    anilist: aniList,
    kitsu,
    mangaupdates: mangaUpdates,
    "opds-tower": createOpds(credentials),
    openlibrary: openLibrary,
    jikan,
    tmdb: createTmdb(tmdbKey),
    "opds-harbour": createOpds2(HARBOUR_KEY),
    "komga-attic": createKomga("komga-attic", "Attic (Komga)", ATTIC),
    "komga-cellar": createKomga("komga-cellar", "Cellar (Komga)", CELLAR),
    ...createServices(serviceKeys),
  };
  const portAt = (index: number) => (ports === "random" ? 0 : ports + index);
  const paint = createCoverPainter();
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
  };
  try {
    const entries: [SimulatedId, RunningUpstream][] = [];
    for (const [index, id] of SIMULATED_IDS.entries()) {
      const running = await serveUpstream(definitions[id], { host, port: portAt(index), paint, clock, cdnOrigin });
      started.push(running);
      entries.push([id, running]);
    }
    const upstreams = Object.fromEntries(entries) as Record<SimulatedId, RunningUpstream>;
    const control = await serveControl(upstreams, { host, port: portAt(SIMULATED_IDS.length) });
    started.push(control);
    return {
      upstreams,
      control: { url: control.url },
      environment: toEnvironment(upstreams, { credentials, tmdbKey, serviceKeys }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function toEnvironment(
  upstreams: Record<SimulatedId, RunningUpstream>,
  keys: { credentials: OpdsCredentials | null; tmdbKey: string; serviceKeys: ServiceKeys },
): Record<string, string> {
  const { credentials, tmdbKey, serviceKeys } = keys;
  const bases = SIMULATED_IDS.map((id) => [`${variablesOf(id)}_BASE_URL`, upstreams[id].baseUrl]);
  const own = variablesOf("opds-tower");
  return {
    ...Object.fromEntries(bases),
    PROVIDER_TMDB_API_KEY: tmdbKey,
    PROVIDER_KOMGA_ATTIC_API_KEY: ATTIC.apiKey,
    PROVIDER_KOMGA_CELLAR_USERNAME: CELLAR.username,
    PROVIDER_KOMGA_CELLAR_PASSWORD: CELLAR.password,
    ...toServiceVariables(serviceKeys, variablesOf),
    ...(credentials ? { [`${own}_USERNAME`]: credentials.username, [`${own}_PASSWORD`]: credentials.password } : {}),
  };
}

function variablesOf(id: SimulatedId): string {
  return `PROVIDER_${id.toUpperCase().replaceAll("-", "_")}`;
}
