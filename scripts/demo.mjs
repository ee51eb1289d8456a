// `npm run demo`: the app with simulated upstreams and two accounts, to play with.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./support/build.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { exitOf, ROOT } from "./support/process.mjs";

await ensureInstalled();
await ensureBuilt();
mkdirSync(join(ROOT, "data", "demo"), { recursive: true, mode: 0o700 });
const demo = spawn(process.execPath, ["--import", "tsx", "scripts/demo.ts"], { cwd: ROOT, stdio: "inherit" });
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => demo.kill("SIGTERM"));
process.exit(await exitOf(demo));
