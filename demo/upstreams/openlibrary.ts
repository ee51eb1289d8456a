import type { Work } from "../catalogue/work";
import { authorKey, coverOf, toAuthor, toDoc, toWorkPage } from "./openlibrary-works";
import { type Reply, replyHtml, replyJson, replyText } from "./reply";
import type { Call, Route } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const PAGE = 100;
const PARAMETERS = ["q", "title", "author", "fields", "limit", "page", "offset", "sort", "lang", "mode", "language"];
const COVER_WIDTHS: Readonly<Record<string, number>> = { S: 45, M: 180, L: 500 };

/** Open Library's search and works: https://openlibrary.org/developers/api. Covers, in truth on covers.openlibrary.org, lie beside it. */
export const openLibrary: Upstream = {
  id: "openlibrary",
  name: "Open Library",
  basePath: "",
  guard,
  spelling: spelling(),
  routes: [
    { method: "GET", path: "/search.json", handle: search },
    { method: "GET", path: "/works/:file", handle: getWork },
    { method: "GET", path: "/authors/:file", handle: getAuthor },
    coverRoute(),
  ],
};

/** Pages for people, but for the plain words of the front server. */
function spelling(): Spelling {
  return {
    error: (status, message) =>
      status === 503
        ? replyHtml(
            503,
            "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>",
          )
        : replyText(status, message),
    errorAsSuccess: () => replyJson(200, { error: "Search engine returned invalid information. Please try again." }),
    forbidden: () => replyJson(403, { error: "Forbidden" }),
    rateLimitHeaders: () => ({}),
  };
}

/** Programs that do not say who they are get little, those that look like a library's default nothing. */
function guard(call: Call): Reply | null {
  const agent = call.headers["user-agent"] ?? "";
  return agent === "" || /^(?:python-requests|curl|undici|node)\b/i.test(agent) ? replyText(403, "Forbidden") : null;
}

function search(call: Call, { shelf }: UpstreamContext): Reply {
  const { query } = call;
  const unknown = [...query.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) return replyText(422, `Unknown parameter ${unknown}`);
  const [limit, page, given] = [
    numberOf(query, "limit", PAGE),
    numberOf(query, "page", 1),
    numberOf(query, "offset", 0),
  ];
  if (limit === null || !page || given === null) return replyJson(422, { detail: "Input should be a valid integer" });
  const offset = query.has("offset") ? given : (page - 1) * limit;
  const asked = [query.get("q"), query.get("title"), query.get("author")].filter((text) => text !== null).join(" ");
  const works = found(shelf, asked.trim());
  return replyJson(200, {
    numFound: works.length,
    start: offset,
    numFoundExact: true,
    num_found: works.length,
    documentation_url: "https://openlibrary.org/dev/docs/api/search",
    q: query.get("q") ?? "",
    offset: query.has("offset") ? offset : null,
    docs: works.slice(offset, offset + limit).map((work) => toDoc(work, query.get("fields"))),
  });
}

/** Words, or a field with its value: `key:/works/OL66554W`. */
function found(shelf: UpstreamContext["shelf"], text: string): readonly Work[] {
  const key = /^key:"?\/works\/(OL\d+W)"?$/.exec(text)?.[1];
  if (key) return [shelf.find(key)].filter((work) => work !== null);
  if (text === "") return [];
  const byAuthor = shelf.works.filter(({ story }) => story.some((name) => name.toLowerCase() === text.toLowerCase()));
  return [...new Set([...shelf.search(text), ...byAuthor])];
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number | null {
  const text = query.get(name);
  if (text === null) return otherwise;
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function getWork(call: Call, { shelf }: UpstreamContext): Reply {
  const olid = /^(OL\d+W)\.json$/.exec(call.params.file ?? "")?.[1];
  const work = olid && shelf.find(olid);
  if (work) return replyJson(200, toWorkPage(work));
  return replyJson(404, { error: "notfound", key: call.path.replace(/\.json$/, "") });
}

function getAuthor(call: Call, { shelf }: UpstreamContext): Reply {
  const key = `/authors/${(call.params.file ?? "").replace(/\.json$/, "")}`;
  const name = shelf.works.flatMap(({ story }) => story).find((candidate) => authorKey(candidate) === key);
  return name ? replyJson(200, toAuthor(name)) : replyJson(404, { error: "notfound", key });
}

/** Without `default=false` a missing picture is a blank one. */
function coverRoute(): Route<UpstreamContext> {
  return {
    method: "GET",
    path: "/b/id/:file",
    static: true,
    handle(call, { shelf, paint }) {
      const [, id, size = ""] = /^(\d+)-([SML])\.jpg$/.exec(call.params.file ?? "") ?? [];
      const width = COVER_WIDTHS[size];
      const work = shelf.works.find((candidate) => String(coverOf(candidate)) === id);
      if (!work || !width) return replyHtml(404, "<html><h1>404 Not Found</h1></html>");
      return paint(work, { width, format: "jpeg" });
    },
  };
}
