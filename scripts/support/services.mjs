import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitOf, fail, run, succeeds } from "./process.mjs";

const POSTGRES_ROOT = "/usr/lib/postgresql";
const isRoot = process.getuid?.() === 0;

/** The folder of PostgreSQL's programs. */
export async function ensurePostgres() {
  if (!findPostgres()) await installPackage("postgresql");
  return findPostgres() ?? fail("PostgreSQL is missing: please install it (on Debian: apt-get install postgresql).");
}

export async function ensurePromtool() {
  if (!succeeds("promtool", ["--version"])) await installPackage("prometheus");
  return succeeds("promtool", ["--version"])
    ? "promtool"
    : fail("promtool is missing: please install Prometheus (on Debian: apt-get install prometheus).");
}

/** A throw-away cluster on a free loopback port. PostgreSQL refuses to run as root, so root lends it the user `postgres`. */
export async function startPostgres(folder) {
  const data = mkdtempSync(join(tmpdir(), "yagura-postgres-"));
  chmodSync(data, 0o700);
  const owner = isRoot ? userIds("postgres") : {};
  if (isRoot) chownSync(data, owner.uid, owner.gid);
  const cluster = join(data, "cluster");
  const initdb = spawnSync(
    join(folder, "initdb"),
    ["-D", cluster, "-U", "yagura", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"],
    {
      ...owner,
      cwd: data,
      encoding: "utf8",
    },
  );
  if (initdb.status !== 0) fail(`PostgreSQL's initdb failed: ${initdb.stderr}`);
  const port = await freePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${data}`, "fsync=off"];
  const server = spawn(join(folder, "postgres"), ["-D", cluster, ...settings.flatMap((setting) => ["-c", setting])], {
    ...owner,
    cwd: data,
    stdio: "ignore",
  });
  const ready = () => succeeds(join(folder, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port), "-q"]);
  for (let attempt = 0; !ready(); attempt++) {
    if (attempt > 100) fail("PostgreSQL did not start within 20 seconds.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url: `postgresql://yagura@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill("SIGINT");
      await exitOf(server);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function findPostgres() {
  if (!existsSync(POSTGRES_ROOT)) return null;
  const folders = readdirSync(POSTGRES_ROOT)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES_ROOT, version, "bin"));
  return folders.find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

async function installPackage(name) {
  if (!isRoot || !succeeds("apt-get", ["--version"])) return;
  console.log(`Installing ${name} from Debian's packages …`);
  await run("apt-get", ["update"], { quiet: true, allowFailure: true });
  await run("apt-get", ["install", "-y", "--no-install-recommends", name], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
    quiet: true,
    allowFailure: true,
  });
}

function userIds(name) {
  const id = (flag) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
