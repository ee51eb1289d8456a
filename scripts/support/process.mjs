import { spawn, spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** How TypeScript entry points run: `server-only` resolves to nothing under the react-server condition. */
export const TYPESCRIPT = ["--conditions=react-server", "--import", "tsx"];

/** Runs a program to its end; ours ends too when it fails, unless `allowFailure`. Answers its exit code. */
export async function run(command, args, { env = {}, quiet = false, allowFailure = false, cwd = ROOT } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(chunk));
  const code = await exitOf(child);
  if (code !== 0 && quiet) process.stderr.write(Buffer.concat(output));
  if (code !== 0 && !allowFailure) fail(`${command} ${args.join(" ")} ended with code ${code}.`);
  return code;
}

export function exitOf(child) {
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
}

export function succeeds(command, args) {
  return spawnSync(command, args, { cwd: ROOT, stdio: "ignore" }).status === 0;
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}
