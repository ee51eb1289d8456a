import type { TitleCandidate } from "./titles";
import { toWebUrl } from "./web-url";

/** `href` as it is written, since a search template is no address yet; it belongs to `base`. */
export interface OpdsLink {
  href: string;
  base: string;
  rels: readonly string[];
  type: string;
  /** Of a file, where it is told. */
  sizeBytes: number | null;
  /** What it leads to is a step on the way to a file: a licence, a page, a loan. */
  isIndirect: boolean;
}

/** A publication, or a way to more of them; texts as the catalogue wrote them. */
export interface OpdsEntry {
  id: string | null;
  titles: readonly TitleCandidate[];
  authors: readonly unknown[];
  subjects: readonly unknown[];
  languages: readonly unknown[];
  issued: string | null;
  description: string | null;
  links: readonly OpdsLink[];
}

/** A feed of OPDS 1.2 or 2.0. */
export interface OpdsFeed {
  links: readonly OpdsLink[];
  entries: readonly OpdsEntry[];
  /** All that there are, where it is told. */
  total: number | null;
}

/** The address of the first link with that relation whose media type fits; null when there is none. */
export function findLink({ links }: Pick<OpdsFeed, "links">, rel: string, type?: RegExp): string | null {
  for (const link of links) {
    const url = link.rels.includes(rel) && (type?.test(link.type) ?? true) ? toWebUrl(link.href, link.base) : null;
    if (url) return url;
  }
  return null;
}
