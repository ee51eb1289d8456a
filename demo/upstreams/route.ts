import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "./reply";

/** One request, read whole. */
export interface Call {
  method: string;
  path: string;
  /** Named parts of the path, decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
  /** scheme, host and port of the server that was asked */
  origin: string;
}

export interface Route<Context> {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** `:name` takes one segment. */
  path: string;
  /** Pictures and files: not counted as calls of the API. */
  static?: boolean;
  handle(call: Call, context: Context): Reply | Promise<Reply>;
}

export type Match<Context> =
  | { found: true; route: Route<Context>; params: Record<string, string> }
  | { found: false; status: 404 | 405 };

/** A path that no route has is 404, one that has it under another method 405. A trailing slash does not matter. */
export function matchRoute<Context>(routes: readonly Route<Context>[], method: string, path: string): Match<Context> {
  const parts = segments(path);
  let status: 404 | 405 = 404;
  for (const route of routes) {
    const params = matchPath(segments(route.path), parts);
    if (!params) continue;
    if (route.method === method || (method === "HEAD" && route.method === "GET")) return { found: true, route, params };
    status = 405;
  }
  return { found: false, status };
}

function segments(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, name] of pattern.entries()) {
    const part = parts[index] ?? "";
    if (name.startsWith(":")) params[name.slice(1)] = decode(part);
    else if (name !== part) return null;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
