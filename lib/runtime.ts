import "server-only";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { ensureFirstAdmin } from "@/lib/accounts/first-admin";
import { type InstanceSecrets, loadInstanceSecrets } from "@/lib/accounts/instance-secrets";
import { createChannelStore } from "@/lib/db/alert-channels";
import { createAlertStore } from "@/lib/db/alerts";
import { listActiveCheckIntervals } from "@/lib/db/check-intervals";
import { type Database, openDatabase } from "@/lib/db/client";
import { listFavoriteStates } from "@/lib/db/favorites";
import { createHealthStore } from "@/lib/db/health-store";
import { createProviderStore } from "@/lib/db/providers";
import { recordSearch } from "@/lib/db/search-history";
import { createSettingsStore } from "@/lib/db/settings";
import { countAllFavorites, measureDatabase } from "@/lib/db/system";
import { type Env, getEnv } from "@/lib/env";
import { createMemoryBus } from "@/lib/events/memory-bus";
import { refreshFavoriteKeys } from "@/lib/favorites/refresh-favorite-keys";
import { createStarredTitles, type StarredTitles } from "@/lib/favorites/starred-titles";
import { toAlertTimes } from "@/lib/health/alerts/alert-times";
import type { Alerts } from "@/lib/health/alerts/alerts";
import { createAlerts } from "@/lib/health/alerts/create-alerts";
import { createReachability, parseCanary } from "@/lib/health/connectivity-canaries";
import { nextEventId } from "@/lib/health/event-ids";
import { createInstanceSettings, type InstanceSettings } from "@/lib/health/instance-settings";
import { createLiveFeed } from "@/lib/health/live-feed";
import { createLiveStreams, type LiveEvent, type LiveStreams } from "@/lib/health/live-stream";
import { createHealthMonitor, type HealthMonitor } from "@/lib/health/monitor";
import { createProcessGuard } from "@/lib/health/process-guard";
import { setSystemTimer } from "@/lib/health/timers";
import { setEdgeContext } from "@/lib/http/edge-context";
import { stampPeerAddresses } from "@/lib/http/stamp-peer-addresses";
import { type CallProvider, createCallProvider } from "@/lib/providers/call-provider";
import { createProviderCatalog, type ProviderCatalog } from "@/lib/providers/catalog";
import { toUserAgent } from "@/lib/providers/http-client";
import { registry } from "@/lib/providers/registry";
import { createTransport } from "@/lib/providers/transport";
import { remember } from "@/lib/remember";
import { createSearchService, type SearchService } from "@/lib/search/search-service";
import { toWeight } from "@/lib/search/strength";
import { createSecretBox } from "@/lib/secret-box";
import { observeHttp } from "@/lib/telemetry/http-timing";
import { createLog } from "@/lib/telemetry/log";
import { createMetrics, type Metrics } from "@/lib/telemetry/metrics";
import { type Observed, observeProcess } from "@/lib/telemetry/observers";
import { reportSearch } from "@/lib/telemetry/report-search";
import { reportSlowQuery } from "@/lib/telemetry/slow-query";
import { startSystemSampler } from "@/lib/telemetry/system-sampler";
import { observeTlsExpiry } from "@/lib/telemetry/tls-expiry";
import { countCovers } from "@/lib/titles/cover-files";
import { type Covers, createCovers } from "@/lib/titles/covers";
import { createTitleFiles, type TitleFiles } from "@/lib/titles/title-files";
import { createTitleReader, type TitleReader } from "@/lib/titles/title-reader";
import { createTitleStore, type TitleStore } from "@/lib/titles/title-store";
import { version } from "@/package.json";

const DAY_MS = 24 * 3_600_000;
const SYSTEM_SAMPLE_MS = 15_000;
const MEBIBYTE = 1024 * 1024;

/** What one process is made of. Built once, here; everything else takes the parts it needs. */
export interface Runtime {
  env: Env;
  log: Logger;
  db: Database;
  metrics: Metrics;
  settings: InstanceSettings;
  providers: ProviderCatalog;
  callProvider: CallProvider;
  health: HealthMonitor;
  alerts: Alerts;
  live: LiveStreams;
  search: SearchService;
  starred: StarredTitles;
  titles: TitleStore;
  titleReader: TitleReader;
  covers: Covers;
  titleFiles: TitleFiles;
  /** Ends checks, writes what waits, closes connections. */
  stop(): Promise<void>;
}

const slot = () =>
  remember<{ current: Promise<Runtime> | null; built: Runtime | null }>("runtime", () => ({
    current: null,
    built: null,
  }));

/** Throws before the start is over; no request is served before that. */
export function getRuntime(): Runtime {
  const { built } = slot();
  if (!built) throw new Error("The runtime has not been started: instrumentation.node.ts starts it.");
  return built;
}

export function startRuntime(): Promise<Runtime> {
  const runtime = slot();
  runtime.current ??= build().then((built) => {
    runtime.built = built;
    return built;
  });
  return runtime.current;
}

async function build(): Promise<Runtime> {
  const clock = Date.now;
  const env = getEnv();
  const log = createLog(env.LOG_LEVEL);
  const secrets = loadInstanceSecrets(env);
  const metrics = createMetrics({
    enabled: env.ENABLE_PROMETHEUS_METRICS,
    version,
    dialect: env.DATABASE_URL.startsWith("file:") ? "sqlite" : "postgresql",
    detail: env.METRICS_DETAIL,
    clock,
    onCollectorError: (collector, error) => log.warn({ err: error, collector }, "a metrics collector failed"),
  });
  const db = await openDatabase({
    url: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    onQuery(query) {
      metrics.recordDbQuery(query);
      reportSlowQuery(log, query);
    },
  });
  setEdgeContext({ db, env, log, secrets, clock });
  stampPeerAddresses();
  const http = observeHttp({ metrics, log });

  const parts = { env, log, db, metrics, clock, secrets };
  const watched = await watchProviders(parts);
  const library = await openLibrary(parts, watched);
  const gauges = metrics.enabled ? openGauges(parts, { ...watched, ...library, http }) : null;
  await ensureFirstAdmin({ client: db.client, env, log });
  await watched.alerts.start();
  await watched.health.start(watched.callProvider);
  return {
    env,
    log,
    db,
    metrics,
    ...watched,
    ...library,
    async stop() {
      gauges?.stop();
      http.stop();
      watched.live.stop();
      watched.processGuard.stop();
      watched.tls.stop();
      await Promise.allSettled([watched.health.stop(), watched.alerts.stop(), library.titles.stop()]);
      await Promise.allSettled([watched.transport.close(), db.close()]);
    },
  };
}

interface Parts {
  env: Env;
  log: Logger;
  db: Database;
  metrics: Metrics;
  clock: () => number;
  secrets: InstanceSecrets;
}

/** The catalogue, the door to its providers, and the health that watches the door. */
async function watchProviders({ env, log, db, metrics, clock, secrets }: Parts) {
  const settings = await createInstanceSettings({ env, store: createSettingsStore(db.client) });
  const secretBox = createSecretBox(secrets.instanceKey);
  const providers = await createProviderCatalog({
    adapters: registry,
    variables: env.providerVariables,
    store: createProviderStore(db.client, secretBox),
    defaultTimeoutMs: settings.values().timeout_ms,
  });
  for (const warning of providers.warnings) log.warn({ event: "settings.unknown" }, warning);
  const canaries = env.CONNECTIVITY_CANARIES.flatMap((text) => parseCanary(text) ?? []);
  const processGuard = createProcessGuard({ clock, stopwatch: () => performance.now(), setTimer: setSystemTimer });
  const bus = createMemoryBus<LiveEvent>({
    lastId: nextEventId(0, { now: clock(), random: 0 }),
    report: (error) => log.error({ err: error }, "a reader of events made a mistake"),
  });
  const health = createHealthMonitor({
    providers,
    store: createHealthStore(db.client),
    settings: settings.health,
    clock,
    random: Math.random,
    log,
    readPersonalIntervals: () => listActiveCheckIntervals(db.client, { since: new Date(clock() - DAY_MS) }),
    reachability: createReachability({ canaries, clock }),
    wasDisturbed: processGuard.wasDisturbed,
    onSample(call) {
      metrics.recordProviderCall(call);
      if (call.class === "tainted") metrics.recordTaintedSample(processGuard.findCause(call.durationMs) ?? "loop_lag");
      feed.touch(call.providerId);
      alerts.onSample(call);
    },
    onDecision(decision) {
      metrics.recordDecision(decision);
      alerts.onDecision(decision);
      feed.touch(decision.providerId);
      bus.publish({ type: "transition", decision }, decision.id);
    },
    onEngineError: metrics.recordEngineError,
    onCheck: metrics.recordCheck,
    onPersistFailure: metrics.recordPersistFailure,
    onConnectivity: (change) => alerts.onConnectivity(change),
    onTrouble: (failing) => alerts.onTrouble(failing),
    onTick(at) {
      metrics.recordTick(at);
      alerts.onTick(at);
    },
  });
  settings.onChange(() => {
    providers.setDefaultTimeout(settings.values().timeout_ms);
    health.applySettings();
  });
  const feed = createLiveFeed({
    providers,
    health,
    selfOnline: health.selfOnline,
    clock,
    setTimer: setSystemTimer,
    report: (error) => log.error({ err: error }, "the live figures met a mistake of our own"),
  });
  const live = createLiveStreams({
    bus,
    feed,
    setTimer: setSystemTimer,
    onSlowReader: (userId) => log.info({ event: "stream.slow_reader", user: userId }, "a slow reader was given up"),
  });
  const transport = createTransport();
  const userAgent = toUserAgent(version, env.CONTACT_URL);
  const tls = observeTlsExpiry();
  const { HEALTH_ALERT_WEBHOOK_URL: webhookUrl, HEALTH_ALERT_WEBHOOK_SECRET: webhookSecret } = env;
  const alerts = createAlerts({
    providers,
    health,
    settings: () => ({ ...settings.health(), ...toAlertTimes(settings.values()) }),
    findTlsExpiry: tls.find,
    store: createAlertStore(db.client),
    channelStore: createChannelStore(db.client, secretBox),
    environment: webhookUrl ? { url: webhookUrl, secret: webhookSecret ?? null } : null,
    transport,
    userAgent,
    publicUrl: env.NEXTAUTH_URL ?? null,
    clock,
    random: Math.random,
    setTimer: setSystemTimer,
    newId: randomUUID,
    log,
    onAlert: (alert) => void bus.publish({ type: "alert", alert }),
    onFired: ({ rule }) => metrics.recordAlertFired(rule),
    onFiring: metrics.recordAlertsFiring,
    onAttempt: metrics.recordAlertDelivery,
    onError: () => metrics.recordEngineError("alerts"),
  });
  const callProvider = createCallProvider({
    admit(provider, source, requestId) {
      const admission = health.admit(provider, source, requestId);
      metrics.recordAdmission(provider.id, admission);
      return admission;
    },
    withdraw: health.withdraw,
    observe: health.observe,
    http: { transport, userAgent },
    clock,
    random: Math.random,
    report: (error, context) => log.error({ err: error, ...context }, "an adapter made a mistake"),
  });
  return { settings, providers, health, alerts, live, callProvider, transport, processGuard, tls };
}

type Watched = Awaited<ReturnType<typeof watchProviders>>;

/** Titles and the search that fills them. */
async function openLibrary(
  { env, log, db, metrics, clock }: Parts,
  { settings, providers, health, callProvider }: Watched,
) {
  const { client } = db;
  const titles = createTitleStore({
    client,
    clock,
    weights: () => Object.fromEntries(providers.list().map(({ id, priority }) => [id, toWeight(priority)])),
    onTextsChanged: refreshFavoriteKeys,
    report: (error) => log.error({ err: error }, "titles could not be written"),
  });
  await titles.load();
  const starred = createStarredTitles({
    async find(viewerId, titleIds) {
      const states = await listFavoriteStates(client, { viewerId, titleIds });
      return new Set([...states].flatMap(([titleId, isFavorite]) => (isFavorite ? titleId : [])));
    },
    clock,
  });
  const search = createSearchService({
    providers,
    callProvider,
    health: { countCacheHit: health.countCacheHit, isHeld: (id) => health.view(id).hold !== null },
    titles,
    clock,
    softDeadlineMs: env.SEARCH_SOFT_DEADLINE_MS,
    deadlineMs: env.SEARCH_DEADLINE_MS,
    cacheTtlMs: env.SEARCH_CACHE_TTL_SECONDS * 1000,
    staleMs: env.SEARCH_STALE_SECONDS * 1000,
    favoriteIds: starred.among,
    recordSearch: (viewerId, query) => {
      recordSearch(client, { viewerId, query, at: new Date(clock()) }).catch((error: unknown) => {
        log.warn({ err: error }, "a search could not be kept in the history");
      });
    },
    onSearch(finished) {
      metrics.recordSearch(finished);
      reportSearch(log, finished);
    },
    onCache: (outcome) => metrics.recordCacheLookup({ backend: "memory", cache: "search", outcome }),
    report: (error) => log.error({ err: error }, "a search met a mistake of our own"),
  });
  const titleReader = createTitleReader({ titles, providers, callProvider, clock });
  const covers = createCovers({
    titles,
    providers,
    callProvider,
    folder: coversFolder(env),
    clock,
    onCache: (outcome) => metrics.recordCacheLookup({ backend: "memory", cache: "cover", outcome }),
    report: (error) => log.warn({ err: error }, "a cover could not be made"),
  });
  const titleFiles = createTitleFiles({
    titles,
    providers,
    callProvider,
    clock,
    bytesMax: () => settings.values().download_max_mib * MEBIBYTE,
  });
  return { titles, search, starred, titleReader, covers, titleFiles };
}

/** Measures in the background what a scrape must not wait for, and tells the metrics where to read. */
function openGauges({ env, log, db, metrics }: Parts, watched: Omit<Observed, "metrics" | "db" | "sampler">) {
  const sampler = startSystemSampler({
    intervalMs: SYSTEM_SAMPLE_MS,
    databaseBytes: () => measureDatabase(db, env.DATABASE_URL),
    favorites: () => countAllFavorites(db.client),
    covers: () => countCovers(coversFolder(env)),
    onError: (reading, error) => log.warn({ err: error, reading }, "a part of the system could not be measured"),
  });
  observeProcess({ metrics, db, sampler, ...watched });
  return sampler;
}

function coversFolder({ DATA_DIR }: Env): string {
  return join(DATA_DIR, "covers");
}
