import { toId, toList, toMembers, toText, toTexts } from "./members";
import type { OpdsEntry, OpdsFeed, OpdsLink } from "./opds-feed";
import { ProviderError } from "./outcome";
import type { TextResponse } from "./provider";
import type { TitleCandidate } from "./titles";
import { toWebUrl } from "./web-url";

/** Shelves that people made: lists of works and no works. */
const LISTS = /\b(collections?|read(ing)?\s*lists?)\b/i;

/**
 * A feed of OPDS 2.0 with what its groups hold, or a single publication as a feed of one (https://drafts.opds.io/opds-2.0). Navigation links
 * are entries: some servers answer a search with series, which are no publications. Throws `auth` for an authentication document and
 * `contract` for anything else.
 */
export function parseOpdsJson({ text, url }: Pick<TextResponse, "text" | "url">): OpdsFeed {
  const feed = toMembers(parseJson(text));
  if (Array.isArray(feed["authentication"])) {
    throw new ProviderError({ class: "auth", message: "Asks to sign in: check the credentials." });
  }
  const parts = [feed, ...toList(feed["groups"]).map(toMembers).filter(isOfWorks)];
  const isFeed = ["publications", "navigation", "groups"].some((name) => Array.isArray(feed[name]));
  if (isFeed) {
    const total = toMembers(feed["metadata"])["numberOfItems"];
    return {
      links: listLinks(feed["links"], url),
      entries: [
        ...parts.flatMap(({ publications }) => toList(publications).map((each) => toPublication(each, url))),
        ...parts.flatMap(({ navigation }) => toList(navigation).flatMap((each) => toNavigation(each, url))),
      ],
      total: Number.isSafeInteger(total) && Number(total) >= 0 ? Number(total) : null,
    };
  }
  // One publication, or a page that happens to be empty.
  if ("title" in toMembers(feed["metadata"]) && Array.isArray(feed["links"])) {
    const isPublication = listLinks(feed["links"], url).some(({ rels }) =>
      rels.some((rel) => rel.includes("acquisition")),
    );
    return {
      links: listLinks(feed["links"], url),
      entries: isPublication ? [toPublication(feed, url)] : [],
      total: isPublication ? null : 0,
    };
  }
  throw contract("Answered with JSON that is no feed.");
}

function toPublication(raw: unknown, base: string): OpdsEntry {
  const { metadata, links, images } = toMembers(raw);
  const about = toMembers(metadata);
  const own = listLinks(links, base);
  const self = own.find(({ rels }) => rels.includes("self"));
  return {
    id: toId(about["identifier"]) ?? (self ? toPath(self) : null),
    titles: toTitleCandidates(about["title"]),
    authors: ["author", "artist", "penciler"].flatMap((role) => toNames(about[role])),
    subjects: toNames(about["subject"]),
    languages: [about["language"]].flat(),
    issued: toText(about["published"]),
    description: toText(about["description"]),
    links: [...own.map(asAlternate), ...listLinks(images, base).map(asImage)],
  };
}

function toNavigation(raw: unknown, base: string): OpdsEntry[] {
  const [link] = listLinks([raw], base);
  if (!link) return [];
  return [
    {
      id: toPath(link),
      titles: toTitleCandidates(toMembers(raw)["title"]),
      authors: [],
      subjects: [],
      languages: [],
      issued: null,
      description: null,
      links: [{ ...link, rels: [...link.rels, "subsection"] }],
    },
  ];
}

function listLinks(raw: unknown, base: string): OpdsLink[] {
  return toList(raw).flatMap((each) => {
    const { href, rel, type, properties, size } = toMembers(each);
    if (typeof href !== "string" || href.trim() === "") return [];
    const { indirectAcquisition, availability } = toMembers(properties);
    const { state = "available" } = toMembers(availability);
    return [
      {
        href,
        base,
        rels: [rel].flat().filter((one) => typeof one === "string"),
        type: toText(type) ?? "",
        sizeBytes: typeof size === "number" && Number.isSafeInteger(size) && size > 0 ? size : null,
        isIndirect: toList(indirectAcquisition).length > 0 || state !== "available",
      },
    ];
  });
}

/** The whole publication lies where its `self` is, as that of OPDS 1.2 lies at its `alternate`. */
function asAlternate(link: OpdsLink): OpdsLink {
  const isWhole = link.rels.includes("self") && link.type.includes("opds-publication");
  return isWhole ? { ...link, rels: ["alternate"], type: `${link.type};type=entry` } : link;
}

function asImage(link: OpdsLink): OpdsLink {
  return { ...link, rels: ["http://opds-spec.org/image"] };
}

/** An id out of an address: without its origin, which may be reached by several names. */
function toPath({ href, base }: OpdsLink): string | null {
  const url = toWebUrl(href, base);
  return url === null ? null : url.slice(new URL(url).origin.length);
}

/** A text, or a map of languages to texts. */
function toTitleCandidates(raw: unknown): TitleCandidate[] {
  return typeof raw === "string" ? [{ text: raw }] : toTexts(raw).map(([lang, text]) => ({ text, lang }));
}

/** A text, an object with a name (again a text or a map), or a list of either. */
function toNames(raw: unknown): (string | null)[] {
  return [raw].flat().map((each) => {
    if (typeof each === "string") return each;
    const { name } = toMembers(each);
    return toText(name) ?? toTexts(name)[0]?.[1] ?? null;
  });
}

function isOfWorks({ metadata }: ReturnType<typeof toMembers>): boolean {
  return !LISTS.test(toText(toMembers(metadata)["title"]) ?? "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw contract("The feed is damaged or cut off.", error);
  }
}

function contract(message: string, cause?: unknown): ProviderError {
  return new ProviderError({ class: "contract", message }, cause);
}
