import { z } from "zod";
import { CREDENTIAL_FIELDS } from "@/lib/providers/basic-auth";
import { apiKeyField, baseUrlField, textField } from "@/lib/providers/config-fields";
import { nextFixedPage, toFixedPage } from "@/lib/providers/fixed-pages";
import { toCrossIds } from "@/lib/providers/ids";
import { classOfStatus } from "@/lib/providers/judge-errors";
import { toLanguageTag } from "@/lib/providers/language";
import { type Members, toId, toList, toMembers, toNames, toText } from "@/lib/providers/members";
import { ProviderError } from "@/lib/providers/outcome";
import { parseItems } from "@/lib/providers/parse-items";
import type {
  AdapterContext,
  AnswerEvidence,
  ProviderAdapter,
  SearchInput,
  SearchPage,
  Verdict,
} from "@/lib/providers/provider";
import { expectHit } from "@/lib/providers/public-catalogue";
import { toDescription, toLines } from "@/lib/providers/text";
import { toTitles } from "@/lib/providers/titles";
import { maybe } from "@/lib/providers/tolerant";
import { toWebUrl } from "@/lib/providers/web-url";
import type { WorkRecord } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const CANARY = { imdb: "tt0133093", title: "The Matrix" };
/** Its own codes, where they are not those of BCP 47. */
const LANGUAGES: Readonly<Record<string, string>> = { ea: "es-419", ze: "zh", at: "ast" };
const FLAGS = [
  ["hearing_impaired", "for the hard of hearing"],
  ["foreign_parts_only", "foreign parts only"],
  ["ai_translated", "translated by AI"],
  ["machine_translated", "machine translation"],
  ["from_trusted", "trusted source"],
] as const;

const found = z.object({
  data: z.array(z.unknown()),
  total_pages: maybe(z.int().nonnegative()),
  total_count: maybe(z.int().nonnegative()),
});
const ready = z.object({ link: z.url(), file_name: maybe(z.string()) });

/** https://opensubtitles.stoplight.io: wants an API key and its own kind of order in the parameters; files cost a daily allowance. */
export const opensubtitles: ProviderAdapter = {
  id: "opensubtitles",
  name: "OpenSubtitles",
  kind: "subtitles",
  multi: false,
  enabledByDefault: true,
  defaultBaseUrl: "https://api.opensubtitles.com/api/v1",
  checkInterval: 60,
  rate: { calls: 2, intervalMs: 1000 },
  trustedHosts: ["*.opensubtitles.com"],
  configFields: [
    apiKeyField("From opensubtitles.com, under API consumers."),
    ...CREDENTIAL_FIELDS.map((field) => ({ ...field, help: "Of an account, which may fetch more files a day." })),
    textField("languages", "Languages", "Codes with commas between, for example en,de,pt-br. Empty: all."),
    baseUrlField("Empty for the usual address; for VIP members https://vip-api.opensubtitles.com/api/v1"),
  ],
  judge,
  search,

  async check({ http, config }) {
    const formats = z.object({ data: z.object({ output_formats: z.array(z.unknown()) }) });
    await http.json({ path: "/infos/formats", headers: toHeaders(config) }, formats);
  },

  async canary(context) {
    expectHit(await search(context, { text: CANARY.imdb, page: null, limit: 20, adult: false }), CANARY.title);
  },

  async files(_, { externalId, title }) {
    const [, ids] = /^\d+\.(\d+(?:\.\d+)*)$/.exec(externalId) ?? [];
    if (!ids) throw new ProviderError({ class: "client", message: "OpenSubtitles has no subtitle of this id." });
    return ids.split(".").map((id, index, { length }) => ({
      id,
      name: length === 1 ? title : `${title} (${index + 1} of ${length})`,
      mediaType: "application/x-subrip",
      sizeBytes: null,
      language: null,
    }));
  },

  /** Signing in is for an account's own allowance and strictly limited, so that it is done for downloads alone. */
  async download({ http, config }, input) {
    const { username, password } = config;
    const account = {
      method: "POST",
      path: "/login",
      json: { username, password },
      headers: toHeaders(config),
    } as const;
    const token = username && password ? (await http.json(account, z.object({ token: z.string() }))).token : null;
    const headers = toHeaders(config, token);
    const order = { method: "POST", path: "/download", json: { file_id: Number(input.fileId) }, headers } as const;
    const { link, file_name: name } = await http.json(order, ready);
    const file = await http.stream({ path: link }, input);
    return { ...file, fileName: name ?? file.fileName };
  },
};

/** Parameters in the order of the alphabet, in lower case and without defaults: others are answered with a redirect to these. */
async function search({ http, config }: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const at = toFixedPage(input.page);
  const [, imdb] = /^tt0*(\d{1,9})$/.exec(input.text.trim()) ?? [];
  const query = {
    imdb_id: imdb,
    languages: toLanguages(config["languages"]),
    page: at.page > 1 ? at.page : null,
    query: imdb ? null : input.text.trim().toLowerCase(),
  };
  const answer = await http.json({ path: "/subtitles", query, headers: toHeaders(config) }, found);
  const { data, total_pages: pages, total_count: total } = answer;
  return {
    ...parseItems(data.slice(at.skip, at.skip + input.limit), toRecord),
    nextPage: nextFixedPage(at, { limit: input.limit, received: data.length, more: at.page < (pages ?? 0) }),
    total,
  };
}

function toLanguages(codes = ""): string | null {
  const wanted = codes
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return wanted.length > 0 ? [...new Set(wanted)].sort().join(",") : null;
}

function toHeaders(config: AdapterContext["config"], token: string | null = null): Record<string, string> {
  return { "Api-Key": config["api_key"] ?? "", ...(token && { Authorization: `Bearer ${token}` }) };
}

/** Which files a subtitle has is told by searches alone, so that its id here holds theirs. */
function toRecord(item: unknown): WorkRecord | null {
  const subtitle = toMembers(toMembers(item)["attributes"]);
  const film = toMembers(subtitle["feature_details"]);
  const ids = [toMembers(item)["id"], ...toList(subtitle["files"]).map((file) => toMembers(file)["file_id"])].map(toId);
  const titles = toTitles([{ text: toFilmTitle(film) }, { text: film["movie_name"] }, { text: subtitle["release"] }]);
  if (titles.length === 0 || ids.length < 2 || ids.some((id) => !/^\d+$/.test(id ?? ""))) return null;
  const language = toText(subtitle["language"]);
  const downloads = toId(subtitle["download_count"]);
  const told = [toText(subtitle["comments"]), downloads && `Downloads: ${downloads}.`];
  const imdb = toId(film["imdb_id"]);
  return {
    externalId: ids.join("."),
    titles,
    type: "subtitle",
    year: parseYear(film["year"]),
    status: "unknown",
    authors: toLines(toNames([subtitle["uploader"]])),
    description: toDescription(told.filter(Boolean).join("\n\n")),
    coverUrl: null,
    contentRating: "unknown",
    tags: FLAGS.flatMap(([name, words]) => (subtitle[name] === true ? words : [])),
    languages: [toLanguageTag(LANGUAGES[language ?? ""] ?? language)].filter((tag) => tag !== null),
    ids: toCrossIds({
      // A number here, without the zeros of the id.
      ...(imdb && { imdb: `tt${imdb.padStart(7, "0")}` }),
      ...(film["feature_type"] === "Movie" && { tmdb: `movie/${film["tmdb_id"]}` }),
    }),
    url: toWebUrl(subtitle["url"]),
  };
}

/** "Breaking Bad S01E02 Cat's in the Bag…", or a film's own title. */
function toFilmTitle({
  title,
  parent_title: series,
  season_number: season,
  episode_number: episode,
}: Members): string | null {
  if (!toText(series) || !toId(season) || !toId(episode)) return toText(title);
  const place = `S${String(season).padStart(2, "0")}E${String(episode).padStart(2, "0")}`;
  return [series, place, toText(title)].filter(Boolean).join(" ");
}

function judge({ status, json, operation }: AnswerEvidence): Verdict | null {
  const { message, errors, status: said, reset_time_utc: reset } = toMembers(json);
  // Downloads beyond the day's allowance: 406, or 401 with the same words.
  if (status === 406 || (status >= 400 && /downloaded your allowed/i.test(toText(message) ?? ""))) {
    const retryAt = Date.parse(toText(reset) ?? "");
    return { class: "quota", message: "Today's allowance of downloads is used up.", ...(retryAt > 0 && { retryAt }) };
  }
  if (status >= 300 || !(errors || (typeof said === "number" && said >= 400))) return null;
  return { class: classOfStatus(Number(said), operation), message: "It answered with an error instead of data." };
}
