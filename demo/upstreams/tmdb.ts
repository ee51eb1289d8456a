import type { Work } from "../catalogue/work";
import { type Reply, replyHtml, replyJson } from "./reply";
import type { Call, Route } from "./route";
import { posterPath, toDetails, toPerson, toResult } from "./tmdb-titles";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const PAGE = 20;
const LAST_PAGE = 500;
const WIDTHS = [92, 154, 185, 342, 500, 780] as const;
const SEARCH_PARAMETERS = ["query", "page", "include_adult", "language", "region", "year", "api_key"];
const APPENDABLE = ["credits", "alternative_titles", "external_ids", "content_ratings", "release_dates", "keywords"];

/** TMDb's API v3: https://developer.themoviedb.org. Pictures, in truth on image.tmdb.org, lie beside it. */
export function createTmdb(key: string): Upstream {
  return {
    id: "tmdb",
    name: "TMDb",
    basePath: "/3",
    guard: (call) => guard(call, key),
    spelling: spelling(),
    routes: [
      { method: "GET", path: "/3/authentication", handle: () => replyJson(200, { success: true, ...SUCCESS }) },
      { method: "GET", path: "/3/search/:kind", handle: search },
      { method: "GET", path: "/3/movie/:id", handle: (call, context) => getTitle("movie", call, context) },
      { method: "GET", path: "/3/tv/:id", handle: (call, context) => getTitle("tv", call, context) },
      pictureRoute(),
    ],
  };
}

const SUCCESS = { status_code: 1, status_message: "Success." };
/** Its own codes, by HTTP status. */
const CODES: Readonly<Record<number, readonly [code: number, message: string]>> = {
  401: [7, "Invalid API key: You must be granted a valid key."],
  403: [3, "Authentication failed: You do not have permissions to access the service."],
  404: [34, "The resource you requested could not be found."],
  405: [405, "The request method is not supported for this resource."],
  429: [25, "Your request count (41) is over the allowed limit of (40)."],
  500: [11, "Internal error: Something went wrong, contact TMDB."],
  503: [46, "The API is undergoing maintenance. Try again later."],
};

function spelling(): Spelling {
  return {
    error: (status) => replyCode(status),
    errorAsSuccess: () => ({ ...replyCode(500), status: 200 }),
    forbidden: () => replyCode(403),
    rateLimitHeaders: () => ({}),
  };
}

function replyCode(status: number): Reply {
  const [code, message] = CODES[status] ?? [status, "Something went wrong."];
  return replyJson(status, { success: false, status_code: code, status_message: message });
}

/** A short key goes into the address, a read token into the header; neither works in the other's place. */
function guard(call: Call, key: string): Reply | null {
  const isShort = /^[\da-f]{32}$/.test(key);
  const given = isShort ? call.query.get("api_key") : call.headers.authorization?.replace(/^Bearer /, "");
  return given === key || !call.path.startsWith("/3/") ? null : replyCode(401);
}

function search(call: Call, { shelf }: UpstreamContext): Reply {
  const kind = call.params["kind"] ?? "";
  if (!["multi", "movie", "tv"].includes(kind)) return replyCode(404);
  const unknown = [...call.query.keys()].find((name) => !SEARCH_PARAMETERS.includes(name));
  const text = call.query.get("query") ?? "";
  if (unknown !== undefined) return replyJson(422, { errors: [`${unknown} is not a parameter`] });
  if (text === "") return replyJson(422, { errors: ["query must be provided"] });
  const page = Number(call.query.get("page") ?? 1);
  if (!Number.isInteger(page) || page < 1 || page > LAST_PAGE) {
    const status_message = "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.";
    return replyJson(400, { success: false, status_code: 22, status_message });
  }
  const adult = call.query.get("include_adult") === "true";
  const works = shelf
    .search(text)
    .filter(({ rating, type }) => (adult || rating !== "pornographic") && (kind === "multi" || type === kind));
  const people = kind === "multi" ? findPeople(shelf.works, text) : [];
  const results = [...works.map((work) => toResult(work, kind === "multi")), ...people.map(toPerson)];
  return replyJson(200, {
    page,
    results: results.slice((page - 1) * PAGE, page * PAGE),
    total_pages: Math.ceil(results.length / PAGE),
    total_results: results.length,
  });
}

function findPeople(works: readonly Work[], text: string): string[] {
  const names = new Set(works.flatMap(({ story, art }) => [...story, ...art]));
  return text.length < 3 ? [] : [...names].filter((name) => name.toLowerCase().includes(text.toLowerCase()));
}

function getTitle(type: "movie" | "tv", call: Call, { shelf }: UpstreamContext): Reply {
  const appended = (call.query.get("append_to_response") ?? "").split(",").filter((name) => APPENDABLE.includes(name));
  const work = shelf.find(`${type}/${call.params["id"]}`);
  return work ? replyJson(200, toDetails(work, appended)) : replyCode(404);
}

function pictureRoute(): Route<UpstreamContext> {
  return {
    method: "GET",
    path: "/t/p/:size/:file",
    static: true,
    handle(call, { shelf, paint }) {
      const width = WIDTHS.find((candidate) => call.params["size"] === `w${candidate}`);
      const work = shelf.works.find((candidate) => posterPath(candidate) === `/${call.params["file"]}`);
      if (!work || !width) return replyHtml(404, "<html><h1>404 Not Found</h1></html>");
      return paint(work, { width, format: "jpeg" });
    },
  };
}
