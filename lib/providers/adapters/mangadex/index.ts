import { z } from "zod";
import { toCrossIds } from "@/lib/providers/ids";
import { judgeErrors } from "@/lib/providers/judge-errors";
import { toLanguageTag } from "@/lib/providers/language";
import { type Members, toId, toList, toMembers, toText, toTexts } from "@/lib/providers/members";
import { ProviderError } from "@/lib/providers/outcome";
import { nextOffset, toOffset } from "@/lib/providers/paging";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type { AdapterConfig, AdapterContext, ProviderAdapter, SearchInput, SearchPage } from "@/lib/providers/provider";
import { publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLines } from "@/lib/providers/text";
import { type TitleCandidate, toTitles } from "@/lib/providers/titles";
import { maybe } from "@/lib/providers/tolerant";
import { toComicType, toStatus } from "@/lib/providers/vocabulary";
import {
  CONTENT_RATINGS,
  type ContentRating,
  type TitleKind,
  type WorkRecord,
  type WorkType,
} from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const DEFAULT_BASE_URL = "https://api.mangadex.org";
const COVERS_URL = "https://uploads.mangadex.org";
const PAGE_SIZE_MAX = 100;
const WINDOW_MAX = 10_000;
const RULE = /\n\s*-{3,}\s*\n/;
const INCLUDES = { "includes[]": ["cover_art", "author", "artist"] } as const;

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
    return parseItem(data, (item) => toRecord(item, coversUrl(config)));
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
  const covers = coversUrl(config);
  return { ...parseItems(data, (item) => toRecord(item, covers)), nextPage, total };
}

function toRecord(item: unknown, covers: string): WorkRecord | null {
  const { id: rawId, attributes: rawAttributes, relationships } = toMembers(item);
  const id = toId(rawId);
  if (id === null || typeof rawAttributes !== "object" || rawAttributes === null) return null;
  const attributes = toMembers(rawAttributes);
  const originalLanguage = toText(attributes["originalLanguage"]);
  const titles = toTitles(listTitles(attributes, originalLanguage));
  if (titles.length === 0) return null;
  const tags = toList(attributes["tags"]).map((tag) => pick(toMembers(toMembers(tag)["attributes"])["name"]));
  const { mal, al, kt, mu } = toMembers(attributes["links"]);
  const { authors, cover } = readRelationships(relationships);
  const pathId = encodeURIComponent(id);
  return {
    externalId: id,
    titles,
    type: toWorkType(tags, originalLanguage),
    year: parseYear(attributes["year"]),
    status: toStatus(toText(attributes["status"])),
    authors: toLines(authors),
    description: toDescription(aboveRule(pick(attributes["description"]) ?? ""), { markdown: true }),
    coverUrl: cover === null ? null : `${covers}/covers/${pathId}/${encodeURIComponent(cover)}.512.jpg`,
    contentRating: toContentRating(attributes["contentRating"]),
    tags: toLines(tags),
    languages: toLines(toList(attributes["availableTranslatedLanguages"]).map(toLanguageTag)),
    ids: toCrossIds({ mal, al, kt, mu, md: id }),
    url: `https://mangadex.org/title/${pathId}`,
  };
}

function listTitles({ title, altTitles }: Members, originalLanguage: string | null): TitleCandidate[] {
  const titles = toTexts(title);
  // A title usually has one language; of several, the one that readers of Latin script know it by.
  const main = titles.find(([code]) => code === "en") ?? titles.find(([code]) => code.endsWith("-ro"));
  const all = main ? [main, ...titles] : titles;
  for (const other of toList(altTitles)) all.push(...toTexts(other));
  return all.map(([code, text]) => ({ text, lang: toLanguageTag(code), kind: toKind(code, originalLanguage) }));
}

function toKind(code: string, originalLanguage: string | null): TitleKind {
  if (code === "en") return "english";
  if (code.endsWith("-ro")) return "romanised";
  return code === originalLanguage ? "native" : "synonym";
}

function readRelationships(raw: unknown): { authors: unknown[]; cover: string | null } {
  const authors: unknown[] = [];
  let cover: string | null = null;
  for (const each of toList(raw)) {
    const { type, attributes } = toMembers(each);
    const { name, fileName } = toMembers(attributes);
    if (type === "author" || type === "artist") authors.push(name);
    if (type === "cover_art") cover ??= toText(fileName) || null;
  }
  return { authors, cover };
}

function toWorkType(formats: readonly (string | null)[], originalLanguage: string | null): WorkType {
  if (formats.includes("Oneshot")) return "one_shot";
  return formats.includes("Doujinshi") ? "doujinshi" : toComicType(originalLanguage);
}

/** Below a rule stand links for the site's own readers. */
function aboveRule(description: string): string {
  const rule = description.search(RULE);
  return rule < 0 ? description : description.slice(0, rule);
}

function toContentRating(raw: unknown): ContentRating {
  return CONTENT_RATINGS.find((rating) => rating === raw) ?? "unknown";
}

function pick(localized: unknown): string | null {
  const { en } = toMembers(localized);
  return typeof en === "string" ? en : (toTexts(localized)[0]?.[1] ?? null);
}

/** A mirror or test system serves its own covers. */
function coversUrl({ baseUrl }: AdapterConfig): string {
  return baseUrl === DEFAULT_BASE_URL ? COVERS_URL : new URL(baseUrl).origin;
}
