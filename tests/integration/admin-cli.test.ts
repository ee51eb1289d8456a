import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";

const EMAIL = "keeper@yagura.example";

let dataDir: string;
let database: Database;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "yagura-cli-"));
  await admin("user", "create", "--email", EMAIL, "--password", "a lamp by the door", "--admin");
  database = await openDatabase({ url: `file:${join(dataDir, "yagura.db")}`, poolSize: 1 });
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function admin(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["scripts/admin.mjs", ...args], {
    env: { PATH, HOME, NODE_ENV: "production", DATA_DIR: dataDir, PROVIDER_KITSU_ENABLED: "false" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}

describe("the command line", () => {
  it("prints a key and nothing else", async () => {
    const { code, stdout } = await admin("api-key", "create", "--user", EMAIL, "--scopes", "search:read,metrics");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ygr_[0-9a-f]{8}_[\w-]{43}\n$/);
  });

  it("prints a new password when none is given", async () => {
    const { code, stdout } = await admin("user", "reset-password", "--email", EMAIL);
    expect([code, stdout.trim().length]).toEqual([0, 20]);
  });

  it("lists accounts and providers, one a line", async () => {
    expect((await admin("user", "list")).stdout).toBe(`${EMAIL}\tadmin\tactive\tkeeper\n`);
    expect((await admin("provider", "list")).stdout).toContain("kitsu\tdisabled\thttps://kitsu.app\n");
  });

  it.each([
    [["user", "create", "--email", EMAIL, "--password", "a lamp by the door"], /--email: .*already/],
    [["user", "create", "--email", "other@yagura.example"], /Missing: --password/],
    [["user", "create", "--email", "other@yagura.example", "--password", "short"], /--password: .*at least 8/],
    [["api-key", "create", "--user", "nobody@yagura.example"], /no account nobody@yagura\.example/],
    [["api-key", "create", "--user", EMAIL, "--scopes", "everything"], /no scope "everything"/],
    [["user", "list", "--loud"], /--loud/],
    [["restore", "/nowhere/at-all.db"], /no file/],
    [["sing"], /no command "sing"/],
  ] as const)("says on stderr what is wrong with %j and ends with 1", async (args, message) => {
    const { code, stdout, stderr } = await admin(...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });

  it("backs up beside others and restores only when nobody else is there", async () => {
    const copy = join(dataDir, "copy.db");
    expect((await admin("backup", copy)).stdout).toBe(`${copy}\n`);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect((await admin("backup", copy)).stderr).toMatch(/exists already/);
    await admin("user", "create", "--email", "later@yagura.example", "--password", "a lamp by the door");
    expect((await admin("restore", copy)).stderr).toMatch(/in use/);

    await database.close();
    const { code, stdout } = await admin("restore", copy);
    expect(code).toBe(0);
    const kept = /kept in (\S+\.db)/.exec(stdout)?.[1] ?? "";
    expect(existsSync(kept)).toBe(true);
    expect((await admin("user", "list")).stdout).not.toContain("later@yagura.example");
    database = await openDatabase({ url: `file:${join(dataDir, "yagura.db")}`, poolSize: 1 });
  });

  it("finds the instance well", async () => {
    const { code, stdout } = await admin("doctor");
    expect(code).toBe(0);
    expect(stdout.split("\n").filter(Boolean)).toHaveLength(7);
    expect(stdout).not.toContain("FAIL");
  });
});
