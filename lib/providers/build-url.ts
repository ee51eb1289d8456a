import type { HttpRequest } from "./provider";

/** The address of a request. Names and values of the query are percent-encoded, brackets too; an array repeats its name. */
export function buildUrl(base: URL | string, { path, query }: Pick<HttpRequest, "path" | "query">): URL {
  const url = /^https?:\/\//i.test(path) ? new URL(path) : joinPath(base, path);
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    return [value].flat().map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(item)}`);
  });
  if (pairs.length > 0) url.search = [url.search.slice(1), ...pairs].filter(Boolean).join("&");
  if (url.hash) url.hash = "";
  return url;
}

/** An empty path is the base URL itself, with the query it may have (a key of an OPDS catalogue); any other replaces that query. */
function joinPath(from: URL | string, path: string): URL {
  const base = new URL(from);
  if (path === "") return base;
  const root = `${base.origin}${base.pathname.replace(/\/+$/, "")}`;
  return new URL(/^[/?]/.test(path) ? `${root}${path}` : `${root}/${path}`);
}
