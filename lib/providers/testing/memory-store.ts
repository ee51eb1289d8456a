import type { ProviderStore, StoredProvider } from "../provider-store";

interface MemoryStore extends ProviderStore {
  rows: Map<string, StoredProvider>;
}

/** Keeps providers as long as the test runs. */
export function createMemoryStore(rows: readonly StoredProvider[] = []): MemoryStore {
  const stored = new Map(rows.map((row) => [row.id, row]));
  return {
    rows: stored,
    list: async () => [...stored.values()],
    async ensure(missing) {
      for (const row of missing) {
        if (!stored.has(row.id)) stored.set(row.id, { ...row, secrets: {}, unreadableSecrets: [] });
      }
    },
    async save(row, changes) {
      const secrets = { ...stored.get(row.id)?.secrets };
      for (const [key, secret] of Object.entries(changes)) {
        if (secret === null) delete secrets[key];
        else secrets[key] = secret;
      }
      stored.set(row.id, { ...row, secrets, unreadableSecrets: [] });
    },
    async remove(id) {
      stored.delete(id);
    },
  };
}
