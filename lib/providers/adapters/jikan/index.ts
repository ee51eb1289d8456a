import { z } from "zod";
import { apiKeyField, baseUrlField } from "@/lib/providers/config-fields";
import { toCrossIds } from "@/lib/providers/ids";
import { type Members, toId, toList, toMembers, toNames, toText } from "@/lib/providers/members";
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
import { publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLine, toLines } from "@/lib/providers/text";
import { type TitleCandidate, toTitles } from "@/lib/providers/titles";
import { maybe } from "@/lib/providers/tolerant";
import { toStatus, toType } from "@/lib/providers/vocabulary";
import { toWebUrl } from "@/lib/providers/web-url";
import type { ContentRating, WorkRecord } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const PAGE_SIZE_MAX = 25;
const NO_COVER = /apple-touch-icon|questionmark|no-cover/i;

const found = z.object({
  data: z.array(z.unknown()),
  pagination: maybe(
    z.object({ has_next_page: maybe(z.boolean()), items: maybe(z.object({ total: maybe(z.int().nonnegative()) })) }),
  ),
});
const one = z.object({ data: z.looseObject({}) });
const text = maybe(z.string());
const errorBody = z.object({
  status: z.int(),
  type: z.string(),
  message: text,
  error: text,
  data: z.undefined().optional(),
});

/**
 * https://docs.api.jikan.moe, version 4: MyAnimeList's catalogue. Its public instance closed in October 2026; servers of one's own and others
 * of the same shape (Tenrai) go on. Three requests a second and sixty a minute.
 */
export const jikan: ProviderAdapter = publicCatalogue({
  id: "jikan",
  name: "Jikan",
  enabledByDefault: false,
  defaultBaseUrl: null,
  rate: { calls: 1, intervalMs: 1200 },
  trustedHosts: ["cdn.myanimelist.net"],
  judge,
  search,
  configFields: [
    baseUrlField(
      "What stands before /manga: https://jikan.example.org/v4 for a server of your own, https://api.tenrai.org/v1 for Tenrai.",
      { required: true },
    ),
    apiKeyField("Only for servers that give some callers a larger allowance for one, such as Tenrai.", {
      required: false,
    }),
  ],

  async check({ http, config }) {
    await http.json(toRequest(config, "/manga/2"), one);
  },

  async details({ http, config }, externalId) {
    const { data } = await http.json(toRequest(config, `/manga/${encodeURIComponent(externalId)}`), one);
    return parseItem(data, toRecord);
  },
});

async function search({ http, config }: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const page = /^[1-9]\d{0,4}$/.test(input.page ?? "") ? Number(input.page) : 1;
  const limit = Math.min(input.limit, PAGE_SIZE_MAX);
  const query = { q: input.text, page, limit, sfw: input.adult ? null : true };
  const { data, pagination } = await http.json({ ...toRequest(config, "/manga"), query }, found);
  const nextPage = pagination?.has_next_page && data.length > 0 ? String(page + 1) : null;
  return { ...parseItems(data, toRecord), nextPage, total: pagination?.items?.total ?? null };
}

function toRequest(config: AdapterConfig, path: string): HttpRequest {
  const key = config["api_key"];
  return { path, ...(key && { headers: { "X-Server-Key": key } }) };
}

/** A failure may come with 200, and MyAnimeList's with any status: the body says what it is. */
function judge({ status, json, operation }: AnswerEvidence): Verdict | null {
  const parsed = typeof json === "object" && json !== null && "type" in json ? errorBody.safeParse(json) : null;
  if (!parsed?.success) return null;
  const { type, message, error } = parsed.data;
  const said = toLine(message ?? error)?.slice(0, 200);
  const telling = said ? { message: `It says: ${said}` } : {};
  const told = parsed.data.status;
  if (type === "RateLimitException" || told === 429) return { class: "throttled", ...telling };
  if (type === "UpstreamException" || told === 504) return { class: "http_5xx", ...telling };
  if (status >= 300) return null;
  if (told >= 500) return { class: "http_5xx", ...telling };
  const isOwn = operation === "check" || operation === "canary";
  return { class: told < 400 ? "contract" : isOwn ? "config" : "client", ...telling };
}

function toRecord(item: unknown): WorkRecord | null {
  const work = toMembers(item);
  const id = toId(work["mal_id"]);
  const medium = toText(work["type"]);
  const titles = toTitles(listTitles(work, medium));
  if (id === null || titles.length === 0) return null;
  const { jpg, webp } = toMembers(work["images"]);
  const cover = toText(toMembers(webp)["large_image_url"]) ?? toText(toMembers(jpg)["large_image_url"]);
  const { from, prop } = toMembers(work["published"]);
  const [genres, explicit] = [toNames(work["genres"]), toNames(work["explicit_genres"])];
  return {
    externalId: id,
    titles,
    type: toType(medium),
    year: parseYear(toMembers(toMembers(prop)["from"])["year"]) ?? parseYear(from),
    status: toStatus(toText(work["status"])),
    authors: toLines(toNames(work["authors"]).map(toGivenFirst)),
    description: toDescription(toText(work["synopsis"])),
    coverUrl: NO_COVER.test(cover ?? "") ? null : toWebUrl(cover),
    contentRating: toRating([...explicit, ...genres]),
    tags: toLines([...genres, ...toNames(work["themes"]), ...toNames(work["demographics"]), ...explicit]),
    languages: [],
    ids: toCrossIds({ mal: id }),
    url: toWebUrl(work["url"]) ?? `https://myanimelist.net/manga/${encodeURIComponent(id)}`,
  };
}

/** The default title comes first. "Japanese" means the work's own script: manhwa have Korean there. */
function listTitles({ titles, title: main }: Members, medium: string | null): TitleCandidate[] {
  const all = toList(titles).map((each): TitleCandidate => {
    const { type, title: text } = toMembers(each);
    if (type === "English") return { text, lang: "en", kind: "english" };
    if (type !== "Japanese") return { text };
    const isKorean = medium === "Manhwa" || /\p{Script=Hangul}/u.test(toText(text) ?? "");
    return { text, lang: isKorean ? "ko" : medium === "Manhua" ? "zh" : "ja", kind: "native" };
  });
  return [{ text: main }, ...all];
}

/** "Miura, Kentarou" → "Kentarou Miura", as most others write it. */
function toGivenFirst(name: string): string {
  const [family, given, ...rest] = name.split(", ");
  return family && given && rest.length === 0 ? `${given} ${family}` : name;
}

function toRating(genres: readonly string[]): ContentRating {
  if (genres.includes("Hentai")) return "pornographic";
  if (genres.includes("Erotica")) return "erotica";
  return genres.includes("Ecchi") ? "suggestive" : "safe";
}
