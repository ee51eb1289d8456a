import { z } from "zod";
import { apiKeyField } from "@/lib/providers/config-fields";
import { nextFixedPage, toFixedPage } from "@/lib/providers/fixed-pages";
import { toCrossIds } from "@/lib/providers/ids";
import { toLanguageTag } from "@/lib/providers/language";
import { type Members, toId, toList, toMembers, toNames, toText } from "@/lib/providers/members";
import { ProviderError } from "@/lib/providers/outcome";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type {
  AdapterConfig,
  AdapterContext,
  AnswerEvidence,
  HttpRequest,
  ProviderAdapter,
  SearchInput,
  SearchPage,
  Verdict,
} from "@/lib/providers/provider";
import { expectHit, publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLines } from "@/lib/providers/text";
import { type TitleCandidate, toTitles } from "@/lib/providers/titles";
import { maybe } from "@/lib/providers/tolerant";
import { toStatus } from "@/lib/providers/vocabulary";
import { toWebUrl } from "@/lib/providers/web-url";
import type { WorkRecord } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const DEFAULT_BASE_URL = "https://api.themoviedb.org/3";
const PICTURES_URL = "https://image.tmdb.org";
const LAST_PAGE = 500;
const CANARY = "The Matrix";
const WRITERS = /^(?:Writer|Screenplay|Author|Novel|Comic Book)$/;
const EXTRAS = "credits,alternative_titles,external_ids";
/** A search names genres by number alone; the numbers do not change. */
const GENRES: ReadonlyMap<unknown, string> = new Map(
  `12 Adventure,14 Fantasy,16 Animation,18 Drama,27 Horror,28 Action,35 Comedy,36 History,37 Western,53 Thriller,80 Crime,99 Documentary,
  878 Science Fiction,9648 Mystery,10402 Music,10749 Romance,10751 Family,10752 War,10759 Action & Adventure,10762 Kids,10763 News,
  10764 Reality,10765 Sci-Fi & Fantasy,10766 Soap,10767 Talk,10768 War & Politics`
    .split(",")
    .map((line) => [Number.parseInt(line, 10), line.replace(/^\s*\d+ /, "")]),
);

const count = maybe(z.int().nonnegative());
const found = z.object({ results: z.array(z.unknown()), total_pages: count, total_results: count });
const failed = z.object({ success: z.literal(false), status_code: z.int() });

/** https://developer.themoviedb.org: films and series; wants a key and its name shown, and no more than about forty requests a second. */
export const tmdb: ProviderAdapter = publicCatalogue({
  id: "tmdb",
  name: "TMDb",
  kind: "metadata",
  defaultBaseUrl: DEFAULT_BASE_URL,
  rate: { calls: 10, intervalMs: 1000 },
  trustedHosts: ["image.tmdb.org"],
  judge,
  search,
  configFields: [
    apiKeyField(
      "The API read access token of your account at themoviedb.org (settings, API); its shorter API key works too.",
    ),
  ],

  async check({ http, config }) {
    await http.json(toRequest(config, "/authentication"), z.object({ success: z.literal(true) }));
  },

  async canary(context) {
    expectHit(await search(context, { text: CANARY, page: null, limit: 20, adult: true }), CANARY);
  },

  async details({ http, config }, externalId) {
    const [, kind] = /^(movie|tv)\/[1-9]\d{0,9}$/.exec(externalId) ?? [];
    if (!kind) throw new ProviderError({ class: "client", message: "TMDb's ids are movie/ or tv/ and a number." });
    const request = toRequest(config, `/${externalId}`, { append_to_response: EXTRAS });
    const answer = await http.json(request, z.looseObject({}));
    return parseItem({ ...answer, media_type: kind }, toRecordWith(config));
  },
});

/** One search over films, series and people; the latter are no works and are passed over. */
async function search({ http, config }: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const at = toFixedPage(input.page);
  const query = { query: input.text, include_adult: input.adult, page: Math.min(at.page, LAST_PAGE) };
  const answer = await http.json(toRequest(config, "/search/multi", query), found);
  const { results, total_pages: pages, total_results: total } = answer;
  const more = at.page < Math.min(pages ?? 1, LAST_PAGE);
  const wanted = results
    .slice(at.skip, at.skip + input.limit)
    .filter((hit) => toMembers(hit)["media_type"] !== "person");
  return {
    ...parseItems(wanted, toRecordWith(config)),
    nextPage: nextFixedPage(at, { limit: input.limit, received: results.length, more }),
    total,
  };
}

/** Read tokens go into the header; keys of the older kind work in the address only. */
function toRequest({ api_key: key = "" }: AdapterConfig, path: string, query: HttpRequest["query"] = {}): HttpRequest {
  if (/^[\da-f]{32}$/i.test(key)) return { path, query: { ...query, api_key: key } };
  return { path, query, headers: { Authorization: `Bearer ${key}` } };
}

/** Its own codes, where HTTP says that all is well. */
function judge({ status, json, operation }: AnswerEvidence): Verdict | null {
  const code = status < 300 ? failed.safeParse(json).data?.status_code : undefined;
  if (code === undefined) return null;
  if ([3, 7, 10, 14].includes(code)) return { class: "auth" };
  if (code === 25) return { class: "throttled" };
  if ([9, 11, 24, 46].includes(code)) return { class: "http_5xx" };
  if (code === 6 || code === 34) return { class: operation === "check" ? "config" : "client" };
  return { class: "contract", message: `It reports a failure of its own (code ${code}).` };
}

function toRecordWith(config: AdapterConfig): (item: unknown) => WorkRecord | null {
  const pictures = config.baseUrl === DEFAULT_BASE_URL ? PICTURES_URL : new URL(config.baseUrl).origin;
  return (item) => {
    const work = toMembers(item);
    const { id: rawId, media_type: type, poster_path: poster, adult } = work;
    const id = toId(rawId);
    const titles = toTitles(listTitles(work));
    if (id === null || (type !== "movie" && type !== "tv") || titles.length === 0) return null;
    const externalId = `${type}/${id}`;
    return {
      externalId,
      titles,
      type,
      year: parseYear(work["release_date"] ?? work["first_air_date"]),
      status: toStatus(toText(work["status"])),
      authors: toLines(listMakers(work)),
      description: toDescription(toText(work["overview"])),
      coverUrl: typeof poster === "string" ? toWebUrl(`${pictures}/t/p/w500${poster}`) : null,
      contentRating: adult === true ? "pornographic" : adult === false ? "safe" : "unknown",
      tags: toLines([...toNames(work["genres"]), ...toList(work["genre_ids"]).map((genre) => GENRES.get(genre))]),
      languages: [],
      ids: toCrossIds({ tmdb: externalId, imdb: toMembers(work["external_ids"])["imdb_id"] }),
      url: `https://www.themoviedb.org/${externalId}`,
    };
  };
}

function listTitles(work: Members): TitleCandidate[] {
  const [shown, original] = [work["title"] ?? work["name"], work["original_title"] ?? work["original_name"]];
  const lang = toLanguageTag(work["original_language"]);
  const { titles, results } = toMembers(work["alternative_titles"]);
  return [
    { text: shown, lang: shown === original ? lang : "en", kind: "english" },
    { text: original, lang, kind: "native" },
    ...[...toList(titles), ...toList(results)].map((other) => ({ text: toMembers(other)["title"] })),
  ];
}

/** A series' creators, a film's directors and then its writers. */
function listMakers(work: Members): string[] {
  const crew = toList(toMembers(work["credits"])["crew"]).map(toMembers);
  const directors = crew.filter(({ job }) => job === "Director");
  const writers = crew.filter(({ job }) => WRITERS.test(toText(job) ?? ""));
  return [...toNames(work["created_by"]), ...toNames(directors), ...toNames(writers)];
}
