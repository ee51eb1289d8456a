import type { Work } from "../catalogue/work";
import { drawComic } from "./comic-file";
import { hasCover, toEntry } from "./opds-entry";
import type { Reply } from "./reply";
import { reply, replyText } from "./reply";
import { replyFile } from "./reply-file";
import type { Call } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";
import { tag } from "./xml";

const BASE = "/opds/v1.2";
const PAGE = 20;
const NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation";
const ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition";
const ENTRY = "application/atom+xml;type=entry;profile=opds-catalog";
const OSDD = "application/opensearchdescription+xml";
const NAMESPACES = {
  xmlns: "http://www.w3.org/2005/Atom",
  "xmlns:dc": "http://purl.org/dc/terms/",
  "xmlns:opds": "http://opds-spec.org/2010/catalog",
  "xmlns:opensearch": "http://a9.com/-/spec/opensearch/1.1/",
};

export interface OpdsCredentials {
  username: string;
  password: string;
}

/** A person's own catalogue after OPDS 1.2: https://specs.opds.io/opds-1.2. With credentials everything asks for them. */
export function createOpds(credentials: OpdsCredentials | null): Upstream {
  return {
    id: "opds-tower",
    name: "Tower Library (OPDS)",
    basePath: `${BASE}/catalog`,
    spelling: SPELLING,
    guard: (call) => (isAllowed(call, credentials) ? null : SPELLING.error(401, "Unauthorized")),
    routes: [
      { method: "GET", path: `${BASE}/catalog`, handle: getRoot },
      { method: "GET", path: `${BASE}/search`, handle: getSearchDescription },
      { method: "GET", path: `${BASE}/works`, handle: listWorks },
      { method: "GET", path: `${BASE}/works/:id`, handle: getWork },
      {
        method: "GET",
        path: `${BASE}/works/:id/cover`,
        static: true,
        handle: (call, context) => getCover(call, context, 600),
      },
      {
        method: "GET",
        path: `${BASE}/works/:id/thumbnail`,
        static: true,
        handle: (call, context) => getCover(call, context, 200),
      },
      { method: "GET", path: `${BASE}/works/:id/file`, static: true, handle: getFile },
    ],
  };
}

function isAllowed(call: Call, credentials: OpdsCredentials | null): boolean {
  if (!credentials) return true;
  const word = Buffer.from(`${credentials.username}:${credentials.password}`, "utf8").toString("base64");
  return call.headers.authorization === `Basic ${word}`;
}

const SPELLING: Spelling = {
  error: (status, message) =>
    replyText(status, message, status === 401 ? { "www-authenticate": 'Basic realm="Tower", charset="UTF-8"' } : {}),
  errorAsSuccess: () =>
    reply("application/xml")(
      200,
      `${PROLOGUE}<error><status>500</status><message>Internal Server Error</message></error>`,
    ),
  forbidden: () => reply("application/json")(403, '{"status":403,"error":"Forbidden","message":"opds-disabled"}'),
  rateLimitHeaders: (after) => ({ "retry-after": String(after) }),
};

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n';

interface Feed {
  id: string;
  title: string;
  type: string;
  self: string;
  links?: string;
  body: string;
  now: number;
}

function replyFeed({ id, title, type, self, links = "", body, now }: Feed): Reply {
  const head = [
    tag("id", {}, id),
    tag("title", {}, title),
    tag("updated", {}, new Date(now).toISOString()),
    `<author>${tag("name", {}, "Tower Library")}</author>`,
    tag("link", { rel: "self", href: self, type }),
    tag("link", { rel: "start", href: `${BASE}/catalog`, type: NAVIGATION }),
    tag("link", { rel: "search", href: `${BASE}/search`, type: OSDD }),
  ].join("");
  return reply(`${type};charset=utf-8`)(200, `${PROLOGUE}${tag("feed", NAMESPACES, null, head + links + body)}`);
}

function getRoot(_call: Call, { now }: UpstreamContext): Reply {
  const section = (id: string, title: string, href: string) =>
    tag(
      "entry",
      {},
      null,
      [
        tag("title", {}, title),
        tag("id", {}, `urn:tower:${id}`),
        tag("updated", {}, new Date(now).toISOString()),
        tag("content", { type: "text" }, `${title} of the tower`),
        tag("link", { rel: "subsection", href, type: ACQUISITION }),
      ].join(""),
    );
  return replyFeed({
    id: "urn:tower:root",
    title: "Tower Library",
    type: NAVIGATION,
    self: `${BASE}/catalog`,
    body: section("works", "All works", "works") + section("novels", "Novels", "works?kind=novel"),
    now,
  });
}

function getSearchDescription(): Reply {
  const url = { type: ACQUISITION, template: `${BASE}/works?q={searchTerms}&page={startPage?}` };
  const body = `${tag("ShortName", {}, "Tower")}${tag("Description", {}, "Search the tower")}${tag("InputEncoding", {}, "UTF-8")}${tag("Url", url)}`;
  const document = tag("OpenSearchDescription", { xmlns: "http://a9.com/-/spec/opensearch/1.1/" }, null, body);
  return reply(OSDD)(200, PROLOGUE + document);
}

/** Pages count from 1; the one behind the last is empty. */
function listWorks(call: Call, { shelf, now }: UpstreamContext): Reply {
  const unknown = [...call.query.keys()].find((name) => !["q", "page", "kind"].includes(name));
  const pageText = call.query.get("page") || "1";
  if (unknown !== undefined) return replyText(400, `unknown parameter: ${unknown}`);
  if (!/^[1-9]\d{0,5}$/.test(pageText)) return replyText(400, "page must be a whole number from 1");
  const page = Number(pageText);
  const kind = call.query.get("kind");
  const found = shelf.search(call.query.get("q") ?? "").filter((work) => kind === null || work.type === kind);
  const shown = found.slice((page - 1) * PAGE, page * PAGE);
  const at = (number: number) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(number));
    return `works?${query}`;
  };
  const link = (rel: string, number: number) => tag("link", { rel, href: at(number), type: ACQUISITION });
  const counters = [
    tag("opensearch:totalResults", {}, String(found.length)),
    tag("opensearch:itemsPerPage", {}, String(PAGE)),
    tag("opensearch:startIndex", {}, String((page - 1) * PAGE + 1)),
  ].join("");
  return replyFeed({
    id: `urn:tower:works:${encodeURIComponent(call.query.get("q") ?? "")}`,
    title: "Works",
    type: ACQUISITION,
    self: at(page),
    links:
      counters +
      (page > 1 ? link("previous", page - 1) : "") +
      (page * PAGE < found.length ? link("next", page + 1) : ""),
    body: shown.map((work) => toEntry(work)).join(""),
    now,
  });
}

function findWork(call: Call, { shelf }: UpstreamContext): Work | null {
  return shelf.find(`urn:uuid:${call.params.id}`);
}

function getWork(call: Call, context: UpstreamContext): Reply {
  const work = findWork(call, context);
  if (!work) return SPELLING.error(404, "Not Found");
  return reply(`${ENTRY};charset=utf-8`)(200, PROLOGUE + toEntry(work, NAMESPACES));
}

function getCover(call: Call, context: UpstreamContext, width: number): Reply | Promise<Reply> {
  const work = findWork(call, context);
  return work && hasCover(work) ? context.paint(work, { width, format: "webp" }) : SPELLING.error(404, "Not Found");
}

async function getFile(call: Call, context: UpstreamContext): Promise<Reply> {
  const work = findWork(call, context);
  if (!work) return SPELLING.error(404, "Not Found");
  const bytes = await drawComic(work, 1, context.paint);
  return replyFile(call, { bytes, contentType: "application/vnd.comicbook+zip", name: `${work.romaji}.cbz` });
}
