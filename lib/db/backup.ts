import "server-only";
import type { Client } from "./client";

/** Writes a consistent copy of a SQLite database that may be in use. The file must not exist. */
export async function backupSqlite(client: Client, file: string): Promise<void> {
  await client.$executeRaw`VACUUM INTO ${file}`;
}
