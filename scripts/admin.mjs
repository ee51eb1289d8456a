// `npm run admin -- <command>`: plain Node, so that a missing installation ends in a sentence.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exitOf, fail, ROOT, TYPESCRIPT } from "./support/process.mjs";

const installed = ["node_modules/tsx", "lib/db/generated/sqlite/client.ts"].every((path) =>
  existsSync(join(ROOT, path)),
);
if (!installed) fail("Yagura is not installed yet: run `npm start` once, or `npm run generate`.");
if (existsSync(join(ROOT, ".env"))) process.loadEnvFile(join(ROOT, ".env"));

const child = spawn(process.execPath, [...TYPESCRIPT, "scripts/admin/main.ts", ...process.argv.slice(2)], {
  cwd: ROOT,
  env: { ...process.env, YAGURA_CALLER_DIR: process.env.INIT_CWD ?? process.cwd() },
  stdio: "inherit",
});
process.exit(await exitOf(child));
