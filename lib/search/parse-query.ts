import { toCrossIds } from "@/lib/providers/ids";
import type { IdNamespace } from "@/lib/providers/work";

/** What somebody typed or pasted into the box: words, or one work's id at a catalogue. */
export type ParsedQuery = { kind: "text" } | { kind: "id"; namespace: IdNamespace; id: string };

const PREFIXES: Readonly<Record<string, IdNamespace>> = {
  mal: "mal",
  al: "al",
  anilist: "al",
  kt: "kt",
  kitsu: "kt",
  mu: "mu",
  md: "md",
  mangadex: "md",
  ol: "ol",
};

/** Host and the path's part that holds the id. Kitsu's slugs are no ids and stay words. */
const ADDRESSES: readonly { host: RegExp; path: RegExp; namespace: IdNamespace }[] = [
  { host: /^(www\.)?mangadex\.org$/, path: /^\/(?:title|manga)\/([\da-f-]{36})/i, namespace: "md" },
  { host: /^(www\.)?anilist\.co$/, path: /^\/manga\/(\d+)/, namespace: "al" },
  { host: /^(www\.)?myanimelist\.net$/, path: /^\/manga\/(\d+)/, namespace: "mal" },
  { host: /^(www\.)?kitsu\.(app|io)$/, path: /^\/manga\/(\d+)/, namespace: "kt" },
  { host: /^(www\.)?mangaupdates\.com$/, path: /^\/series\/([\da-z]{1,8})(?:\/|$)/i, namespace: "mu" },
  { host: /^(www\.)?openlibrary\.org$/, path: /^\/works\/(OL\d+W)/i, namespace: "ol" },
];

/** `al:30002`, `https://mangadex.org/title/…`, or words. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.trim();
  const prefixed = /^([a-z]+):\s*(\S+)$/i.exec(text);
  const namespace = PREFIXES[prefixed?.[1]?.toLowerCase() ?? ""];
  if (namespace && prefixed?.[2]) return toId(namespace, prefixed[2]);
  const url = /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  const address = url && ADDRESSES.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname));
  const found = address?.path.exec(url?.pathname ?? "")?.[1];
  return address && found ? toId(address.namespace, found) : { kind: "text" };
}

function toId(namespace: IdNamespace, text: string): ParsedQuery {
  const id = toCrossIds({ [namespace]: namespace === "ol" ? text.toUpperCase() : text })[namespace];
  return id ? { kind: "id", namespace, id } : { kind: "text" };
}
