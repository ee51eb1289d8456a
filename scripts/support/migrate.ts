import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { Client } from "pg";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOCK_KEY = 0x7961_6775;
const BACKUPS_KEPT = 5;

/** What stops a start, in one sentence for the person who started it. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

interface Target {
  databaseUrl: string;
  dataDir: string;
}

/** Brings the database to this version's schema: one instance at a time, after a backup on SQLite; a newer database is refused. */
export async function migrate(target: Target): Promise<void> {
  return target.databaseUrl.startsWith("file:") ? migrateSqlite(target) : migratePostgres(target);
}

async function migrateSqlite({ databaseUrl, dataDir }: Target): Promise<void> {
  const file = databaseUrl.slice("file:".length);
  const applied = existsSync(file) ? appliedInSqlite(file) : [];
  const pending = pendingMigrations("sqlite", applied);
  if (pending.length === 0) return;
  if (applied.length > 0) backup(file, dataDir);
  await deploy("sqlite", databaseUrl);
}

async function migratePostgres({ databaseUrl }: Target): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect().catch((error: Error) => {
    throw new MigrationError(`The database does not answer: ${error.message}`);
  });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    const applied = await appliedInPostgres(client);
    if (pendingMigrations("postgresql", applied).length > 0) await deploy("postgresql", databaseUrl);
  } finally {
    await client.end();
  }
}

/** Names of the migrations that this version has and the database lacks. */
function pendingMigrations(dialect: string, applied: readonly string[]): string[] {
  const known = readdirSync(join(ROOT, "prisma", dialect, "migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new MigrationError(
      `The database was used by a newer version (it has ${unknown.join(", ")}). Run that version, or restore a backup made before it.`,
    );
  }
  return known.filter((name) => !applied.includes(name));
}

function appliedInSqlite(file: string): string[] {
  const database = new Sqlite(file, { readonly: true });
  try {
    const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
    if (!table) return [];
    return database
      .prepare<[], { name: string }>(
        "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL",
      )
      .all()
      .map((row) => row.name);
  } finally {
    database.close();
  }
}

async function appliedInPostgres(client: Client): Promise<string[]> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (table.rows[0]?.name === null) return [];
  const result = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  );
  return result.rows.map((row) => row.name);
}

/** A consistent copy beside a live database; copying the file would tear it. */
function backup(file: string, dataDir: string): void {
  const folder = join(dataDir, "backups");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, `before-migration-${new Date().toISOString().replaceAll(/[:.]/g, "-")}.db`);
  const database = new Sqlite(file);
  try {
    database.prepare("VACUUM INTO ?").run(copy);
  } finally {
    database.close();
  }
  const old = readdirSync(folder)
    .filter((name) => name.startsWith("before-migration-"))
    .sort()
    .slice(0, -BACKUPS_KEPT);
  for (const name of old) rmSync(join(folder, name));
}

function deploy(dialect: string, url: string): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, "node_modules/prisma/build/index.js"), "migrate", "deploy"], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: url, YAGURA_DIALECT: dialect, NODE_OPTIONS: "", NO_UPDATE_NOTIFIER: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) return resolve();
      reject(new MigrationError(`The database could not be migrated:\n${Buffer.concat(output).toString()}`));
    });
  });
}
