// `npm start`: from a fresh clone to a served page.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./support/build.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { exitOf, ROOT, run, TYPESCRIPT } from "./support/process.mjs";

if (existsSync(join(ROOT, ".env"))) process.loadEnvFile(join(ROOT, ".env"));

const port = process.env.PORT || "3000";
const host = process.env.HOSTNAME || "0.0.0.0";

await ensureInstalled();
if ((await run("node", [...TYPESCRIPT, "scripts/prepare.ts"], { allowFailure: true })) !== 0) process.exit(1);
await ensureBuilt();

const server = spawn(
  process.execPath,
  [join(ROOT, "node_modules/next/dist/bin/next"), "start", "-p", port, "-H", host],
  {
    cwd: ROOT,
    stdio: "inherit",
    // Next's own handler would cut the flush of samples short; instrumentation.node.ts drains instead.
    env: { ...process.env, NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "true", NEXT_TELEMETRY_DISABLED: "1" },
  },
);
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => server.kill(signal));
process.exit(await exitOf(server));
