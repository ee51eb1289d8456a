import { z } from "zod";
import { nextFixedPage, toFixedPage } from "@/lib/providers/fixed-pages";
import { parseMangaUpdatesId, toCrossIds, toMangaUpdatesSlug } from "@/lib/providers/ids";
import { ProviderError } from "@/lib/providers/outcome";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type { AdapterContext, ProviderAdapter, SearchInput, SearchPage } from "@/lib/providers/provider";
import { CANARY, publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLines } from "@/lib/providers/text";
import { toTitles } from "@/lib/providers/titles";
import { anything, idText, listOf, maybe } from "@/lib/providers/tolerant";
import { toStatus, toType } from "@/lib/providers/vocabulary";
import { toWebUrl } from "@/lib/providers/web-url";
import type { ContentRating, WorkRecord, WorkStatus } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

/** The upstream answers with pages of this size whatever smaller number it is asked for. */
const PAGE_SIZE = 25;

/** Types that are comics, named for where they were made. */
const COMICS = /^(?:OEL|Filipino|Indonesian|Thai|Vietnamese|Malaysian|Nordic|French|Spanish)$/i;

const text = maybe(z.string());
const series = z.object({
  series_id: idText,
  title: text,
  url: text,
  associated: listOf(z.object({ title: z.string() })),
  description: text,
  image: maybe(z.object({ url: maybe(z.object({ original: text, thumb: text })) })),
  type: text,
  year: anything,
  genres: listOf(z.object({ genre: z.string() })),
  status: text,
  completed: maybe(z.boolean()),
  authors: listOf(z.object({ name: z.string(), type: text })),
});
type Series = z.infer<typeof series>;
const hit = z.object({ record: z.unknown(), hit_title: text });
const hits = z.object({
  results: z.array(z.unknown()),
  total_hits: maybe(z.int().nonnegative()),
  per_page: maybe(z.int().positive()),
});

/** https://api.mangaupdates.com: no key for reading, no published limit but a request to space calls. */
export const mangaupdates: ProviderAdapter = publicCatalogue({
  id: "mangaupdates",
  name: "MangaUpdates",
  defaultBaseUrl: "https://api.mangaupdates.com/v1",
  rate: { calls: 1, intervalMs: 1000 },
  trustedHosts: ["cdn.mangaupdates.com"],
  search,

  async check(context) {
    try {
      await context.http.json({ path: "/misc/time" }, z.object({ timestamp: z.number() }));
    } catch (error) {
      // The clock may be kept for signed-in users; reading is not, so a search tells.
      if (!(error instanceof ProviderError) || error.failure.class !== "auth") throw error;
      await search(context, CANARY);
    }
  },

  async details({ http }, externalId) {
    const record = await http.json({ path: `/series/${encodeURIComponent(externalId)}` }, z.looseObject({}));
    return parseItem(record, (item) => toRecord(item, null));
  },
});

async function search({ http }: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const at = toFixedPage(input.page);
  const { page, skip } = at;
  const body = {
    search: input.text,
    stype: "title",
    page,
    perpage: PAGE_SIZE,
    ...(!input.adult && { exclude_genre: ["Adult", "Hentai"] }),
  };
  const answer = await http.json({ method: "POST", path: "/series/search", json: body }, hits);
  const { results, total_hits: total, per_page: perPage } = answer;
  const more = total === null ? results.length >= PAGE_SIZE : page * (perPage ?? PAGE_SIZE) < total;
  return {
    ...parseItems(results.slice(skip, skip + input.limit), toHit),
    nextPage: nextFixedPage(at, { limit: input.limit, received: results.length, more }),
    total,
  };
}

function toHit(item: unknown): WorkRecord | null {
  const parsed = hit.safeParse(item);
  return parsed.success ? toRecord(parsed.data.record, parsed.data.hit_title) : null;
}

function toRecord(item: unknown, hitTitle: string | null): WorkRecord | null {
  const parsed = series.safeParse(item);
  if (!parsed.success) return null;
  const { series_id: id, associated, image, genres, ...record } = parsed.data;
  const titles = toTitles([
    { text: record.title },
    // The suffix tells light novels apart where there is no type; here there is one, and other catalogues do without.
    { text: record.title?.replace(/ \(Novel\)$/, "") },
    { text: hitTitle },
    ...associated.map(({ title }) => ({ text: title })),
  ]);
  if (titles.length === 0) return null;
  return {
    externalId: id,
    titles,
    type: COMICS.test(record.type ?? "") ? "comic" : toType(record.type),
    year: parseYear(record.year),
    status: parseStatus(record),
    authors: toLines(record.authors.map(({ name }) => name)),
    description: toDescription(record.description, { markdown: true }),
    coverUrl: toWebUrl(image?.url?.original ?? image?.url?.thumb),
    contentRating: toRating(genres.map(({ genre }) => genre)),
    tags: toLines(genres.map(({ genre }) => genre)),
    languages: [],
    ids: toCrossIds({ mu: id }),
    url:
      toWebUrl(record.url) ??
      (parseMangaUpdatesId(id) && `https://www.mangaupdates.com/series/${toMangaUpdatesSlug(id)}`),
  };
}

/** "14 Volumes (Complete)"; lines below speak for other editions, but where the lines are seasons the last one speaks for the work. */
function parseStatus({ status, completed }: Pick<Series, "status" | "completed">): WorkStatus {
  const words = [...(status ?? "").matchAll(/\b(?:complete|ongoing|hiatus|cancell?ed|discontinued)\b/gi)].map(
    ([word]) => word,
  );
  const told = /^\W*(?:S\d|Season)/i.test(status ?? "") ? words.at(-1) : words[0];
  return told === undefined && completed ? "finished" : toStatus(told);
}

function toRating(genres: readonly string[]): ContentRating {
  if (genres.length === 0) return "unknown";
  if (genres.some((genre) => genre === "Hentai" || genre === "Adult")) return "pornographic";
  if (genres.includes("Smut")) return "erotica";
  return genres.some((genre) => genre === "Ecchi" || genre === "Mature") ? "suggestive" : "safe";
}
