import "server-only";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { PrismaClient as PostgresClient } from "./generated/postgresql/client";
import { PrismaClient as SqliteClient } from "./generated/sqlite/client";
import { type SqlVerb, toSqlVerb } from "./sql-verb";
import { createSqliteAdapter } from "./sqlite-adapter";

export type Dialect = "sqlite" | "postgresql";

/** The client that repositories take: the smaller of the two types. `Database["client"]` may also be a transaction's. */
export type Client = SqliteClient;
export type Transaction = Parameters<Parameters<Client["$transaction"]>[0]>[0];

export interface DatabaseQuery {
  model: string | null;
  /** Prisma's name of it. */
  operation: string;
  verb: SqlVerb;
  durationMs: number;
}

export interface PoolGauges {
  size: number;
  checkedOut: number;
  waiting: number;
}

export interface Database {
  client: Client;
  dialect: Dialect;
  pool(): PoolGauges;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `file:<path>` or `postgresql://…` */
  url: string;
  poolSize: number;
  onQuery?: (query: DatabaseQuery) => void;
}

/** Opens the database. The only place that knows that there are two dialects, and the only cast between their clients. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url.startsWith("file:") ? openSqlite(options) : openPostgres(options);
}

async function openSqlite({ url, onQuery }: DatabaseOptions): Promise<Database> {
  mkdirSync(dirname(url.slice("file:".length)), { recursive: true, mode: 0o700 });
  const client = new SqliteClient({ adapter: createSqliteAdapter(url, 5000) });
  await client.$queryRawUnsafe("PRAGMA journal_mode = WAL");
  await client.$queryRawUnsafe("PRAGMA synchronous = FULL");
  // In KiB, as used: with SQLite's own 2 MiB a pass over ten thousand favorites reads the same pages from the file again and again.
  await client.$queryRawUnsafe("PRAGMA cache_size = -65536");
  await client.$queryRawUnsafe("PRAGMA temp_store = MEMORY");
  let running = 0;
  const timed = timeQueries(client, {
    started: () => void running++,
    ended: (query) => {
      running--;
      onQuery?.(query);
    },
  });
  return {
    client: timed,
    dialect: "sqlite",
    pool: () => ({ size: 1, checkedOut: Math.min(running, 1), waiting: 0 }),
    close: () => client.$disconnect(),
  };
}

async function openPostgres({ url, poolSize, onQuery }: DatabaseOptions): Promise<Database> {
  const pool = new Pool({ connectionString: url, max: poolSize });
  // An idle connection that the server ends is dropped by the pool; without a listener Node would end the process for it.
  pool.on("error", () => {});
  const client = new PostgresClient({ adapter: new PrismaPg(pool) });
  // Safe because both clients are generated from one models.prisma; they differ in isolation levels, which no caller names.
  const common = client as unknown as SqliteClient;
  return {
    client: timeQueries(common, { started: () => {}, ended: (query) => onQuery?.(query) }),
    dialect: "postgresql",
    pool: () => ({ size: poolSize, checkedOut: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      await client.$disconnect();
      await pool.end();
    },
  };
}

function timeQueries(client: Client, on: { started: () => void; ended: (query: DatabaseQuery) => void }): Client {
  const timed = client.$extends({
    query: {
      async $allOperations({ model, operation, args, query }) {
        on.started();
        const startedAt = performance.now();
        try {
          return await query(args);
        } finally {
          const durationMs = performance.now() - startedAt;
          on.ended({ model: model ?? null, operation, verb: toSqlVerb(operation, args), durationMs });
        }
      },
    },
  });
  // Safe because the extension only wraps queries; it adds and removes no method that repositories call.
  return timed as unknown as Client;
}
