import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { backupSqlite } from "@/lib/db/backup";
import { openDatabase } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { migrate } from "../support/migrate";
import { AdminError } from "./admin-error";

const SIDE_FILES = ["-wal", "-shm", "-journal"];

/** Answers the path of the copy. */
export async function backup(args: string[]): Promise<string> {
  if (args.length > 1) throw new AdminError("backup takes one file name at most.");
  const { file, dataDir, url } = getSqliteFile("pg_dump");
  if (!existsSync(file)) throw new AdminError(`There is no database at ${file} yet.`);
  const copy = args[0] ? fromCaller(args[0]) : join(dataDir, "backups", `yagura-${stamp()}.db`);
  if (existsSync(copy)) throw new AdminError(`${copy} exists already.`);
  mkdirSync(dirname(copy), { recursive: true, mode: 0o700 });
  const database = await openDatabase({ url, poolSize: 1 });
  try {
    await backupSqlite(database.client, copy);
  } finally {
    await database.close();
  }
  chmodSync(copy, 0o600);
  process.stderr.write(`The keys of this instance are not in it: keep ${join(dataDir, "instance-key")} as well.\n`);
  return copy;
}

/** Puts a backup in the database's place; what was there is kept beside the other backups. Answers its path. */
export async function restore(args: string[]): Promise<string> {
  const [source, ...rest] = args;
  if (!source || rest.length > 0) throw new AdminError("restore takes one file name.");
  const from = fromCaller(source);
  const { file, dataDir, url } = getSqliteFile("pg_restore");
  assertYaguraDatabase(from);
  assertUnused(file);
  const kept = existsSync(file) ? keep(file, dataDir) : null;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.restoring`;
  copyFileSync(from, draft);
  chmodSync(draft, 0o600);
  for (const suffix of SIDE_FILES) rmSync(file + suffix, { force: true });
  renameSync(draft, file);
  await migrate({ databaseUrl: url, dataDir });
  return kept === null ? `Restored ${file}.` : `Restored ${file}. What was there before is kept in ${kept}.`;
}

function getSqliteFile(tool: string): { file: string; dataDir: string; url: string } {
  const env = getEnv();
  if (!env.DATABASE_URL.startsWith("file:")) {
    throw new AdminError(`This is for SQLite. For PostgreSQL use ${tool}, which can do it while others work.`);
  }
  return { file: env.DATABASE_URL.slice("file:".length), dataDir: env.DATA_DIR, url: env.DATABASE_URL };
}

function assertYaguraDatabase(path: string): void {
  if (!existsSync(path)) throw new AdminError(`There is no file ${path}.`);
  let database: Sqlite.Database | null = null;
  try {
    database = new Sqlite(path, { readonly: true });
    const isSound = database.pragma("integrity_check", { simple: true }) === "ok";
    const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
    if (!isSound || !table) throw new AdminError(`${path} is not a sound backup of Yagura.`);
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) throw new AdminError(`${path} is not a SQLite database: ${error.message}`);
    throw error;
  } finally {
    database?.close();
  }
}

/** In WAL mode every open connection holds a lock, so that nobody gets the whole file while a server runs. */
function assertUnused(file: string): void {
  if (!existsSync(file)) return;
  const database = new Sqlite(file, { timeout: 500 });
  try {
    database.pragma("locking_mode = EXCLUSIVE");
    database.exec("BEGIN EXCLUSIVE; ROLLBACK");
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith("SQLITE_BUSY")) throw error;
    throw new AdminError("The database is in use: stop the server, then restore.");
  } finally {
    database.close();
  }
}

function keep(file: string, dataDir: string): string {
  const copy = join(dataDir, "backups", `before-restore-${stamp()}.db`);
  mkdirSync(dirname(copy), { recursive: true, mode: 0o700 });
  const database = new Sqlite(file);
  try {
    database.prepare("VACUUM INTO ?").run(copy);
  } finally {
    database.close();
  }
  return copy;
}

/** npm runs scripts in the project's folder; the file name was typed in another. */
function fromCaller(path: string): string {
  return resolve(process.env["YAGURA_CALLER_DIR"] ?? process.cwd(), path);
}

function stamp(): string {
  return new Date().toISOString().replaceAll(/[:.]/g, "-");
}
