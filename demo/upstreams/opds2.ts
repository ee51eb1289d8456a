import { chance } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { drawComic } from "./comic-file";
import type { Reply } from "./reply";
import { reply } from "./reply";
import { replyFile } from "./reply-file";
import type { Call } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const FEED = "application/opds+json";
const PUBLICATION = "application/opds-publication+json";
const ACQUISITION = "http://opds-spec.org/acquisition";
const PAGE = 20;
const KINDS: Readonly<Record<string, string>> = {
  one_shot: "One-shot",
  novel: "Light Novel",
  manhwa: "Manhwa",
  manhua: "Manhua",
  comic: "OEL",
  book: "Novel",
};

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.opds);

/** A person's own catalogue after OPDS 2.0 (https://drafts.opds.io/opds-2.0) with the reader's key in its address, as some servers have it. */
export function createOpds2(key: string): Upstream {
  const root = `/api/opds/${key}`;
  return {
    id: "opds-harbour",
    name: "Harbour Library (OPDS 2.0)",
    basePath: `${root}/catalog`,
    spelling: SPELLING,
    guard: (call) => (call.path.startsWith(`${root}/`) ? null : SPELLING.error(401, "Unauthorized")),
    routes: [
      { method: "GET", path: `${root}/catalog`, handle: () => replyFeed(getRoot(root)) },
      { method: "GET", path: `${root}/works`, handle: (call, context) => listWorks(root, call, context) },
      { method: "GET", path: `${root}/works/:id`, handle: (call, context) => getWork(root, call, context) },
      { method: "GET", path: `${root}/works/:id/cover`, static: true, handle: getCover },
      { method: "GET", path: `${root}/works/:id/file`, static: true, handle: getFile },
    ],
  };
}

const SPELLING: Spelling = {
  error: (status, title) =>
    status === 401
      ? reply("application/opds-authentication+json")(401, JSON.stringify(SIGN_IN))
      : reply("application/problem+json")(status, JSON.stringify({ type: "about:blank", title, status })),
  errorAsSuccess: () => reply("application/json")(200, '{"type":"about:blank","title":"Server error","status":500}'),
  forbidden: () => reply("application/problem+json")(403, '{"type":"about:blank","title":"Forbidden","status":403}'),
  rateLimitHeaders: (after) => ({ "retry-after": String(after) }),
};

const SIGN_IN = {
  id: "https://harbour.example/auth",
  title: "Harbour Library",
  authentication: [{ type: "http://opds-spec.org/auth/basic" }],
};

function replyFeed(feed: object): Reply {
  return reply(`${FEED};charset=utf-8`)(200, JSON.stringify(feed));
}

function getRoot(root: string) {
  return {
    metadata: { title: "Harbour Library" },
    links: [
      { rel: "self", href: `${root}/catalog`, type: FEED },
      { rel: "search", href: `${root}/works{?query}`, type: FEED, templated: true },
    ],
    navigation: [{ title: "All works", href: `${root}/works`, type: FEED, rel: "subsection" }],
  };
}

/** Pages count from 0; the one behind the last has no publications. */
function listWorks(root: string, call: Call, { shelf }: UpstreamContext): Reply {
  const unknown = [...call.query.keys()].find((name) => !["query", "page"].includes(name));
  const pageText = call.query.get("page") ?? "0";
  if (unknown !== undefined) return SPELLING.error(400, `unknown parameter: ${unknown}`);
  if (!/^\d{1,5}$/.test(pageText)) return SPELLING.error(400, "page must be a whole number");
  const page = Number(pageText);
  const found = shelf.search(call.query.get("query") ?? "");
  const shown = found.slice(page * PAGE, (page + 1) * PAGE);
  const at = (number: number) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(number));
    return `works?${query}`;
  };
  return replyFeed({
    metadata: { title: "Works", numberOfItems: found.length, itemsPerPage: PAGE, currentPage: page + 1 },
    links: [
      { rel: "self", href: at(page), type: FEED },
      { rel: "start", href: `${root}/catalog`, type: FEED },
      ...((page + 1) * PAGE < found.length ? [{ rel: ["next"], href: at(page + 1), type: FEED }] : []),
    ],
    ...(shown.length > 0 && { publications: shown.map((work) => toPublication(work, root)) }),
  });
}

function toPublication(work: Work, root: string) {
  const at = `${root}/works/${work.ids.opds}`;
  const title = work.english ?? work.romaji;
  const others = work.native ? { en: title, [work.language]: work.native } : title;
  const [writer = ""] = work.story;
  const contributors = {
    // A text, an object and a list of either are all allowed.
    author: work.story.length > 1 ? work.story.map((name) => ({ name })) : writer,
    artist: work.art.map((name) => ({ name: { en: name }, sortAs: name })),
  };
  return {
    metadata: {
      "@type": "http://schema.org/Periodical",
      identifier: `urn:uuid:${work.ids.opds}`,
      title: odd(work, 50, "one title") ? title : others,
      ...(odd(work, 10, "no author") ? {} : contributors),
      ...(odd(work, 8, "no date")
        ? {}
        : { published: odd(work, 40, "year alone") ? `${work.year}` : `${work.year}-04-01` }),
      ...(odd(work, 20, "no language") ? {} : { language: odd(work, 30, "list") ? ["en"] : "en" }),
      ...(odd(work, 6, "no description") ? {} : { description: `<p>${work.description}</p>` }),
      modified: "2026-04-01T12:00:00Z",
      subject: [KINDS[work.type] ?? "Manga", ...work.tags.map((name) => ({ name, code: name.toLowerCase() }))],
    },
    links: [
      { rel: "self", href: at, type: PUBLICATION },
      { rel: `${ACQUISITION}/open-access`, href: `${at}/file`, type: "application/vnd.comicbook+zip" },
      { rel: `${ACQUISITION}/buy`, href: `${at}/buy`, type: "text/html" },
    ],
    ...(hasCover(work) && { images: [{ href: `${at}/cover`, type: "image/webp", width: 600, height: 900 }] }),
  };
}

const hasCover = (work: Work) => !odd(work, 5, "no cover");

function findWork(call: Call, { shelf }: UpstreamContext): Work | null {
  return shelf.find(`urn:uuid:${call.params["id"]}`);
}

function getWork(root: string, call: Call, context: UpstreamContext): Reply {
  const work = findWork(call, context);
  if (!work) return SPELLING.error(404, "Not Found");
  return reply(PUBLICATION)(200, JSON.stringify(toPublication(work, root)));
}

function getCover(call: Call, context: UpstreamContext): Reply | Promise<Reply> {
  const work = findWork(call, context);
  return work && hasCover(work)
    ? context.paint(work, { width: 600, format: "webp" })
    : SPELLING.error(404, "Not Found");
}

async function getFile(call: Call, context: UpstreamContext): Promise<Reply> {
  const work = findWork(call, context);
  if (!work) return SPELLING.error(404, "Not Found");
  const bytes = await drawComic(work, 1, context.paint);
  return replyFile(call, { bytes, contentType: "application/vnd.comicbook+zip", name: `${work.romaji}.cbz` });
}
