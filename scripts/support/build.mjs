import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "./process.mjs";

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "instrumentation.node.ts",
  "proxy.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const STAMP = join(ROOT, ".next", "yagura-sources");

/** Builds when a source, the lockfile or the Node version changed since the last build. */
export async function ensureBuilt() {
  const sources = hashSources();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources) return;
  console.log("Building …");
  await run("npx", ["--no-install", "next", "build"], {
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    quiet: true,
  });
  writeFileSync(STAMP, sources);
}

function hashSources() {
  const hash = createHash("sha256").update(process.version);
  for (const source of SOURCES) addToHash(hash, join(ROOT, source));
  return hash.digest("hex");
}

function addToHash(hash, path) {
  if (!existsSync(path)) return;
  const entries = readEntries(path);
  if (!entries) {
    hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    return;
  }
  for (const entry of entries) if (!/\.test\.tsx?$/.test(entry)) addToHash(hash, join(path, entry));
}

function readEntries(path) {
  try {
    return readdirSync(path).sort();
  } catch {
    return null;
  }
}
