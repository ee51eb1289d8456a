import type { Work } from "../catalogue/work";
import { imagePath, isAdult, toManga } from "./jikan-manga";
import { checkJikanQuery, matchesJikan, orderWorks } from "./jikan-query";
import { type Reply, replyHtml, replyJson } from "./reply";
import type { Call, Route } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const LARGEST_PAGE = 25;

/** Jikan's REST API v4, the part about manga: https://docs.api.jikan.moe. Pictures, in truth on cdn.myanimelist.net, lie beside it. */
export const jikan: Upstream = {
  id: "jikan",
  name: "Jikan",
  basePath: "/v4",
  spelling: spelling(),
  routes: [
    { method: "GET", path: "/v4/manga", handle: search },
    { method: "GET", path: "/v4/manga/:id", handle: getManga },
    { method: "GET", path: "/v4/manga/:id/full", handle: getManga },
    { method: "GET", path: "/v4/genres/manga", handle: listGenres },
    imageRoute("/images/manga/:folder/:fileName"),
  ],
};

const EXCEPTIONS: Readonly<Record<number, string>> = {
  400: "ValidationException",
  404: "BadResponseException",
  405: "HttpException",
  429: "RateLimitException",
  500: "UpstreamException",
  503: "HttpException",
  504: "BadResponseException",
};

function spelling(): Spelling {
  return {
    error: replyException,
    errorAsSuccess: () => ({ ...replyException(504, "Request to MyAnimeList.net timed out"), status: 200 }),
    forbidden: () => replyException(403, "Forbidden"),
    rateLimitHeaders: () => ({}),
  };
}

function replyException(status: number, error: string, messages: object | null = null): Reply {
  const type = EXCEPTIONS[status] ?? "HttpException";
  const message = messages ? "Invalid or incomplete request. Make sure your request is correct." : error;
  return replyJson(status, {
    status,
    type,
    ...(messages ? { messages } : { message }),
    error: messages ? message : error,
  });
}

function search(call: Call, { shelf, cdnOrigin }: UpstreamContext): Reply {
  const problem = checkJikanQuery(call.query);
  if (problem) return replyException(400, "Bad Request", problem);
  const text = call.query.get("q") ?? "";
  // One or two letters find next to nothing.
  const found = text.length > 0 && text.length < 3 ? [] : shelf.search(text);
  const works = orderWorks(
    found.filter((work) => matchesJikan(work, call.query)),
    call.query,
  );
  const perPage = Number(call.query.get("limit") ?? LARGEST_PAGE) || LARGEST_PAGE;
  const page = Number(call.query.get("page") ?? 1);
  const data = works.slice((page - 1) * perPage, page * perPage);
  return replyJson(200, {
    pagination: {
      last_visible_page: Math.max(1, Math.ceil(works.length / perPage)),
      has_next_page: page * perPage < works.length,
      current_page: page,
      items: { count: data.length, total: works.length, per_page: perPage },
    },
    data: data.map((work) => toManga(work, cdnOrigin)),
  });
}

function getManga(call: Call, { shelf, cdnOrigin }: UpstreamContext): Reply {
  const work = shelf.find(call.params.id ?? "");
  return work
    ? replyJson(200, { data: toManga(work, cdnOrigin) })
    : replyException(404, "404 on https://myanimelist.net/manga/ (Resource does not exist)");
}

function listGenres(_call: Call, { shelf }: UpstreamContext): Reply {
  const names = [...new Set(shelf.works.flatMap(({ tags }) => tags))].sort();
  const count = (name: string) => shelf.works.filter((work: Work) => work.tags.includes(name) && !isAdult(work)).length;
  return replyJson(200, {
    data: names.map((name, index) => ({ mal_id: index + 1, name, url: "https://myanimelist.net", count: count(name) })),
  });
}

function imageRoute(path: string): Route<UpstreamContext> {
  return {
    method: "GET",
    path,
    static: true,
    handle(call, { shelf, paint }) {
      const [, base = "", size = ""] = /^(.*?)([tl]?)\.(?:jpg|webp)$/.exec(call.path) ?? [];
      const work = shelf.works.find((candidate) => imagePath(candidate) === base);
      if (!work) return replyHtml(404, "<html><h1>404 Not Found</h1></html>");
      const format = call.path.endsWith("webp") ? "webp" : "jpeg";
      return paint(work, { width: { t: 50, "": 225, l: 450 }[size] ?? 225, format });
    },
  };
}
