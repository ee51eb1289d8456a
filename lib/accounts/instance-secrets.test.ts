import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadInstanceSecrets } from "./instance-secrets";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "yagura-secrets-")), "data");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const load = (more: { NEXTAUTH_SECRET?: string; INSTANCE_KEY?: string } = {}) =>
  loadInstanceSecrets({ DATA_DIR: folder, NEXTAUTH_SECRET: undefined, INSTANCE_KEY: undefined, ...more });

describe("the instance's secrets", () => {
  it("are made once and stay", () => {
    const first = load();
    expect(first.nextAuthSecret).not.toBe(first.instanceKey);
    expect(first.instanceKey.length).toBeGreaterThanOrEqual(43);
    expect(load()).toEqual(first);
  });

  it("can be read by this user alone, and leave no drafts", () => {
    load();
    expect(readdirSync(folder).sort()).toEqual(["instance-key", "nextauth-secret"]);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it("come from the environment when they are there", () => {
    const NEXTAUTH_SECRET = "a secret of at least thirty-two characters";
    expect(load({ NEXTAUTH_SECRET }).nextAuthSecret).toBe(NEXTAUTH_SECRET);
    expect(readdirSync(folder)).toEqual(["instance-key"]);
  });

  it("are never replaced in silence when a file has become empty", () => {
    load();
    writeFileSync(join(folder, "instance-key"), "");
    expect(() => load()).toThrow(/instance-key is empty/);
  });
});
