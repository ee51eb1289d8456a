import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startDemo } from "@/demo/start-demo";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TYPESCRIPT = ["--conditions=react-server", "--import", "tsx"];
const ADMIN = { email: "admin@yagura.example", password: "watch-the-tower" };
const READER = { email: "reader@yagura.example", password: "read-by-lamplight" };
const FIRST_PORT = 4010;
const port = process.env["PORT"] || "3000";

const demo = await startDemo({ host: "127.0.0.1", ports: FIRST_PORT });
const environment = {
  ...process.env,
  ...demo.environment,
  NODE_ENV: "production" as const,
  NEXT_MANUAL_SIG_HANDLE: "true",
  NEXT_TELEMETRY_DISABLED: "1",
  DATA_DIR: process.env["DATA_DIR"] || join(ROOT, "data", "demo"),
  PORT: port,
  HOSTNAME: process.env["HOSTNAME"] || "127.0.0.1",
  YAGURA_ADMIN_EMAIL: ADMIN.email,
  YAGURA_ADMIN_PASSWORD: ADMIN.password,
};

if ((await ended(node(...TYPESCRIPT, "scripts/prepare.ts"))) !== 0) process.exit(1);
const app = node(join(ROOT, "node_modules/next/dist/bin/next"), "start", "-p", port, "-H", environment.HOSTNAME);
await untilReady(`http://127.0.0.1:${port}/api/readyz`);
await ended(
  node(
    ...TYPESCRIPT,
    "scripts/admin/main.ts",
    "user",
    "create",
    "--email",
    READER.email,
    "--password",
    READER.password,
  ),
);

console.log(`
Yagura    http://127.0.0.1:${port}
admin     ${ADMIN.email} / ${ADMIN.password}
reader    ${READER.email} / ${READER.password}
faults    ${demo.control.url} (break an upstream and watch what happens)
`);

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => app.kill("SIGTERM"));
const code = await ended(app);
await demo.stop();
process.exit(code);

function node(...args: string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, env: environment, stdio: ["ignore", "inherit", "inherit"] });
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once("exit", (exitCode) => resolve(exitCode ?? 0)));
}

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (app.exitCode !== null) process.exit(app.exitCode);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
