// Runs before the server: checks the environment, makes the data folder, migrates the database.
import { mkdirSync } from "node:fs";
import { EnvError, getEnv } from "@/lib/env";
import { MigrationError, migrate } from "./support/migrate";

try {
  const env = getEnv();
  mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 });
  await migrate({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
} catch (error) {
  if (!(error instanceof EnvError || error instanceof MigrationError)) throw error;
  const heading = error instanceof EnvError ? "These variables need another value:\n" : "";
  console.error(heading + error.message);
  process.exitCode = 1;
}
