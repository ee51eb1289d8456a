import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const START_TIMEOUT_MS = 150_000;

export const ADMIN = { email: "admin@yagura.example", password: "a lantern in the tower" };
export const READER = { email: "reader@yagura.example", password: "a book beside the lamp" };

export interface App {
  url: string;
  dataDir: string;
  databaseUrl: string;
  output(): string;
  /** Resident memory of the server's process, in bytes. */
  rss(): number;
  /** Runs `npm run admin -- …` beside the server; answers stdout. */
  admin(...args: string[]): Promise<string>;
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** Starts again on the same data and port. */
  restart(): Promise<void>;
  /** Stops and removes the data. */
  dispose(): Promise<void>;
}

export interface AppOptions {
  env?: Record<string, string>;
  /** Makes ADMIN from the environment and READER by the command line; false leaves the app without a user. */
  withUsers?: boolean;
}

/** The built app on a free loopback port with data of its own. `npm test` has built it. */
export async function startApp({ env = {}, withUsers = true }: AppOptions = {}): Promise<App> {
  const dataDir = mkdtempSync(join(tmpdir(), "yagura-app-"));
  const port = await freePort();
  const environment = {
    ...inherited(),
    NODE_ENV: "production" as const,
    NEXT_MANUAL_SIG_HANDLE: "true",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    DATA_DIR: dataDir,
    CONTACT_URL: "https://yagura.example",
    ...(withUsers ? { YAGURA_ADMIN_EMAIL: ADMIN.email, YAGURA_ADMIN_PASSWORD: ADMIN.password } : {}),
    ...env,
  };
  const url = `http://127.0.0.1:${port}`;
  let server: ChildProcess;
  let output = "";

  async function start(): Promise<void> {
    await runNode(["--conditions=react-server", "--import", "tsx", "scripts/prepare.ts"], environment);
    server = spawn(
      process.execPath,
      [join(ROOT, "node_modules/next/dist/bin/next"), "start", "-p", String(port), "-H", "127.0.0.1"],
      { cwd: ROOT, env: environment, stdio: ["ignore", "pipe", "pipe"] },
    );
    server.stdout?.on("data", (chunk) => (output += chunk));
    server.stderr?.on("data", (chunk) => (output += chunk));
    await untilHealthy(url, server, () => output);
  }

  async function stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number | null> {
    if (server.exitCode !== null || server.signalCode !== null) return server.exitCode;
    const ended = new Promise<number | null>((resolve) => server.once("exit", (code) => resolve(code)));
    server.kill(signal);
    return ended;
  }

  await start();
  const app: App = {
    url,
    dataDir,
    databaseUrl: env["DATABASE_URL"] ?? `file:${join(dataDir, "yagura.db")}`,
    output: () => output,
    rss: () => readRss(server.pid ?? 0),
    admin: (...args) =>
      runNode(["--conditions=react-server", "--import", "tsx", "scripts/admin/main.ts", ...args], environment),
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    dispose: async () => {
      await stop("SIGKILL");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  if (withUsers) await app.admin("user", "create", "--email", READER.email, "--password", READER.password);
  return app;
}

function readRss(pid: number): number {
  if (process.platform !== "linux") return 1024 * Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)]));
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "TMPDIR", "LANG", "TZ"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function untilHealthy(url: string, server: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`The app ended with code ${server.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/api/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The app did not become ready:\n${output()}`);
}

function runNode(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) =>
      code === 0 ? resolve(stdout) : reject(new Error(`${args.join(" ")}: ${stderr || stdout}`)),
    );
  });
}
