import { toCrossIds } from "@/lib/providers/ids";
import type { IdNamespace } from "@/lib/providers/work";
import { parseWorkAddress } from "@/lib/providers/work-address";

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
  tmdb: "tmdb",
};

/** `al:30002`, `https://mangadex.org/title/…`, or words. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.trim();
  const prefixed = /^([a-z]+):\s*(\S+)$/i.exec(text);
  const namespace = PREFIXES[prefixed?.[1]?.toLowerCase() ?? ""];
  if (namespace && prefixed?.[2]) return toId(namespace, prefixed[2]);
  const found = parseWorkAddress(text);
  return found ? toId(found.namespace, found.id) : { kind: "text" };
}

function toId(namespace: IdNamespace, text: string): ParsedQuery {
  const id = toCrossIds({ [namespace]: namespace === "ol" ? text.toUpperCase() : text })[namespace];
  return id ? { kind: "id", namespace, id } : { kind: "text" };
}
