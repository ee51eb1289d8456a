import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= fileURLToPath(new URL("./prisma/schema-engine.mjs", import.meta.url));

const url = process.env["DATABASE_URL"] ?? "file:./data/yagura.db";
const dialect = process.env["YAGURA_DIALECT"] ?? (url.startsWith("postgres") ? "postgresql" : "sqlite");

export default defineConfig({
  schema: `prisma/${dialect}`,
  migrations: { path: `prisma/${dialect}/migrations` },
  datasource: { url },
});
