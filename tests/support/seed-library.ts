import { randomUUID } from "node:crypto";
import type { Client } from "@/lib/db/client";
import type { WorkTitle } from "@/lib/providers/work";
import { toSearchText } from "@/lib/search/normalise";

export interface SeedTitle {
  id?: string;
  title: string;
  titles?: WorkTitle[];
  year?: number | null;
  providers?: readonly string[];
  coverUrl?: string | null;
}

/** An account that nobody can sign in to. Returns its id. */
export async function seedUser(client: Client, name = "reader"): Promise<string> {
  const user = await client.user.create({
    data: { email: `${name}-${randomUUID()}@example.org`, name, passwordHash: "-" },
  });
  return user.id;
}

/** Stored titles with one source per provider, written in few statements. Returns their ids in order. */
export async function seedTitles(client: Client, titles: readonly SeedTitle[]): Promise<string[]> {
  const rows = titles.map((title) => ({ ...title, id: title.id ?? randomUUID() }));
  for (let start = 0; start < rows.length; start += 500) {
    const some = rows.slice(start, start + 500);
    await client.title.createMany({ data: some.map(toRow) });
    await client.titleSource.createMany({
      data: some.flatMap(({ id, providers = ["mangadex"] }) =>
        providers.map((providerId) => ({ providerId, externalId: id, titleId: id, url: null, record: "{}" })),
      ),
    });
  }
  return rows.map(({ id }) => id);
}

function toRow({ id, title, titles, year = null, coverUrl = null }: SeedTitle & { id: string }) {
  const all: WorkTitle[] = titles ?? [{ text: title, lang: "en", kind: "main" }];
  return {
    id,
    title,
    titles: JSON.stringify(all),
    type: "manga",
    year,
    status: "ongoing",
    authors: JSON.stringify(["Kentarou Miura"]),
    description: "A story.",
    coverUrl,
    contentRating: "safe",
    tags: "[]",
    ids: "{}",
    searchText: toSearchText([title, ...all.map(({ text }) => text)]),
  };
}
