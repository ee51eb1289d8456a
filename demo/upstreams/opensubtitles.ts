import { z } from "zod";
import { hash } from "../catalogue/hash";
import { findQueryProblem, findSubtitles, toCanonical } from "./opensubtitles-query";
import { type Reply, replyHtml, replyJson, replyText } from "./reply";
import type { Call } from "./route";
import { SUBTITLES, type Subtitle, toEntry, toSubRip } from "./subtitles";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const PAGE = 60;
const ALLOWANCE = { anonymous: 5, account: 20 } as const;
const LINK_LASTS_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;
const API = "/api/v1";

export interface OpenSubtitlesAccount {
  key: string;
  username: string;
  password: string;
}

/** What was fetched today, and the links that were given out. */
interface Books {
  day: number;
  taken: Record<keyof typeof ALLOWANCE, number>;
  links: Map<string, { subtitle: Subtitle; madeAt: number }>;
}

const orderSchema = z.strictObject({
  file_id: z.int(),
  sub_format: z.enum(["srt", "sub", "mpl", "webvtt", "dfxp", "txt"]).optional(),
  file_name: z.string().optional(),
  in_fps: z.number().optional(),
  out_fps: z.number().optional(),
  timeshift: z.number().optional(),
  force_download: z.boolean().optional(),
});
const loginSchema = z.strictObject({ username: z.string(), password: z.string() });

/** OpenSubtitles' API v1: https://opensubtitles.stoplight.io. Files, in truth on www.opensubtitles.com, lie beside it. */
export function createOpenSubtitles(account: OpenSubtitlesAccount): Upstream {
  const books: Books = { day: 0, taken: { anonymous: 0, account: 0 }, links: new Map() };
  const token = `demo.${hash("token", account.username, account.password).toString(36)}.jwt`;
  return {
    id: "opensubtitles",
    name: "OpenSubtitles",
    basePath: API,
    spelling: SPELLING,
    guard: (call) => guard(call, account.key),
    routes: [
      {
        method: "GET",
        path: `${API}/infos/formats`,
        handle: () => replyJson(200, { data: { output_formats: ["srt", "sub", "mpl", "webvtt", "dfxp", "txt"] } }),
      },
      { method: "GET", path: `${API}/subtitles`, handle: searchSubtitles },
      { method: "POST", path: `${API}/login`, handle: (call) => signIn(call, account, token) },
      { method: "POST", path: `${API}/download`, handle: (call, { now }) => orderFile(call, { books, token, now }) },
      {
        method: "GET",
        path: "/download/:link/subfile/:name",
        static: true,
        handle: (call, { now }) => getFile(call, books, now),
      },
    ],
  };
}

const SPELLING: Spelling = {
  error: (status, message) =>
    status === 502 || status === 503
      ? replyHtml(
          status,
          `<html><head><title>${status} ${message}</title></head><body><h1>${status}</h1></body></html>`,
        )
      : replyJson(status, { message }),
  errorAsSuccess: () => replyJson(200, { errors: ["An internal error occurred"], status: 500 }),
  badKey: refuseKey,
  forbidden: () => replyJson(403, { message: "You cannot consume this service" }),
  quota: (now) => replySpent({ requests: ALLOWANCE.account + 1, allowed: ALLOWANCE.account }, now),
  rateLimitHeaders: (after) => ({
    "ratelimit-limit": "5",
    "ratelimit-remaining": "0",
    "ratelimit-reset": String(after),
    "x-ratelimit-remaining-second": "0",
    "x-reason": "Too many requests",
  }),
};

function refuseKey(): Reply {
  return replyJson(403, { message: "You cannot consume this service" });
}

function guard({ path, headers }: Call, key: string): Reply | null {
  if (!path.startsWith(API)) return null;
  if (
    !/^[\w-]+[ /]v?\d/.test(headers["user-agent"] ?? "") ||
    /^(node|undici|curl|mozilla)/i.test(headers["user-agent"] ?? "")
  ) {
    return replyJson(403, { message: "Error, the User-Agent header must name the app and its version" });
  }
  return headers["api-key"] === key ? null : refuseKey();
}

function searchSubtitles(call: Call, { isEmpty }: UpstreamContext): Reply {
  const problem = findQueryProblem(call.query);
  if (problem) return replyJson(400, { errors: [problem] });
  const canonical = toCanonical(call.query);
  if (canonical.toString() !== call.query.toString()) {
    return replyHtml(301, "", { location: `${call.path}?${canonical}` });
  }
  const found = isEmpty ? [] : findSubtitles(SUBTITLES, canonical);
  const page = Number(canonical.get("page") ?? 1);
  return replyJson(200, {
    total_pages: Math.ceil(found.length / PAGE),
    total_count: found.length,
    per_page: PAGE,
    page,
    data: found.slice((page - 1) * PAGE, page * PAGE).map(toEntry),
  });
}

function signIn(call: Call, { username, password }: OpenSubtitlesAccount, token: string): Reply {
  const given = loginSchema.safeParse(readJson(call));
  if (!given.success) return replyJson(400, { message: "Error, invalid parameters", status: 400 });
  if (given.data.username !== username || given.data.password !== password) {
    return replyJson(401, { message: "Error, invalid username/password", status: 401 });
  }
  const user = {
    allowed_translations: 5,
    allowed_downloads: ALLOWANCE.account,
    level: "Sub leecher",
    user_id: 66,
    ext_installed: false,
    vip: false,
  };
  return replyJson(200, { user, base_url: "api.opensubtitles.com", token, status: 200 });
}

function orderFile(call: Call, { books, token, now }: { books: Books; token: string; now: number }): Reply {
  const given = orderSchema.safeParse(readJson(call));
  if (!given.success) return replyJson(400, { message: "Error, invalid file_id" });
  const bearer = call.headers.authorization;
  if (bearer !== undefined && bearer !== `Bearer ${token}`)
    return replyJson(401, { message: "invalid token", status: 401 });
  const subtitle = SUBTITLES.find(({ fileIds }) => fileIds.includes(given.data.file_id));
  if (!subtitle) return replyJson(400, { message: "Error, invalid file_id" });
  const who = bearer === undefined ? "anonymous" : "account";
  turnPage(books, now);
  books.taken[who] += 1;
  const [requests, allowed] = [books.taken[who], ALLOWANCE[who]];
  if (requests > allowed) return replySpent({ requests, allowed }, now);
  const link = hash("link", given.data.file_id, requests, books.day).toString(16);
  books.links.set(link, { subtitle, madeAt: now });
  const name = `${subtitle.release}.srt`;
  return replyJson(200, {
    link: `${call.origin}/download/${link}/subfile/${encodeURIComponent(name)}`,
    file_name: name,
    requests,
    remaining: allowed - requests,
    message: `Your quota will be renewed at midnight UTC`,
    reset_time: "some hours",
    reset_time_utc: new Date(nextMidnight(now)).toISOString(),
  });
}

function turnPage(books: Books, now: number): void {
  const today = Math.floor(now / DAY_MS);
  if (books.day === today) return;
  books.day = today;
  books.taken = { anonymous: 0, account: 0 };
}

function replySpent({ requests, allowed }: { requests: number; allowed: number }, now: number): Reply {
  const reset = new Date(nextMidnight(now)).toISOString();
  return replyJson(406, {
    requests,
    remaining: allowed - requests,
    message: `You have downloaded your allowed ${allowed} subtitles for 24h.Your quota will be renewed at ${reset}`,
    reset_time: "some hours",
    reset_time_utc: reset,
  });
}

function nextMidnight(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

function getFile(call: Call, { links }: Books, now: number): Reply {
  const known = links.get(call.params["link"] ?? "");
  if (!known || now - known.madeAt > LINK_LASTS_MS) return replyJson(410, { message: "invalid or expired link" });
  return replyText(200, toSubRip(known.subtitle), {
    "content-disposition": `attachment; filename="${call.params["name"]}"`,
  });
}

function readJson({ body }: Call): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}
