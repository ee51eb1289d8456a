import { mkdirSync } from "node:fs";
import { type Database, openDatabase } from "@/lib/db/client";
import { type Env, getEnv } from "@/lib/env";
import { migrate } from "../support/migrate";

/** Runs a command on the migrated database and closes it. Others may have it open too. */
export async function withDatabase<Answer>(
  command: (database: Database, env: Env) => Promise<Answer>,
): Promise<Answer> {
  const env = getEnv();
  mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 });
  await migrate({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
  const database = await openDatabase({ url: env.DATABASE_URL, poolSize: 1 });
  try {
    return await command(database, env);
  } finally {
    await database.close();
  }
}
