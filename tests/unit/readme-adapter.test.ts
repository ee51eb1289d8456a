import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import type { ProviderAdapter } from "@/lib/providers/provider";
import { registry } from "@/lib/providers/registry";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILE = /^`lib\/providers\/adapters\/shelf\/(\S+)`\n\n```ts\n([\s\S]*?)^```$/gm;

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
/** The files that the README shows, as somebody would copy them. */
const files = new Map([...readme.matchAll(FILE)].map(([, name = "", text = ""]) => [name, text]));
// A folder that neither git nor the type check look into.
const parent = join(ROOT, ".cache");
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(join(parent, "readme-adapter-"));
for (const [name, text] of files) writeFileSync(join(folder, name), text);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the sample adapter of the README", () => {
  it("is an adapter and its test", () => {
    expect([...files.keys()]).toEqual(["index.ts", "shelf.test.ts"]);
  });

  it("is no longer than an adapter may be", () => {
    const lines = (files.get("index.ts") ?? "").split("\n").filter((line) => line.trim() !== "");
    expect(lines.length).toBeGreaterThanOrEqual(60);
    expect(lines.length).toBeLessThanOrEqual(140);
  });

  it("passes the type check under the project's own rules", () => {
    const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, ROOT);
    const names = [...files.keys()].map((name) => join(folder, name));
    const program = ts.createProgram(names, { ...options, noEmit: true, incremental: false });
    const own = names.flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)));
    expect(own.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  }, 60_000);
});

describe("the README's table of providers", () => {
  const adapters: readonly ProviderAdapter[] = registry;
  const providers = adapters.flatMap(({ id, name, multi, presets = [] }) => [
    { name, id: multi ? `${id}-…` : id },
    ...presets,
  ]);

  it.each(providers)("has $name", ({ name, id }) => {
    const rows = readme.split("\n").filter((line) => line.startsWith("| ") && line.includes(name));
    expect(rows.some((row) => row.includes(`\`${id}\``))).toBe(true);
    // What it can do, and what its limits and policy are.
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });
});

await import(join(folder, "shelf.test.ts"));
