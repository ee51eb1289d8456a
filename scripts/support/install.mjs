// What a fresh clone lacks: packages, generated Prisma clients. Plain Node, since nothing is installed yet.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, ROOT, run, succeeds } from "./process.mjs";

const COMPILERS = ["python3", "make", "g++"];
const STAMP = join(ROOT, "node_modules", ".yagura-lockfile");
const GENERATED = join(ROOT, "lib", "db", "generated");

export async function ensureInstalled() {
  const lockfile = hashOf(join(ROOT, "package-lock.json"));
  if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== lockfile) {
    console.log("Installing packages (the first time takes a minute or two) …");
    // Not `npm ci`: it refuses a lockfile that names no packages for platforms that the lockfile's maker could not reach.
    const code = await run("npm", ["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"], {
      env: compilerEnvironment(),
      allowFailure: true,
    });
    if (code !== 0) fail(installHint(code));
    if (!succeeds("node", ["-e", "require('better-sqlite3')(':memory:').close()"])) fail(compilerHint());
    writeFileSync(STAMP, lockfile);
  }
  await ensureGenerated();
}

/** The Prisma clients of both dialects, made again when the models changed. */
async function ensureGenerated() {
  const models = hashOf(join(ROOT, "prisma", "sqlite", "models.prisma"));
  const stamp = join(GENERATED, ".models");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === models) return;
  for (const dialect of ["sqlite", "postgresql"]) {
    await run("npx", ["--no-install", "prisma", "generate"], { env: { YAGURA_DIALECT: dialect }, quiet: true });
  }
  mkdirSync(GENERATED, { recursive: true });
  writeFileSync(stamp, models);
}

/** node-gyp downloads Node's headers unless it is told where they are; most installations carry them. */
function compilerEnvironment() {
  const prefix = dirname(dirname(process.execPath));
  for (const folder of [prefix, "/usr"]) {
    if (existsSync(join(folder, "include", "node", "node.h"))) return { npm_config_nodedir: folder };
  }
  return {};
}

function installHint(code) {
  const missing = COMPILERS.filter((tool) => !succeeds(tool, ["--version"]));
  if (missing.length > 0) return compilerHint(missing);
  return `npm could not install the packages (exit code ${code}): see its messages above.`;
}

function compilerHint(missing = COMPILERS.filter((tool) => !succeeds(tool, ["--version"]))) {
  const tools = missing.length > 0 ? missing.join(", ") : "a working C++ toolchain";
  return `better-sqlite3 has no ready-made build for this machine and could not be compiled: please install ${tools} (on Debian: apt-get install python3 make g++).`;
}

function hashOf(file) {
  return createHash("sha256").update(readFileSync(file)).update(process.versions.modules).digest("hex");
}
