import { z } from "zod";
import { toCrossIds } from "@/lib/providers/ids";
import { createResolver, type Resource } from "@/lib/providers/json-api";
import { judgeErrors } from "@/lib/providers/judge-errors";
import { toLanguageTag } from "@/lib/providers/language";
import { nextOffset, toOffset } from "@/lib/providers/paging";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type { AdapterContext, ProviderAdapter, SearchInput, SearchPage } from "@/lib/providers/provider";
import { publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLines } from "@/lib/providers/text";
import { type TitleCandidate, toTitles } from "@/lib/providers/titles";
import { anything, idText, listOf, maybe, texts } from "@/lib/providers/tolerant";
import { toStatus, toType } from "@/lib/providers/vocabulary";
import { toWebUrl } from "@/lib/providers/web-url";
import type { ContentRating, TitleKind, WorkRecord } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const PAGE_SIZE_MAX = 20;
const HEADERS = { Accept: "application/vnd.api+json" };
const INCLUDE = { include: "categories,genres,mappings,staff.person" };
const AUTHOR_ROLE = /story|art|author|original|creator/i;
const RATINGS: Readonly<Record<string, ContentRating>> = {
  G: "safe",
  PG: "safe",
  R: "suggestive",
  R18: "pornographic",
};

const text = maybe(z.string());
const attributes = z.object({
  slug: text,
  canonicalTitle: text,
  titles: texts,
  abbreviatedTitles: listOf(z.string()),
  description: text,
  synopsis: text,
  startDate: text,
  status: text,
  subtype: text,
  mangaType: text,
  ageRating: text,
  posterImage: maybe(z.object({ large: text, medium: text, small: text, original: text })),
});
type Attributes = z.infer<typeof attributes>;
const manga = z.object({ id: idText, attributes, relationships: anything });
const collection = z.object({
  data: z.array(z.unknown()),
  included: anything,
  meta: maybe(z.object({ count: z.int().nonnegative() })),
});
const entity = z.object({ data: z.unknown(), included: anything });

/** https://kitsu.docs.apiary.io (JSON:API): no key, no published limit, a challenge of its front server after bursts. */
export const kitsu: ProviderAdapter = publicCatalogue({
  id: "kitsu",
  name: "Kitsu",
  defaultBaseUrl: "https://kitsu.app/api/edge",
  rate: { calls: 1, intervalMs: 1000 },
  trustedHosts: ["media.kitsu.app"],
  judge: judgeErrors,
  search,

  async check({ http }) {
    const query = { "page[limit]": 1, "fields[manga]": "slug" };
    await http.json({ path: "/manga", query, headers: HEADERS }, collection);
  },

  async details({ http }, externalId) {
    const path = `/manga/${encodeURIComponent(externalId)}`;
    const { data, included } = await http.json({ path, query: INCLUDE, headers: HEADERS }, entity);
    return parseItem(data, toRecordWith(included));
  },
});

async function search({ http }: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const offset = toOffset(input.page);
  const limit = Math.min(input.limit, PAGE_SIZE_MAX);
  const query = { "filter[text]": input.text, "page[limit]": limit, "page[offset]": offset, ...INCLUDE };
  const { data, included, meta } = await http.json({ path: "/manga", query, headers: HEADERS }, collection);
  const { items, dropped } = parseItems(data, toRecordWith(included));
  const total = meta?.count ?? null;
  return {
    items: input.adult ? items : items.filter(({ contentRating }) => contentRating !== "pornographic"),
    dropped,
    nextPage: nextOffset({ offset, limit, received: data.length, total }),
    total,
  };
}

function toRecordWith(included: unknown): (item: unknown) => WorkRecord | null {
  const resolve = createResolver(included);
  return (item) => {
    const parsed = manga.safeParse(item);
    if (!parsed.success) return null;
    const { id, attributes, relationships } = parsed.data;
    const titles = toTitles(listTitles(attributes));
    if (titles.length === 0) return null;
    const people = resolve(relationships, "staff")
      .filter((staff) => AUTHOR_ROLE.test(String(staff.attributes["role"] ?? "author")))
      .flatMap((staff) => resolve(staff.relationships, "person"));
    const genres = [...resolve(relationships, "genres"), ...resolve(relationships, "categories")];
    const poster = attributes.posterImage;
    return {
      externalId: id,
      titles,
      type: toType(attributes.subtype ?? attributes.mangaType),
      year: parseYear(attributes.startDate),
      status: toStatus(attributes.status),
      authors: toLines(people.map((person) => person.attributes["name"])),
      description: toDescription(attributes.description || attributes.synopsis),
      coverUrl: onNewHost(toWebUrl(poster?.large ?? poster?.medium ?? poster?.small ?? poster?.original)),
      contentRating: RATINGS[attributes.ageRating ?? ""] ?? "unknown",
      tags: toLines(genres.map((genre) => genre.attributes["name"] ?? genre.attributes["title"])),
      languages: [],
      ids: toCrossIds({ ...listMappings(resolve(relationships, "mappings")), kt: id }),
      url: `https://kitsu.app/manga/${encodeURIComponent(attributes.slug ?? id)}`,
    };
  };
}

function listTitles({ canonicalTitle, titles, abbreviatedTitles }: Attributes): TitleCandidate[] {
  return [
    { text: canonicalTitle },
    ...titles.map(([code, text]) => ({ text, lang: toLanguageTag(code), kind: toKind(code) })),
    ...abbreviatedTitles.map((text) => ({ text })),
  ];
}

/** `en_jp` is Japanese in Latin letters, `en_us` is English. */
function toKind(code: string): TitleKind {
  if (code === "en" || code === "en_us") return "english";
  if (code.startsWith("en_")) return "romanised";
  return /^(ja_jp|ko_kr|zh_..)$/.test(code) ? "native" : "synonym";
}

function listMappings(mappings: readonly Resource[]) {
  const find = (site: string) => mappings.find(({ attributes }) => attributes["externalSite"] === site);
  const idAt = (site: string) => find(site)?.attributes["externalId"];
  // Older mappings say "anilist" with "manga/30002" or "anime/1", of which the latter is no id of a manga.
  const anilist = idAt("anilist/manga") ?? String(idAt("anilist") ?? "").replace(/^manga\//, "");
  return { mal: idAt("myanimelist/manga"), al: anilist, mu: idAt("mangaupdates") };
}

/** Kitsu moved in 2024; addresses in its own answers may still name the old host. */
function onNewHost(url: string | null): string | null {
  return url?.replace(/^https?:\/\/((?:\w+\.)*)kitsu\.io\//, "https://$1kitsu.app/") ?? null;
}
