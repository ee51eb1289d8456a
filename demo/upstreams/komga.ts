import { z } from "zod";
import type { UpstreamId } from "../catalogue/shelf";
import type { Work } from "../catalogue/work";
import { drawComic } from "./comic-file";
import { countBooks, toBook, toSeries } from "./komga-series";
import type { Reply } from "./reply";
import { reply, replyJson } from "./reply";
import { replyFile } from "./reply-file";
import type { Call } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

/** A server takes either, whatever it was given. */
export type KomgaCredentials = { apiKey: string } | { username: string; password: string };

const isFalse = z.strictObject({ deleted: z.strictObject({ operator: z.enum(["isTrue", "isFalse"]) }) });
const ofSeries = z.strictObject({
  seriesId: z.strictObject({ operator: z.enum(["is", "isNot"]), value: z.string() }),
});
const condition = z.union([isFalse, ofSeries, z.strictObject({ allOf: z.array(z.union([isFalse, ofSeries])) })]);
const search = z.strictObject({ fullTextSearch: z.string().optional(), condition: condition.optional() });
type Condition = z.infer<typeof condition>;

/** Somebody's Komga, after its OpenAPI document: https://komga.org/docs/openapi. */
export function createKomga(id: UpstreamId, name: string, credentials: KomgaCredentials): Upstream {
  return {
    id,
    name,
    basePath: "",
    spelling: SPELLING,
    guard: (call) =>
      call.path === "/api/v1/claim" || isAllowed(call, credentials) ? null : SPELLING.error(401, "Unauthorized"),
    routes: [
      { method: "GET", path: "/api/v1/claim", handle: () => replyJson(200, { isClaimed: true }) },
      { method: "GET", path: "/api/v2/users/me", handle: () => replyJson(200, USER) },
      { method: "POST", path: "/api/v1/series/list", handle: listSeries },
      { method: "GET", path: "/api/v1/series/:id", handle: getSeries },
      { method: "GET", path: "/api/v1/series/:id/thumbnail", static: true, handle: getThumbnail },
      { method: "POST", path: "/api/v1/books/list", handle: listBooks },
      { method: "GET", path: "/api/v1/books/:id/file", static: true, handle: getFile },
    ],
  };
}

const USER = {
  id: "0USER00000001",
  email: "keeper@tower.example",
  roles: ["FILE_DOWNLOAD", "PAGE_STREAMING", "USER"],
  sharedAllLibraries: true,
  sharedLibrariesIds: [],
  labelsAllow: [],
  labelsExclude: [],
};

function isAllowed({ headers }: Call, credentials: KomgaCredentials): boolean {
  if ("apiKey" in credentials) return headers["x-api-key"] === credentials.apiKey;
  const word = Buffer.from(`${credentials.username}:${credentials.password}`, "utf8").toString("base64");
  return headers.authorization === `Basic ${word}`;
}

const SPELLING: Spelling = {
  error: (status, message) =>
    // Spring leaves a refusal of credentials without a body.
    status === 401
      ? reply("application/json")(401, "", { "www-authenticate": 'Basic realm="Realm"' })
      : replyJson(status, toError(status, message)),
  errorAsSuccess: () => replyJson(200, toError(500, "Internal Server Error")),
  forbidden: () => replyJson(403, toError(403, "Forbidden")),
  rateLimitHeaders: () => ({}),
};

function toError(status: number, error: string) {
  return { timestamp: "2026-11-22T12:00:00.000+00:00", status, error, message: error, path: "/api" };
}

function violate(fieldName: string, message: string): Reply {
  return replyJson(400, { violations: [{ fieldName, message }] });
}

interface Asked {
  text: string;
  conditions: readonly Exclude<Condition, { allOf: unknown }>[];
  page: number;
  size: number;
}

/** What a list is asked for, or why it cannot be. */
function readList(call: Call): Asked | Reply {
  const unknown = [...call.query.keys()].find((key) => !["page", "size", "sort", "unpaged"].includes(key));
  if (unknown !== undefined) return violate(unknown, "unknown parameter");
  const page = call.query.get("page") ?? "0";
  const size = call.query.get("size") ?? "20";
  if (!/^\d{1,6}$/.test(page)) return violate("page", "must be greater than or equal to 0");
  if (!/^[1-9]\d{0,3}$/.test(size)) return violate("size", "must be between 1 and 9999");
  if (!/^application\/json\b/.test(call.headers["content-type"] ?? ""))
    return SPELLING.error(415, "Unsupported Media Type");
  const body = search.safeParse(parseJson(Buffer.from(call.body).toString("utf8")));
  if (!body.success) return violate(body.error.issues[0]?.path.join(".") ?? "body", "cannot be read");
  const { fullTextSearch = "", condition: given } = body.data;
  const conditions = given === undefined ? [] : "allOf" in given ? given.allOf : [given];
  return { text: fullTextSearch, conditions, page: Number(page), size: Number(size) };
}

function listSeries(call: Call, { shelf }: UpstreamContext): Reply {
  const asked = readList(call);
  if ("status" in asked) return asked;
  const words = readLucene(asked.text);
  const isWanted = asked.conditions.every((each) => !("deleted" in each) || each.deleted.operator === "isFalse");
  const found = words === null || !isWanted ? [] : shelf.search(words);
  return replyPage(
    found.map((work) => toSeries(work, shelf.idOf(work))),
    asked,
  );
}

async function listBooks(call: Call, { shelf, paint }: UpstreamContext): Promise<Reply> {
  const asked = readList(call);
  if ("status" in asked) return asked;
  const wanted = asked.conditions.find((each) => "seriesId" in each)?.seriesId.value;
  if (wanted === undefined) return violate("condition", "this server lists books by series alone");
  const work = shelf.find(wanted);
  if (!work) return replyPage([], asked);
  const books = Array.from({ length: countBooks(work) }, async (_, index) => {
    const { length } = await drawComic(work, index + 1, paint);
    return toBook(work, wanted, index + 1, length);
  });
  return replyPage(await Promise.all(books), asked);
}

function replyPage(items: readonly unknown[], { page, size }: Asked): Reply {
  const content = items.slice(page * size, (page + 1) * size);
  const totalPages = Math.ceil(items.length / size);
  return replyJson(200, {
    content,
    number: page,
    size,
    numberOfElements: content.length,
    totalElements: items.length,
    totalPages,
    first: page === 0,
    last: page + 1 >= totalPages,
    empty: content.length === 0,
  });
}

function getSeries(call: Call, { shelf }: UpstreamContext): Reply {
  const work = findWork(call, shelf);
  return work ? replyJson(200, toSeries(work, call.params["id"] ?? "")) : SPELLING.error(404, "Not Found");
}

function getThumbnail(call: Call, { shelf, paint }: UpstreamContext): Reply | Promise<Reply> {
  const work = findWork(call, shelf);
  return work ? paint(work, { width: 300, format: "jpeg" }) : SPELLING.error(404, "Not Found");
}

async function getFile(call: Call, { shelf, paint }: UpstreamContext): Promise<Reply> {
  const [, seriesId = "", number = ""] = /^(.+)-(\d+)$/.exec(call.params["id"] ?? "") ?? [];
  const work = shelf.find(seriesId);
  if (!work || Number(number) < 1 || Number(number) > countBooks(work)) return SPELLING.error(404, "Not Found");
  const bytes = await drawComic(work, Number(number), paint);
  const { url } = toBook(work, seriesId, Number(number), bytes.length);
  return replyFile(call, { bytes, contentType: "application/zip", name: url.slice(url.lastIndexOf("/") + 1) });
}

function findWork(call: Call, shelf: UpstreamContext["shelf"]): Work | null {
  return shelf.find(call.params["id"] ?? "");
}

/** The words of a Lucene query; null for one that cannot be parsed, which finds nothing. */
function readLucene(query: string): string | null {
  const bare = query.replace(/\\./g, "");
  if (/[(){}[\]^"~*?:\\/!]|&&|\|\||(^|\s)[+-](\s|$)|\b(AND|OR|NOT)\b/.test(bare)) return null;
  return query.replace(/\\(.)/g, "$1");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
