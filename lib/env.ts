import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

type Source = Readonly<Record<string, string | undefined>>;

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

const integer = (min: number, max: number) => z.coerce.number<string>().int().min(min).max(max);
const flag = z.stringbool({ truthy: ["true", "1", "yes", "on"], falsy: ["false", "0", "no", "off"] });
const optionalText = z.string().min(1).optional();
const percent = integer(0, 100);
const httpUrl = z.url({ protocol: /^https?$/ });
const splitList = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

/** A name, an address, or either with a port. */
const CANARY = /^([a-z0-9.-]+(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?|[0-9a-f:]+:[0-9a-f:.]+)$/i;

/** Every variable but `PROVIDER_<ID>_…`, with its default. `docs/configuration.md` and `.env.example` are tested against it. */
export const envSchema = z.object({
  PORT: integer(0, 65_535).default(3000),
  HOSTNAME: z.string().default("0.0.0.0"),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)/, "must start with file: or postgresql://")
    .optional(),
  DATABASE_POOL_SIZE: integer(1, 200).default(10),
  NEXTAUTH_SECRET: z.string().min(32).optional(),
  INSTANCE_KEY: z.string().min(32).optional(),
  NEXTAUTH_URL: httpUrl.optional(),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform(splitList)
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]))),
  YAGURA_ADMIN_EMAIL: z.email().optional(),
  YAGURA_ADMIN_PASSWORD: z.string().min(8).optional(),
  CONTACT_URL: httpUrl.default("https://github.com/yagura/yagura"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ENABLE_PROMETHEUS_METRICS: flag.default(true),
  METRICS_TOKEN: optionalText,
  METRICS_DETAIL: z.enum(["standard", "full"]).default("standard"),
  SEARCH_SOFT_DEADLINE_MS: integer(100, 10_000).default(2500),
  SEARCH_DEADLINE_MS: integer(500, 60_000).default(10_000),
  SEARCH_CACHE_TTL_SECONDS: integer(0, DAY_SECONDS).default(300),
  SEARCH_STALE_SECONDS: integer(0, 30 * DAY_SECONDS).default(86_400),
  DOWNLOAD_MAX_MIB: integer(1, 1_048_576).default(4096),
  HEALTH_MONITORING_ENABLED: flag.default(true),
  HEALTH_CHECK_INTERVAL_SECONDS: integer(10, 300).default(30),
  HEALTH_CHECK_TIMEOUT_SECONDS: integer(1, 30).default(10),
  HEALTH_CHECK_CONCURRENCY: integer(1, 200).default(5),
  HEALTH_STARTUP_GRACE_SECONDS: integer(0, 900).default(60),
  HEALTH_HISTORY_RETENTION: integer(100, 1_000_000).default(1000),
  HEALTH_HISTORY_DAYS: integer(1, 366).default(7),
  HEALTH_DEGRADATION_WARNING_THRESHOLD: integer(1, 100).default(50),
  HEALTH_DEGRADATION_CRITICAL_THRESHOLD: integer(1, 100).default(80),
  HEALTH_LATENCY_WARNING_MS: integer(100, 60_000).default(2000),
  HEALTH_ALERT_WEBHOOK_URL: httpUrl.optional(),
  HEALTH_ALERT_WEBHOOK_SECRET: optionalText,
  HEALTH_ALERT_COOLDOWN_MINUTES: integer(0, 1440).default(15),
  HEALTH_ALERT_GROUP_WAIT_SECONDS: integer(0, 600).default(30),
  CONNECTIVITY_CANARIES: z
    .string()
    .default("one.one.one.one,dns.google,1.1.1.1:443,8.8.8.8:443,9.9.9.9:443")
    .transform((text) => (/^(off|false|no|0)$/i.test(text.trim()) ? [] : splitList(text)))
    .pipe(z.array(z.string().regex(CANARY, "must be off, or names, addresses and host:port, comma separated")).max(20)),
  PROVIDER_MAX_CONSECUTIVE_FAILURES: integer(1, 20).default(3),
  CIRCUIT_BREAKER_FAILURE_THRESHOLD: integer(1, 50).default(5),
  CIRCUIT_BREAKER_RECOVERY_TIMEOUT_SECONDS: integer(1, HOUR_SECONDS).default(30),
  CIRCUIT_BREAKER_SUCCESS_THRESHOLD: integer(1, 20).default(3),
  CIRCUIT_BREAKER_REQUEST_TIMEOUT_SECONDS: integer(1, 120).default(10),
  CIRCUIT_BREAKER_SLIDING_WINDOW_SIZE: integer(5, 1000).default(20),
  CIRCUIT_BREAKER_MIN_REQUESTS: integer(1, 1000).default(10),
  PROVIDER_AUTO_DISABLE_COOLDOWN_MINUTES: integer(1, 10_080).default(30),
  PROVIDER_MAX_AUTO_DISABLED_PERCENT: percent.default(50),
  PROVIDER_PROBE_INTERVALS_SECONDS: z
    .string()
    .default("30,30,60,60,120,240")
    .transform(splitList)
    .pipe(z.array(integer(1, DAY_SECONDS)).min(1).max(20)),
});

type Variables = z.infer<typeof envSchema>;
export type VariableName = keyof typeof envSchema.shape;

export interface Env extends Omit<Variables, "DATABASE_URL"> {
  DATABASE_URL: string;
  /** The `PROVIDER_<ID>_…` variables as they stand, for the provider catalogue to read. */
  providerVariables: Readonly<Record<string, string>>;
  /** Those that were given, also by a file: what they decide cannot be changed from within. */
  given: ReadonlySet<VariableName>;
}

/** All that is wrong with the environment, in one list. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/** Pure but for `X_FILE` variables, whose files it reads. Throws `EnvError` with one line per bad variable. */
export function parseEnv(source: Source, readFile: (path: string) => string = readTextFile): Env {
  const problems: string[] = [];
  const values = withFiles(source, readFile, problems);
  const names = envSchema.keyof().options;
  const parsed = envSchema.safeParse(pick(values, names));
  for (const issue of parsed.error?.issues ?? []) problems.push(`${issue.path.join(".")}: ${issue.message}`);
  if (parsed.data && parsed.data.SEARCH_SOFT_DEADLINE_MS > parsed.data.SEARCH_DEADLINE_MS) {
    problems.push("SEARCH_SOFT_DEADLINE_MS: must not be above SEARCH_DEADLINE_MS");
  }
  if (
    parsed.data &&
    parsed.data.HEALTH_DEGRADATION_WARNING_THRESHOLD > parsed.data.HEALTH_DEGRADATION_CRITICAL_THRESHOLD
  ) {
    problems.push("HEALTH_DEGRADATION_WARNING_THRESHOLD: must not be above HEALTH_DEGRADATION_CRITICAL_THRESHOLD");
  }
  if (parsed.data && Boolean(parsed.data.YAGURA_ADMIN_EMAIL) !== Boolean(parsed.data.YAGURA_ADMIN_PASSWORD)) {
    problems.push("YAGURA_ADMIN_EMAIL: goes together with YAGURA_ADMIN_PASSWORD");
  }
  if (!parsed.data || problems.length > 0) throw new EnvError(problems.join("\n"));
  const dataDir = resolve(parsed.data.DATA_DIR);
  return {
    ...parsed.data,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl(parsed.data.DATABASE_URL, dataDir),
    providerVariables: providerVariables(values),
    given: new Set(names.filter((name) => name in values)),
  };
}

function databaseUrl(url: string | undefined, dataDir: string): string {
  if (!url) return `file:${resolve(dataDir, "yagura.db")}`;
  return url.startsWith("file:") ? `file:${resolve(url.slice("file:".length))}` : url;
}

/** `X_FILE=path` stands for X with the file's content; an empty value counts as unset. */
function withFiles(source: Source, readFile: (path: string) => string, problems: string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) if (value) values[name] = value;
  for (const [name, path] of Object.entries(values)) {
    const target = name.slice(0, -"_FILE".length);
    if (!name.endsWith("_FILE") || !(target in envSchema.shape || target.startsWith("PROVIDER_"))) continue;
    delete values[name];
    try {
      values[target] = readFile(path).trim();
    } catch {
      problems.push(`${name}: the file cannot be read`);
    }
  }
  return values;
}

function providerVariables(values: Record<string, string>): Record<string, string> {
  const names = Object.keys(values).filter((name) => name.startsWith("PROVIDER_") && !(name in envSchema.shape));
  return pick(values, names);
}

function pick(values: Record<string, string>, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = values[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

function readTextFile(path: string): string {
  return readFileSync(path, "utf8");
}

let cached: Env | undefined;

/** The environment of this process, read once. */
export function getEnv(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/**
 * Makes next-auth build its addresses from the request's own host when NEXTAUTH_URL is unset: it reads this from the environment
 * alone, and an instance is reached by whatever name its network has for it.
 */
export function trustRequestHost(): void {
  process.env["AUTH_TRUST_HOST"] ??= "true";
}

export function isDevelopment(): boolean {
  return process.env.NODE_ENV === "development";
}
