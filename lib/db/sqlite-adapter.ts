import "server-only";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from "@prisma/driver-adapter-utils";

const READ = /^\s*SELECT\b/i;

/**
 * The SQLite adapter with transactions that keep to themselves. All statements share one connection, so that a write from
 * elsewhere would otherwise join whatever transaction happens to be open and be lost with its rollback, although it was
 * acknowledged: here it waits for the end of that transaction. Reads do not wait.
 * `url` is `file:<path>`; a locked file is waited for `busyTimeoutMs`.
 */
export function createSqliteAdapter(url: string, busyTimeoutMs: number): SqlDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url, timeout: busyTimeoutMs });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => keepTransactionsApart(await factory.connect()),
  };
}

function keepTransactionsApart(adapter: SqlDriverAdapter): SqlDriverAdapter {
  let open: Promise<void> | null = null;

  async function free(): Promise<void> {
    while (open) await open;
  }

  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeScript: async (script) => {
      await free();
      return adapter.executeScript(script);
    },
    queryRaw: async (query: SqlQuery) => {
      if (!READ.test(query.sql)) await free();
      return adapter.queryRaw(query);
    },
    executeRaw: async (query: SqlQuery) => {
      await free();
      return adapter.executeRaw(query);
    },
    startTransaction: async (isolationLevel) => {
      await free();
      let close = () => {};
      open = new Promise((resolve) => {
        close = () => {
          open = null;
          resolve();
        };
      });
      try {
        return closing(await adapter.startTransaction(isolationLevel), close);
      } catch (cause) {
        close();
        throw cause;
      }
    },
    dispose: () => adapter.dispose(),
  };
}

function closing(transaction: Transaction, close: () => void): Transaction {
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => transaction.queryRaw(query),
    executeRaw: (query) => transaction.executeRaw(query),
    commit: () => transaction.commit().finally(close),
    rollback: () => transaction.rollback().finally(close),
    createSavepoint: async (name) => transaction.createSavepoint?.(name),
    rollbackToSavepoint: async (name) => transaction.rollbackToSavepoint?.(name),
    releaseSavepoint: async (name) => transaction.releaseSavepoint?.(name),
  };
}
