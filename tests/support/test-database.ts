import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { Client as PostgresConnection } from "pg";
import { type Database, type DatabaseOptions, type Dialect, openDatabase } from "@/lib/db/client";

export interface TestDatabase extends Database {
  url: string;
  /** Closes it and removes what it left behind. */
  dispose(): Promise<void>;
}

/**
 * An empty database with every migration applied: a SQLite file in a temporary folder, or, when TEST_DATABASE_URL names a
 * PostgreSQL server, a database of its own there.
 */
export async function openTestDatabase(options: Pick<DatabaseOptions, "onQuery"> = {}): Promise<TestDatabase> {
  const server = process.env["TEST_DATABASE_URL"];
  return server?.startsWith("postgres") ? openPostgres(server, options) : openSqlite(options);
}

async function openSqlite(options: Pick<DatabaseOptions, "onQuery">): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "yagura-test-"));
  const path = join(folder, "test.db");
  const connection = new Sqlite(path);
  for (const sql of migrationsOf("sqlite")) connection.exec(sql);
  connection.close();
  const database = await openDatabase({ url: `file:${path}`, poolSize: 1, ...options });
  return {
    ...database,
    url: `file:${path}`,
    dispose: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPostgres(server: string, options: Pick<DatabaseOptions, "onQuery">): Promise<TestDatabase> {
  const name = `yagura_test_${randomUUID().replaceAll("-", "")}`;
  await runOn(server, [`CREATE DATABASE ${name}`]);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await runOn(url.href, migrationsOf("postgresql"));
  const database = await openDatabase({ url: url.href, poolSize: 4, ...options });
  return {
    ...database,
    url: url.href,
    dispose: async () => {
      await database.close();
      await runOn(server, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
    },
  };
}

async function runOn(url: string, statements: readonly string[]): Promise<void> {
  const connection = new PostgresConnection({ connectionString: url });
  await connection.connect();
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}

function migrationsOf(dialect: Dialect): string[] {
  const folder = fileURLToPath(new URL(`../../prisma/${dialect}/migrations`, import.meta.url));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => readFileSync(join(folder, name, "migration.sql"), "utf8"));
}
