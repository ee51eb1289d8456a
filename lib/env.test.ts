import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EnvError, envSchema, parseEnv, type VariableName } from "./env";

const names = Object.keys(envSchema.shape) as VariableName[];

describe("the environment", () => {
  it("needs no variable at all", () => {
    const env = parseEnv({});
    expect(env.PORT).toBe(3000);
    expect(env.DATABASE_URL).toMatch(/^file:\/.+\/data\/yagura\.db$/);
  });

  it("lists every bad value at once, by name", () => {
    const bad = { PORT: "99999", HEALTH_CHECK_INTERVAL_SECONDS: "5", LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" };
    expect(() => parseEnv(bad)).toThrow(EnvError);
    for (const name of Object.keys(bad)) expect(() => parseEnv(bad)).toThrow(name);
  });

  it("refuses numbers outside their range instead of clamping them", () => {
    expect(() => parseEnv({ SEARCH_DEADLINE_MS: "60001" })).toThrow("SEARCH_DEADLINE_MS");
    expect(() => parseEnv({ SEARCH_DEADLINE_MS: "1.5" })).toThrow("SEARCH_DEADLINE_MS");
  });

  it("refuses a soft deadline after the hard one", () => {
    expect(() => parseEnv({ SEARCH_SOFT_DEADLINE_MS: "5000", SEARCH_DEADLINE_MS: "4000" })).toThrow(
      "SEARCH_SOFT_DEADLINE_MS",
    );
  });

  it("reads the probe ladder as a list, and refuses one that is none", () => {
    expect(parseEnv({}).PROVIDER_PROBE_INTERVALS_SECONDS).toEqual([30, 30, 60, 60, 120, 240]);
    expect(parseEnv({ PROVIDER_PROBE_INTERVALS_SECONDS: "10, 20" }).PROVIDER_PROBE_INTERVALS_SECONDS).toEqual([10, 20]);
    for (const bad of ["0", "10,soon", ","]) {
      expect(() => parseEnv({ PROVIDER_PROBE_INTERVALS_SECONDS: bad })).toThrow("PROVIDER_PROBE_INTERVALS_SECONDS");
    }
  });

  it("refuses a warning above the critical share of errors", () => {
    expect(() => parseEnv({ HEALTH_DEGRADATION_WARNING_THRESHOLD: "90" })).toThrow(
      "HEALTH_DEGRADATION_WARNING_THRESHOLD",
    );
  });

  it("knows which variables were given, also by a file, and counts an empty one as not given", () => {
    const env = parseEnv({ PORT: "4000", HOSTNAME: "", METRICS_TOKEN_FILE: "/run/token" }, () => "token");
    expect([...env.given].sort()).toEqual(["METRICS_TOKEN", "PORT"]);
  });

  it("reads canaries as a list, none when they are off, and refuses what is no place", () => {
    expect(parseEnv({}).CONNECTIVITY_CANARIES).toContain("1.1.1.1:443");
    expect(parseEnv({ CONNECTIVITY_CANARIES: "off" }).CONNECTIVITY_CANARIES).toEqual([]);
    const given = "example.org, 192.0.2.1, [2001:db8::1]:853, 2001:db8::2, dns.example:53";
    expect(parseEnv({ CONNECTIVITY_CANARIES: given }).CONNECTIVITY_CANARIES).toHaveLength(5);
    for (const bad of ["https://example.org", "a b", "example.org:port"]) {
      expect(() => parseEnv({ CONNECTIVITY_CANARIES: bad })).toThrow("CONNECTIVITY_CANARIES");
    }
  });

  it("counts an empty variable as unset", () => {
    expect(parseEnv({ PORT: "", REDIS_URL: "" }).PORT).toBe(3000);
  });

  it("reads a secret from the file that its _FILE variable names", () => {
    const key = "k".repeat(40);
    const env = parseEnv({ INSTANCE_KEY_FILE: "/run/key", PROVIDER_TMDB_API_KEY_FILE: "/run/tmdb" }, (path) =>
      path === "/run/key" ? `${key}\n` : "tmdb-key\n",
    );
    expect(env.INSTANCE_KEY).toBe(key);
    expect(env.providerVariables).toEqual({ PROVIDER_TMDB_API_KEY: "tmdb-key" });
  });

  it("names a _FILE variable whose file cannot be read", () => {
    expect(() =>
      parseEnv({ METRICS_TOKEN_FILE: "/nowhere" }, () => {
        throw new Error("ENOENT");
      }),
    ).toThrow("METRICS_TOKEN_FILE");
  });

  it("hands provider variables on and keeps its own PROVIDER_ names out of them", () => {
    const env = parseEnv({ PROVIDER_KITSU_ENABLED: "false", PROVIDER_MAX_CONSECUTIVE_FAILURES: "4" });
    expect(env.providerVariables).toEqual({ PROVIDER_KITSU_ENABLED: "false" });
    expect(env.PROVIDER_MAX_CONSECUTIVE_FAILURES).toBe(4);
  });
});

describe("what is written about the environment", () => {
  const documentation = readFileSync("docs/configuration.md", "utf8");
  const example = readFileSync(".env.example", "utf8");
  const documented = [...documentation.matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \|/gm)].map((row) => [
    row[1],
    row[2]?.trim(),
  ]);
  const defaults = parseEnv({});

  it("documents exactly the variables that exist", () => {
    expect(documented.map(([name]) => name).sort()).toEqual([...names].sort());
  });

  it("documents the defaults that hold", () => {
    const unequal = documented.filter(([name, text]) => {
      const value = envSchema.parse({})[name as VariableName];
      const shown = value === undefined || (Array.isArray(value) && value.length === 0) ? "–" : `\`${String(value)}\``;
      return shown !== text;
    });
    expect(unequal).toEqual([]);
    expect(defaults.SEARCH_DEADLINE_MS).toBe(10_000);
  });

  it("shows every variable in .env.example, switched off, with its default", () => {
    for (const name of names) expect(example).toMatch(new RegExp(`^# ${name}=`, "m"));
    const shown = Object.fromEntries(
      [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map((line) => [line[1] ?? "", line[2] ?? ""]),
    );
    const known = Object.fromEntries(Object.entries(shown).filter(([name]) => name in envSchema.shape));
    expect(envSchema.parse(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== "")))).toEqual(
      envSchema.parse({}),
    );
  });
});
