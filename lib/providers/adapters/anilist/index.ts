import { z } from "zod";
import { toCrossIds } from "@/lib/providers/ids";
import { findToldError, judgeErrors } from "@/lib/providers/judge-errors";
import { ProviderError } from "@/lib/providers/outcome";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type {
  AdapterContext,
  AnswerEvidence,
  ProviderAdapter,
  SearchInput,
  SearchPage,
  Verdict,
} from "@/lib/providers/provider";
import { publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLines } from "@/lib/providers/text";
import { toTitles } from "@/lib/providers/titles";
import { anything, idText, listOf, maybe } from "@/lib/providers/tolerant";
import { toComicType, toStatus, toType } from "@/lib/providers/vocabulary";
import { toWebUrl } from "@/lib/providers/web-url";
import type { ContentRating, WorkRecord } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const PAGE_SIZE_MAX = 50;
const AUTHOR_ROLE = /^(?:story|art|original)\b/i;
const LANGUAGES: Readonly<Record<string, string>> = { JP: "ja", KR: "ko", CN: "zh-Hans", TW: "zh-Hant" };

const FIELDS = `id idMal siteUrl format status(version: 2) countryOfOrigin isAdult synonyms genres
  title { romaji english native } description(asHtml: false) startDate { year }
  tags { name isGeneralSpoiler isMediaSpoiler } coverImage { extraLarge large medium }
  staff(perPage: 10, sort: [RELEVANCE, ID]) { edges { role node { name { full } } } }`;
const toSearchQuery = (filter: string) => `query ($search: String, $page: Int, $perPage: Int) {
  Page(page: $page, perPage: $perPage) {
    pageInfo { currentPage hasNextPage perPage }
    media(search: $search, type: MANGA, sort: [SEARCH_MATCH]${filter}) { ${FIELDS} }
  }
}`;

const text = maybe(z.string());
const media = z.object({
  id: idText,
  idMal: maybe(idText),
  siteUrl: text,
  format: text,
  status: text,
  countryOfOrigin: text,
  isAdult: maybe(z.boolean()),
  title: maybe(z.object({ romaji: text, english: text, native: text })),
  synonyms: listOf(z.string()),
  genres: listOf(z.string()),
  tags: listOf(z.object({ name: z.string(), isGeneralSpoiler: anything, isMediaSpoiler: anything })),
  description: text,
  startDate: maybe(z.object({ year: anything })),
  coverImage: maybe(z.object({ extraLarge: text, large: text, medium: text })),
  staff: maybe(
    z.object({ edges: listOf(z.object({ role: text, node: z.object({ name: z.object({ full: text }) }) })) }),
  ),
});
const page = z.object({ pageInfo: maybe(z.object({ hasNextPage: maybe(z.boolean()) })), media: z.array(z.unknown()) });
const pageAnswer = z.object({ data: z.object({ Page: page }) });
const mediaAnswer = z.object({ data: z.object({ Media: z.looseObject({}) }) });

/** https://docs.anilist.co: no key; 90 requests a minute, for long stretches 30, with a limiter of bursts on top. */
export const anilist: ProviderAdapter = publicCatalogue({
  id: "anilist",
  name: "AniList",
  defaultBaseUrl: "https://graphql.anilist.co",
  rate: { calls: 5, intervalMs: 12_000 },
  trustedHosts: ["s4.anilist.co"],
  judge,
  search,

  async check(context) {
    await ask(context, "{ Media(id: 30013, type: MANGA) { id } }", {}, mediaAnswer);
  },

  async details(context, externalId) {
    if (!/^\d{1,9}$/.test(externalId))
      throw new ProviderError({ class: "client", message: "AniList's ids are numbers." });
    const query = `query ($id: Int) { Media(id: $id, type: MANGA) { ${FIELDS} } }`;
    const { data } = await ask(context, query, { id: Number(externalId) }, mediaAnswer);
    return parseItem(data.Media, toRecord);
  },
});

async function search(context: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const page = /^[1-9]\d{0,4}$/.test(input.page ?? "") ? Number(input.page) : 1;
  const variables = { search: input.text, page, perPage: Math.min(input.limit, PAGE_SIZE_MAX) };
  // Neither null nor true would mean "either": the argument is only there when it filters.
  const query = toSearchQuery(input.adult ? "" : ", isAdult: false");
  const { media, pageInfo } = (await ask(context, query, variables, pageAnswer)).data.Page;
  // The upstream's total is made up (5000 for everything).
  return { ...parseItems(media, toRecord), nextPage: pageInfo?.hasNextPage ? String(page + 1) : null, total: null };
}

function ask<Schema extends z.ZodType>({ http }: AdapterContext, query: string, variables: object, schema: Schema) {
  const headers = { Accept: "application/json" };
  return http.json({ method: "POST", path: "/", headers, json: { query, variables } }, schema);
}

/** A switched-off API answers 403 with JSON, as if we were not let in. */
function judge(evidence: AnswerEvidence): Verdict | null {
  const told = findToldError(evidence.json);
  const isOff = evidence.status === 403 ? /disabled/i.test(told?.message ?? "") : told?.status === 403;
  if (!told || told.partial || !isOff) return judgeErrors(evidence);
  return { class: "http_5xx", ...(told.message && { message: told.message }) };
}

function toRecord(item: unknown): WorkRecord | null {
  const parsed = media.safeParse(item);
  if (!parsed.success) return null;
  const { id, title, coverImage, ...work } = parsed.data;
  const lang = LANGUAGES[work.countryOfOrigin ?? ""] ?? null;
  const titles = toTitles([
    { text: title?.romaji, lang: lang && `${lang.slice(0, 2)}-Latn`, kind: "romanised" },
    { text: title?.english, lang: "en", kind: "english" },
    { text: title?.native, lang, kind: "native" },
    ...work.synonyms.map((text) => ({ text })),
  ]);
  if (titles.length === 0) return null;
  const authors = (work.staff?.edges ?? []).filter(({ role }) => AUTHOR_ROLE.test(role ?? ""));
  const tags = work.tags.filter((tag) => tag.isGeneralSpoiler !== true && tag.isMediaSpoiler !== true);
  const cover = coverImage?.extraLarge ?? coverImage?.large ?? coverImage?.medium;
  return {
    externalId: id,
    titles,
    type: work.format === "MANGA" && work.countryOfOrigin ? toComicType(lang ?? "other") : toType(work.format),
    year: parseYear(work.startDate?.year),
    status: toStatus(work.status),
    authors: toLines(authors.map(({ node }) => node.name.full)),
    description: toDescription(work.description, { markdown: true }),
    coverUrl: /\/default\.\w+$/.test(cover ?? "") ? null : toWebUrl(cover),
    contentRating: toRating(work.isAdult, work.genres),
    tags: toLines([...work.genres, ...tags.map(({ name }) => name)]),
    languages: [],
    ids: toCrossIds({ al: id, mal: work.idMal }),
    url: toWebUrl(work.siteUrl) ?? `https://anilist.co/manga/${encodeURIComponent(id)}`,
  };
}

function toRating(isAdult: boolean | null, genres: readonly string[]): ContentRating {
  if (isAdult === null) return "unknown";
  if (isAdult) return "pornographic";
  return genres.includes("Ecchi") ? "suggestive" : "safe";
}
