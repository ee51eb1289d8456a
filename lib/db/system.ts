import "server-only";
import { readdirSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Client, Database } from "./client";

/** Throws when the database does not answer. */
export async function pingDatabase(client: Client): Promise<void> {
  await client.$queryRaw`SELECT 1`;
}

/** Names of migrations that this version brings and the database has not had. */
export async function listPendingMigrations({ client, dialect }: Database): Promise<string[]> {
  const rows = await client.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  const applied = new Set(rows.map((row) => row.name));
  return readdirSync(join(process.cwd(), "prisma", dialect, "migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !applied.has(entry.name))
    .map((entry) => entry.name);
}

/** Bytes on disk; a SQLite database with its write-ahead log. */
export async function measureDatabase({ client, dialect }: Database, url: string): Promise<number> {
  if (dialect === "postgresql") {
    const rows = await client.$queryRaw<{ bytes: bigint }[]>`SELECT pg_database_size(current_database()) AS bytes`;
    return Number(rows[0]?.bytes ?? 0);
  }
  const file = url.slice("file:".length);
  const log = await stat(`${file}-wal`).then(
    ({ size }) => size,
    () => 0,
  );
  return (await stat(file)).size + log;
}

export async function countAllFavorites(client: Client): Promise<number> {
  return client.favorite.count({ where: { isFavorite: true } });
}
