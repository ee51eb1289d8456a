import "server-only";
import type { Client, Transaction } from "./client";
import { Prisma } from "./generated/sqlite/client";
import { inChunks } from "./in-chunks";

const TEXT_CHARS_MAX = 300;
/** Up to so many texts it is not worth a look which of them are still in use. */
const TEXTS_TOLERATED = 2000;

/** The text as it is stored. */
export function toErrorText(text: string): string {
  return text.slice(0, TEXT_CHARS_MAX);
}

/** Ids of texts as `toErrorText` gives them; each is stored once. */
export async function storeErrorTexts(
  client: Client | Transaction,
  texts: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const some of inChunks([...texts], 200)) {
    const values = some.map((text) => Prisma.sql`(${text})`);
    await client.$executeRaw`
      INSERT INTO "ProviderError" ("text") VALUES ${Prisma.join(values)} ON CONFLICT ("text") DO NOTHING`;
    const rows = await client.providerError.findMany({ where: { text: { in: some } } });
    for (const row of rows) ids.set(row.text, row.id);
  }
  return ids;
}

export async function listErrorTexts(
  client: Client | Transaction,
  ids: ReadonlySet<number>,
): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>();
  for (const some of inChunks([...ids])) {
    const rows = await client.providerError.findMany({ where: { id: { in: some } } });
    for (const row of rows) texts.set(row.id, row.text);
  }
  return texts;
}

/** Deletes texts that no sample has any more, once there are many. */
export async function pruneErrorTexts(client: Client): Promise<void> {
  if ((await client.providerError.count()) <= TEXTS_TOLERATED) return;
  await client.$executeRaw`
    DELETE FROM "ProviderError"
    WHERE "id" NOT IN (SELECT "errorId" FROM "ProviderSample" WHERE "errorId" IS NOT NULL)`;
}
