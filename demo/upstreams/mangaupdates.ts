import { hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { allTitles } from "../catalogue/work";
import { matchesSearch, type SeriesSearch, seriesSearchSchema } from "./mangaupdates-search";
import { imagePath, toSearchRecord, toSeries } from "./mangaupdates-series";
import { type Reply, replyHtml, replyJson } from "./reply";
import type { Call, Route } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

/** Whatever `perpage` asks for. */
const PAGE = 25;

/** MangaUpdates' API v1, the part about series: https://api.mangaupdates.com. Pictures, in truth on cdn.mangaupdates.com, lie beside it. */
export const mangaUpdates: Upstream = {
  id: "mangaupdates",
  name: "MangaUpdates",
  basePath: "/v1",
  spelling: spelling(),
  routes: [
    { method: "GET", path: "/v1/misc/time", handle: getTime },
    { method: "POST", path: "/v1/series/search", handle: searchSeries },
    { method: "GET", path: "/v1/series/:id", handle: getSeries },
    imageRoute("/image/:fileName", "original", 500),
    imageRoute("/image/thumb/:fileName", "thumb", 200),
  ],
};

function spelling(): Spelling {
  return {
    error: (status, message) => replyException(status, message),
    errorAsSuccess: () => ({ ...replyException(500, "Internal Server Error"), status: 200 }),
    forbidden: () => replyException(403, "You are not permitted to perform this action"),
    rateLimitHeaders: () => ({}),
  };
}

function replyException(status: number, reason: string, context: object = {}): Reply {
  return replyJson(status, { status: "exception", reason, context });
}

function getTime(_call: Call, { now }: UpstreamContext): Reply {
  const moment = new Date(now);
  return replyJson(200, {
    timestamp: Math.floor(now / 1000),
    as_rfc3339: moment.toISOString().replace(/\.\d+Z$/, "+00:00"),
    as_string: moment.toUTCString(),
  });
}

function searchSeries(call: Call, { shelf, cdnOrigin }: UpstreamContext): Reply {
  if (!/^application\/json\b/i.test(call.headers["content-type"] ?? "")) {
    return replyException(400, "The request's body must be application/json");
  }
  const wanted = readSearch(call.body);
  if ("problem" in wanted) return replyException(400, "Validation error", { errors: [wanted.problem] });
  const text = wanted.search ?? "";
  const works = inOrder(
    shelf.search(text, { loose: true }).filter((work) => matchesSearch(work, wanted)),
    wanted.orderby,
  );
  const page = wanted.page ?? 1;
  return replyJson(200, {
    total_hits: works.length,
    page,
    per_page: PAGE,
    results: works.slice((page - 1) * PAGE, page * PAGE).map((work) => ({
      record: toSearchRecord(work, cdnOrigin),
      hit_title: hitTitle(work, text),
      metadata: {
        user_list: { list_type: null, list_icon: null, status: { volume: null, chapter: null } },
        user_genre_highlights: [],
      },
    })),
  });
}

function readSearch(body: Uint8Array): SeriesSearch | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return { problem: "The body is not valid JSON" };
  }
  const parsed = seriesSearchSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join(".") || "body"}: ${issue?.message}` };
}

function inOrder(works: Work[], orderby: SeriesSearch["orderby"]): Work[] {
  switch (orderby) {
    case undefined:
    case "score":
      return works;
    case "title":
      return works.toSorted((one, other) => one.romaji.localeCompare(other.romaji, "en"));
    case "year":
      return works.toSorted((one, other) => other.year - one.year);
    case "rating":
      return works.toSorted((one, other) => other.score - one.score);
    default:
      return works.toSorted((one, other) => hash(orderby, one.key) - hash(orderby, other.key));
  }
}

/** The title that looks most like the text: often not the one that the record has. */
function hitTitle(work: Work, text: string): string {
  const asked = text.toLowerCase();
  const titles = allTitles(work);
  return (
    titles.find((title) => title.toLowerCase() === asked) ??
    titles.find((title) => title.toLowerCase().includes(asked)) ??
    work.romaji
  );
}

function getSeries(call: Call, { shelf, cdnOrigin }: UpstreamContext): Reply {
  const id = call.params.id ?? "";
  if (!/^\d+$/.test(id)) return replyException(400, "Validation error", { errors: ["id: must be an integer"] });
  const work = shelf.find(id);
  return work ? replyJson(200, toSeries(work, cdnOrigin)) : replyException(404, "Series not found");
}

function imageRoute(path: string, size: "original" | "thumb", width: number): Route<UpstreamContext> {
  return {
    method: "GET",
    path,
    static: true,
    handle(call, { shelf, paint }) {
      const work = shelf.works.find((candidate) => imagePath(candidate, size) === call.path);
      return work ? paint(work, { width, format: "jpeg" }) : replyHtml(404, "<html><h1>404 Not Found</h1></html>");
    },
  };
}
