import { ProviderError } from "./outcome";
import type { TextResponse } from "./provider";
import { toDescription } from "./text";
import { toWebUrl } from "./web-url";
import { findAttribute, findText, listChildren, parseXml, textOf, type XmlNode } from "./xml";

/** `href` as it is written, since a search template is no address yet; it belongs to `base`. */
export interface AtomLink {
  href: string;
  base: string;
  rels: readonly string[];
  type: string;
}

export interface AtomEntry {
  id: string | null;
  title: string | null;
  links: readonly AtomLink[];
  node: XmlNode;
}

export interface AtomFeed {
  links: readonly AtomLink[];
  entries: readonly AtomEntry[];
  /** OpenSearch's `totalResults`, where it is told. */
  total: number | null;
}

/** An Atom feed, or a single entry as a feed of one; `xml:base` is heeded. Throws `contract` for anything else. */
export function parseAtom(response: TextResponse): AtomFeed {
  const { name, root } = parseXml(response);
  if (name === "entry") return { links: [], entries: [toEntry(root, response.url)], total: null };
  if (name !== "feed") throw new ProviderError({ class: "contract", message: "Answered with XML that is no feed." });
  const base = toBase(root, response.url);
  const total = findText(root, "totalResults");
  return {
    links: listLinks(root, base),
    entries: listChildren(root, "entry").map((entry) => toEntry(entry, base)),
    total: total && /^\d{1,9}$/.test(total) ? Number(total) : null,
  };
}

/** The address of the first link with that relation whose media type fits; null when there is none. */
export function findLink({ links }: Pick<AtomFeed, "links">, rel: string, type?: RegExp): string | null {
  for (const link of links) {
    const url = link.rels.includes(rel) && (type?.test(link.type) ?? true) ? toWebUrl(link.href, link.base) : null;
    if (url) return url;
  }
  return null;
}

function toEntry(node: XmlNode, feedBase: string): AtomEntry {
  return { id: findText(node, "id"), title: findTitle(node), links: listLinks(node, toBase(node, feedBase)), node };
}

function listLinks(node: XmlNode, base: string): AtomLink[] {
  return listChildren(node, "link").flatMap((link) => {
    const href = findAttribute(link, "href");
    if (href === null) return [];
    const rels = (findAttribute(link, "rel") ?? "alternate").split(/\s+/);
    return [{ href, base: toBase(link, base), rels, type: findAttribute(link, "type") ?? "" }];
  });
}

function toBase(node: XmlNode, outer: string): string {
  return toWebUrl(findAttribute(node, "base"), outer) ?? outer;
}

function findTitle(node: XmlNode): string | null {
  const [title] = listChildren(node, "title");
  if (!title) return null;
  return /html/.test(findAttribute(title, "type") ?? "") ? toDescription(textOf(title)) : textOf(title);
}
