import type { OpdsEntry, OpdsFeed, OpdsLink } from "./opds-feed";
import { ProviderError } from "./outcome";
import type { TextResponse } from "./provider";
import { toDescription } from "./text";
import { toWebUrl } from "./web-url";
import { findAttribute, findText, listChildren, parseXml, textOf, type XmlNode } from "./xml";

/** A feed of OPDS 1.2, or a single entry as a feed of one; `xml:base` is heeded. Throws `contract` for anything else. */
export function parseAtom(response: TextResponse): OpdsFeed {
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

function toEntry(node: XmlNode, feedBase: string): OpdsEntry {
  return {
    id: findText(node, "id"),
    titles: [{ text: findTitle(node) }],
    authors: listChildren(node, "author").map((author) => findText(author, "name")),
    subjects: listChildren(node, "category").map((each) => findAttribute(each, "label") ?? findAttribute(each, "term")),
    languages: listChildren(node, "language").map(textOf),
    // Not `published`, which is when the entry came into the catalogue.
    issued: findText(node, "issued") ?? findText(node, "date"),
    description: findText(node, "content") ?? findText(node, "summary"),
    links: listLinks(node, toBase(node, feedBase)),
  };
}

function listLinks(node: XmlNode, base: string): OpdsLink[] {
  return listChildren(node, "link").flatMap((link) => {
    const href = findAttribute(link, "href");
    if (href === null) return [];
    const rels = (findAttribute(link, "rel") ?? "alternate").split(/\s+/);
    const length = findAttribute(link, "length") ?? "";
    return [
      {
        href,
        base: toBase(link, base),
        rels,
        type: findAttribute(link, "type") ?? "",
        sizeBytes: /^[1-9]\d{0,14}$/.test(length) ? Number(length) : null,
        isIndirect: listChildren(link, "indirectAcquisition").length > 0,
      },
    ];
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
