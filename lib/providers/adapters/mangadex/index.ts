import { z } from "zod";
import { toCrossIds } from "@/lib/providers/ids";
import { judgeErrors } from "@/lib/providers/judge-errors";
import { toLanguageTag } from "@/lib/providers/language";
import { ProviderError } from "@/lib/providers/outcome";
import { nextOffset, toOffset } from "@/lib/providers/paging";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type { AdapterConfig, AdapterContext, ProviderAdapter, SearchInput, SearchPage } from "@/lib/providers/provider";
import { publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLines } from "@/lib/providers/text";
import { type TitleCandidate, toTitles } from "@/lib/providers/titles";
import { anything, idText, listOf, maybe, texts } from "@/lib/providers/tolerant";
import { toComicType, toStatus } from "@/lib/providers/vocabulary";
import { CONTENT_RATINGS, type TitleKind, type WorkRecord, type WorkType } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const DEFAULT_BASE_URL = "https://api.mangadex.org";
const COVERS_URL = "https://uploads.mangadex.org";
const PAGE_SIZE_MAX = 100;
const WINDOW_MAX = 10_000;
const INCLUDES = { "includes[]": ["cover_art", "author", "artist"] } as const;

const attributes = z.object({
  title: texts,
  altTitles: listOf(texts),
  description: texts,
  links: maybe(z.record(z.string(), z.unknown())),
  originalLanguage: maybe(z.string()),
  availableTranslatedLanguages: listOf(z.string()),
  year: anything,
  status: maybe(z.string()),
  contentRating: z.enum(CONTENT_RATINGS).catch("unknown"),
  tags: listOf(z.object({ attributes: z.object({ name: texts }) })),
});
type Attributes = z.infer<typeof attributes>;
const relationship = z.object({
  type: z.string(),
  attributes: maybe(z.object({ name: maybe(z.string()), fileName: maybe(z.string()) })),
});
const manga = z.object({ id: idText, attributes, relationships: listOf(relationship) });
const collection = z.object({ data: z.array(z.unknown()), total: maybe(z.int().nonnegative()) });
const entity = z.object({ data: z.unknown() });

/** https://api.mangadex.org/docs: no key, about five requests a second per address over the whole API. */
export const mangadex: ProviderAdapter = publicCatalogue({
  id: "mangadex",
  name: "MangaDex",
  defaultBaseUrl: DEFAULT_BASE_URL,
  rate: { calls: 3, intervalMs: 1000 },
  trustedHosts: ["uploads.mangadex.org"],
  judge: judgeErrors,
  search,

  async check({ http }) {
    const { text } = await http.text({ path: "/ping" });
    if (text.trim() === "pong") return;
    throw new ProviderError({ class: "contract", message: "The ping was not answered with “pong”." });
  },

  async details({ http, config }, externalId) {
    const { data } = await http.json({ path: `/manga/${encodeURIComponent(externalId)}`, query: INCLUDES }, entity);
    return parseItem(data, (item) => toRecord(item, config));
  },
});

async function search({ http, config }: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const offset = toOffset(input.page);
  const limit = Math.min(input.limit, PAGE_SIZE_MAX, WINDOW_MAX - offset);
  if (limit <= 0) return { items: [], dropped: 0, nextPage: null, total: null };
  const query = {
    title: input.text,
    limit,
    offset,
    ...INCLUDES,
    // Without it the latest chapter decides the order, not the likeness.
    "order[relevance]": "desc",
    "contentRating[]": ["safe", "suggestive", "erotica", ...(input.adult ? ["pornographic"] : [])],
  };
  const { data, total } = await http.json({ path: "/manga", query }, collection);
  const nextPage = nextOffset({ offset, limit, received: data.length, total: total && Math.min(total, WINDOW_MAX) });
  return { ...parseItems(data, (item) => toRecord(item, config)), nextPage, total };
}

function toRecord(item: unknown, config: AdapterConfig): WorkRecord | null {
  const parsed = manga.safeParse(item);
  if (!parsed.success) return null;
  const { id, attributes, relationships } = parsed.data;
  const titles = toTitles(listTitles(attributes));
  if (titles.length === 0) return null;
  const { links } = attributes;
  const people = relationships.filter(({ type }) => type === "author" || type === "artist");
  const cover = relationships.find(({ type }) => type === "cover_art")?.attributes?.fileName;
  return {
    externalId: id,
    titles,
    type: toWorkType(attributes),
    year: parseYear(attributes.year),
    status: toStatus(attributes.status),
    authors: toLines(people.map((person) => person.attributes?.name)),
    // Below a rule stand links for the site's own readers.
    description: toDescription(pick(attributes.description)?.split(/\n\s*-{3,}\s*\n/)[0], { markdown: true }),
    coverUrl: cover
      ? `${coversUrl(config)}/covers/${encodeURIComponent(id)}/${encodeURIComponent(cover)}.512.jpg`
      : null,
    contentRating: attributes.contentRating,
    tags: toLines(attributes.tags.map((tag) => pick(tag.attributes.name))),
    languages: toLines(attributes.availableTranslatedLanguages.map(toLanguageTag)),
    ids: toCrossIds({ mal: links?.["mal"], al: links?.["al"], kt: links?.["kt"], mu: links?.["mu"], md: id }),
    url: `https://mangadex.org/title/${encodeURIComponent(id)}`,
  };
}

function listTitles({ title, altTitles, originalLanguage }: Attributes): TitleCandidate[] {
  // A title usually has one language; of several, the one that readers of Latin script know it by.
  const main = title.find(([code]) => code === "en") ?? title.find(([code]) => code.endsWith("-ro"));
  return [...(main ? [main] : []), ...title, ...altTitles.flat()].map(([code, text]) => ({
    text,
    lang: toLanguageTag(code),
    kind: toKind(code, originalLanguage),
  }));
}

function toKind(code: string, originalLanguage: string | null): TitleKind {
  if (code === "en") return "english";
  if (code.endsWith("-ro")) return "romanised";
  return code === originalLanguage ? "native" : "synonym";
}

function toWorkType({ originalLanguage, tags }: Attributes): WorkType {
  const formats = tags.map((tag) => pick(tag.attributes.name));
  if (formats.includes("Oneshot")) return "one_shot";
  return formats.includes("Doujinshi") ? "doujinshi" : toComicType(originalLanguage);
}

function pick(localized: Attributes["title"]): string | null {
  return (localized.find(([code]) => code === "en") ?? localized[0])?.[1] ?? null;
}

/** A mirror or test system serves its own covers. */
function coversUrl({ baseUrl }: AdapterConfig): string {
  return baseUrl === DEFAULT_BASE_URL ? COVERS_URL : new URL(baseUrl).origin;
}
