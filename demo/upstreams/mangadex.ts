import { hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { matchesFilters } from "./mangadex-filters";
import { coverFileName, toManga } from "./mangadex-manga";
import { checkMangaQuery, checkUuid, MANGA_LIST_RULES, MANGA_RULES } from "./mangadex-query";
import type { Reply } from "./reply";
import { replyJson, replyText } from "./reply";
import type { Call } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const DEFAULT_LIMIT = 10;
const THUMBNAILS = [256, 512];

/** MangaDex API v5, reading part: https://api.mangadex.org/docs. Covers, in truth on uploads.mangadex.org, lie beside the API. */
export const mangaDex: Upstream = {
  id: "mangadex",
  name: "MangaDex",
  basePath: "",
  guard,
  spelling: spelling(),
  routes: [
    { method: "GET", path: "/ping", handle: () => replyText(200, "pong") },
    { method: "GET", path: "/manga", handle: listManga },
    { method: "GET", path: "/manga/:id", handle: getManga },
    { method: "GET", path: "/covers/:id/:fileName", static: true, handle: getCover },
  ],
};

function spelling(): Spelling {
  return {
    error: (status, message) => replyError(status, message),
    errorAsSuccess: () => ({ ...replyError(500, "Internal Server Error"), status: 200 }),
    forbidden: () => replyError(403, "Forbidden", "You are not allowed to access this resource."),
    rateLimitHeaders: (_after, until) => ({
      "x-ratelimit-limit": "40",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-retry-after": String(until),
    }),
  };
}

function replyError(status: number, title: string, detail: string | null = null): Reply {
  const codes: Readonly<Record<number, string>> = {
    400: "validation_exception",
    403: "access_denied_http_exception",
    404: "not_found_http_exception",
    429: "too_many_requests_http_exception",
  };
  const error = { id: codes[status] ?? "http_exception", status, title, detail, context: null };
  return replyJson(status, { result: "error", errors: [error] });
}

/** Imitating a browser and announcing a proxy are both refused; a request without any agent is stopped before the API. */
function guard(call: Call): Reply | null {
  const agent = call.headers["user-agent"];
  if (!agent) return { status: 403, headers: { "content-type": "text/html" }, body: "<h1>403 Forbidden</h1>" };
  if (/mozilla|chrome|safari|firefox|webkit/i.test(agent)) {
    return replyError(403, "Forbidden", "The User-Agent must not imitate a browser.");
  }
  return call.headers.via ? replyError(403, "Forbidden", "Requests with a Via header are refused.") : null;
}

function listManga(call: Call, { shelf }: UpstreamContext): Reply {
  const problem = checkMangaQuery(call.query, MANGA_LIST_RULES);
  if (problem) return replyError(400, "Bad Request", problem);
  const { query } = call;
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  const offset = Number(query.get("offset") ?? 0);
  if (offset + limit > 10_000) return replyError(400, "Bad Request", "offset + limit: The result window is too large");
  const found = shelf.search(query.get("title") ?? "", { loose: true }).filter((work) => matchesFilters(work, query));
  const works = inOrder(found, query);
  return replyJson(200, {
    result: "ok",
    response: "collection",
    data: works.slice(offset, offset + limit).map((work) => toManga(work, query.getAll("includes[]"))),
    limit,
    offset,
    total: works.length,
  });
}

/** Without an order the newest chapter comes first, which has nothing to do with the text looked for. */
function inOrder(works: Work[], query: URLSearchParams): Work[] {
  if (query.get("order[relevance]") === "desc") return works;
  const keys: Readonly<Record<string, (work: Work) => number>> = {
    "order[year]": (work) => work.year,
    "order[rating]": (work) => work.score,
  };
  const [name = "", key = (work: Work) => hash("latest chapter", work.key)] =
    Object.entries(keys).find(([candidate]) => query.has(candidate)) ?? [];
  const sign = query.get(name) === "asc" ? 1 : -1;
  return works.toSorted((one, other) => sign * (key(one) - key(other)));
}

function getManga(call: Call, { shelf }: UpstreamContext): Reply {
  const problem = checkUuid("id", call.params.id ?? "") ?? checkMangaQuery(call.query, MANGA_RULES);
  if (problem) return replyError(400, "Bad Request", problem);
  const work = shelf.find(call.params.id ?? "");
  if (!work) return replyError(404, "Not found", `Manga ${call.params.id} could not be found`);
  return replyJson(200, { result: "ok", response: "entity", data: toManga(work, call.query.getAll("includes[]")) });
}

function getCover(call: Call, { shelf, paint }: UpstreamContext): Reply | Promise<Reply> {
  const work = shelf.find(call.params.id ?? "");
  const fileName = call.params.fileName ?? "";
  const original = work && coverFileName(work);
  if (!work || !original || !fileName.startsWith(original)) return replyText(404, "Not Found");
  if (fileName === original) return paint(work, { width: 800, format: original.endsWith(".png") ? "png" : "jpeg" });
  const width = THUMBNAILS.find((candidate) => fileName === `${original}.${candidate}.jpg`);
  return width ? paint(work, { width, format: "jpeg" }) : replyText(404, "Not Found");
}
