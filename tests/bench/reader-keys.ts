import { issueApiKey } from "@/lib/accounts/api-keys";
import { openDatabase } from "@/lib/db/client";
import { seedUser } from "../support/seed-library";
import type { App } from "../support/start-app";

/** Keys of so many new accounts, one each. */
export async function makeReaderKeys(app: App, count: number): Promise<string[]> {
  const database = await openDatabase({ url: app.databaseUrl, poolSize: 1 });
  try {
    const keys: string[] = [];
    for (let index = 0; index < count; index++) {
      const viewer = { id: await seedUser(database.client, `reader${index}`), role: "user" as const };
      const about = { viewer, name: "bench", scopes: null, expiresAt: null, now: Date.now() };
      keys.push((await issueApiKey(database.client, about)).secret);
    }
    return keys;
  } finally {
    await database.close();
  }
}
