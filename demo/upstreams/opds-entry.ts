import { chance } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { escapeXml, tag } from "./xml";

const ENTRY = "application/atom+xml;type=entry;profile=opds-catalog";
const KINDS: Readonly<Record<string, string>> = {
  one_shot: "One-shot",
  novel: "Novel",
  manhwa: "Manhwa",
  manhua: "Manhua",
  comic: "Comic",
};

const odd = (work: Work, percent: number, what: string) => !work.everywhere && chance(percent, what, work.ids.opds);

export const hasCover = (work: Work) => !odd(work, 5, "no cover");

/** One work as an Atom entry with hrefs relative to /opds/v1.2/; with `namespaces` it is a document of its own. */
export function toEntry(work: Work, namespaces: Readonly<Record<string, string>> = {}): string {
  // A document of its own lies one folder deeper than the feed, so its hrefs start at the host.
  const at = `${Object.keys(namespaces).length > 0 ? "/opds/v1.2/" : ""}works/${work.ids.opds}`;
  const old = odd(work, 20, "old rels");
  const imageRel = old ? "http://opds-spec.org/cover" : "http://opds-spec.org/image";
  const thumbnailRel = old ? "http://opds-spec.org/thumbnail" : "http://opds-spec.org/image/thumbnail";
  const kind = KINDS[work.type] ?? "Manga";
  const category = (term: string) =>
    tag("category", { term: term.toLowerCase(), label: term, scheme: "urn:tower:kinds" });
  const parts = [
    tag("title", {}, work.english ?? work.romaji),
    tag("id", {}, `urn:uuid:${work.ids.opds}`),
    tag("updated", {}, "2026-04-01T12:00:00Z"),
    ...(odd(work, 10, "no author") ? [] : authorsOf(work)),
    ...(odd(work, 8, "no date")
      ? []
      : [tag("dc:issued", {}, odd(work, 40, "whole date") ? `${work.year}-04-01` : String(work.year))]),
    ...(odd(work, 20, "no language") ? [] : [tag("dc:language", {}, "en")]),
    tag("dc:publisher", {}, "Tower Press"),
    category(kind),
    ...work.tags.map(category),
    contentOf(work),
    ...(hasCover(work)
      ? [
          tag("link", { rel: imageRel, href: `${at}/cover`, type: "image/webp" }),
          tag("link", { rel: thumbnailRel, href: `${at}/thumbnail`, type: "image/webp" }),
        ]
      : []),
    tag("link", { rel: "alternate", href: at, type: ENTRY }),
    tag("link", {
      rel: "http://opds-spec.org/acquisition/open-access",
      href: `${at}/file`,
      type: "application/vnd.comicbook+zip",
    }),
  ];
  return tag("entry", namespaces, null, parts.join(""));
}

function authorsOf(work: Work): string[] {
  const people = new Set([...work.story, ...work.art]);
  return [...people].map((name) => tag("author", {}, null, tag("name", {}, name)));
}

/** Text, escaped HTML or XHTML, as the maker of the file liked. */
function contentOf(work: Work): string {
  if (odd(work, 6, "no content")) return "";
  const native = work.native ? ` (${work.native})` : "";
  if (chance(34, "xhtml", work.key)) {
    const inner = `<p>${escapeXml(work.description)}</p><p><b>TAGS:</b> ${escapeXml(work.tags.join(", "))}<br/></p>`;
    return tag("content", { type: "xhtml" }, null, `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`);
  }
  if (chance(50, "html", work.key))
    return tag("content", { type: "html" }, `<p>${work.description}</p><p>${work.romaji}${native}</p>`);
  return tag("summary", { type: "text" }, work.description);
}
