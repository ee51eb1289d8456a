import type { Work } from "../catalogue/work";
import { isHidden, posterPath, toManga } from "./kitsu-manga";
import { checkKitsuQuery, filtersOf, sortWorks } from "./kitsu-query";
import { OLD_BASE, toIncluded } from "./kitsu-related";
import { type Reply, reply, replyHtml } from "./reply";
import type { Call, Route } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const MEDIA_TYPE = "application/vnd.api+json";
const PAGE = 10;
const POSTER_WIDTHS = { tiny: 110, small: 284, medium: 390, large: 550, original: 800 } as const;

/** Kitsu's JSON:API, the part about manga: https://kitsu.docs.apiary.io. Posters, in truth on media.kitsu.app, lie beside it. */
export const kitsu: Upstream = {
  id: "kitsu",
  name: "Kitsu",
  basePath: "/api/edge",
  guard,
  spelling: spelling(),
  routes: [
    { method: "GET", path: "/api/edge/manga", handle: listManga },
    { method: "GET", path: "/api/edge/manga/:id", handle: getManga },
    posterRoute(),
  ],
};

const TITLES: Readonly<Record<number, string>> = {
  401: "Invalid credentials",
  403: "Forbidden",
  404: "Record not found",
  405: "Method not allowed",
  406: "Not acceptable",
  429: "Too many requests",
};

function spelling(): Spelling {
  return {
    error: (status, message) => replyError(status, TITLES[status] ?? message, message, String(status)),
    errorAsSuccess: () => ({
      ...replyError(500, "Internal Server Error", "Internal Server Error", "500"),
      status: 200,
    }),
    forbidden: () => replyError(403, "Forbidden", "Access to this resource is not allowed.", "403"),
    rateLimitHeaders: () => ({}),
  };
}

function replyJsonApi(status: number, value: unknown): Reply {
  return reply(`${MEDIA_TYPE}; charset=utf-8`)(status, JSON.stringify(value));
}

function replyError(status: number, title: string, detail: string, code: string): Reply {
  return replyJsonApi(status, { errors: [{ title, detail, code, status: String(status) }] });
}

function guard(call: Call): Reply | null {
  if (!call.path.startsWith(kitsu.basePath) || (call.headers.accept ?? "").includes(MEDIA_TYPE)) return null;
  return replyError(
    406,
    "Not acceptable",
    `All requests must use the '${MEDIA_TYPE}' Accept without media type parameters.`,
    "406",
  );
}

function refuse(query: URLSearchParams): Reply | null {
  const problem = checkKitsuQuery(query);
  return problem && replyError(400, problem.title, problem.detail, problem.code);
}

/** Text search ranks loosely and brings far-off works along. */
function listManga(call: Call, { shelf, cdnOrigin }: UpstreamContext): Reply {
  const refused = refuse(call.query);
  if (refused) return refused;
  const limit = Number(call.query.get("page[limit]") ?? PAGE);
  const offset = Number(call.query.get("page[offset]") ?? 0);
  const matches = filtersOf(call.query);
  const found = shelf
    .search(call.query.get("filter[text]") ?? "", { loose: true })
    .filter((work) => !isHidden(work) && matches(work));
  const works = sortWorks(found, call.query.get("sort"));
  const page = works.slice(offset, offset + limit);
  return replyJsonApi(200, {
    data: page.map((work) => toManga(work, call.query, cdnOrigin)),
    ...includedIn(page, call.query),
    meta: { count: works.length },
    links: linksFor(call.query, { limit, offset, total: works.length }),
  });
}

function getManga(call: Call, { shelf, cdnOrigin }: UpstreamContext): Reply {
  const refused = refuse(call.query);
  if (refused) return refused;
  const work = shelf.find(call.params.id ?? "");
  if (!work || isHidden(work)) {
    return replyError(404, "Record not found", `The record identified by ${call.params.id} could not be found.`, "404");
  }
  return replyJsonApi(200, { data: toManga(work, call.query, cdnOrigin), ...includedIn([work], call.query) });
}

function includedIn(works: readonly Work[], query: URLSearchParams): { included?: unknown[] } {
  const include = query.get("include");
  return include ? { included: toIncluded(works, include.split(","), query) } : {};
}

function linksFor(query: URLSearchParams, { limit, offset, total }: { limit: number; offset: number; total: number }) {
  const at = (start: number) => {
    const params = new URLSearchParams(query);
    params.set("page[limit]", String(limit));
    params.set("page[offset]", String(start));
    return `${OLD_BASE}/manga?${params}`;
  };
  const size = Math.max(limit, 1);
  return {
    first: at(0),
    ...(offset > 0 ? { prev: at(Math.max(0, offset - size)) } : {}),
    ...(offset + size < total ? { next: at(offset + size) } : {}),
    last: at(Math.max(0, Math.floor((total - 1) / size) * size)),
  };
}

function posterRoute(): Route<UpstreamContext> {
  return {
    method: "GET",
    path: "/manga/poster_images/:id/:fileName",
    static: true,
    handle(call, { shelf, paint }) {
      const work = shelf.find(call.params.id ?? "");
      const sizes = Object.keys(POSTER_WIDTHS) as (keyof typeof POSTER_WIDTHS)[];
      const size = work && sizes.find((candidate) => posterPath(work, candidate) === call.path);
      if (!work || !size) return replyHtml(404, "<html><h1>404 Not Found</h1></html>");
      return paint(work, { width: POSTER_WIDTHS[size], format: "jpeg" });
    },
  };
}
