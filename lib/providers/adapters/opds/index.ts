import { type AtomEntry, type AtomFeed, findLink, parseAtom } from "@/lib/providers/atom";
import { basicAuth, CREDENTIAL_FIELDS, isOwnOrigin } from "@/lib/providers/basic-auth";
import { findAtomEntry } from "@/lib/providers/find-atom-entry";
import { toLanguageTag } from "@/lib/providers/language";
import { expandTemplate, findFeedTemplate } from "@/lib/providers/opensearch";
import { ProviderError } from "@/lib/providers/outcome";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type { AdapterContext, ProviderAdapter, SearchInput, SearchPage } from "@/lib/providers/provider";
import { toDescription, toLines } from "@/lib/providers/text";
import { toTitles } from "@/lib/providers/titles";
import { toType } from "@/lib/providers/vocabulary";
import { toWebUrl } from "@/lib/providers/web-url";
import type { WorkRecord, WorkType } from "@/lib/providers/work";
import { findAttribute, findText, listChildren, textOf } from "@/lib/providers/xml";
import { parseYear } from "@/lib/providers/year";

const ACCEPT =
  "application/atom+xml;profile=opds-catalog, application/atom+xml;q=0.9, application/xml;q=0.8, */*;q=0.1";
const ACQUISITION = "http://opds-spec.org/acquisition";
/** Best first: today's spelling, then those of older servers. */
const COVERS = [
  ...["image", "cover", "image/thumbnail", "thumbnail"].map((rel) => `http://opds-spec.org/${rel}`),
  "x-stanza-cover-image",
  "x-stanza-cover-image-thumbnail",
];

/** OPDS 1.2 (https://specs.opds.io/opds-1.2): catalogues of Komga, Kavita, Calibre, calibre-web, Suwayomi and others. */
export const opds: ProviderAdapter = {
  id: "opds",
  name: "OPDS",
  kind: "catalogue",
  multi: true,
  enabledByDefault: true,
  defaultBaseUrl: null,
  checkInterval: null,
  rate: { calls: 5, intervalMs: 1000 },
  configFields: [
    {
      key: "base_url",
      label: "Catalogue address",
      type: "url",
      required: true,
      secret: false,
      help: "The address of the catalogue's root feed, for example https://books.example.org/opds",
    },
    ...CREDENTIAL_FIELDS,
  ],
  search,

  async check(context) {
    await read(context, "");
  },

  async details(context, externalId) {
    const start = isOwnOrigin(context.config, externalId) ? [externalId, ""] : [""];
    const entry = await findAtomEntry({ id: externalId, start, read: (url) => read(context, url) });
    return { ...parseItem(entry, toRecord), externalId };
  },

  cover: ({ http, config }, url) => http.image({ path: url, headers: basicAuth(config, url) }),
};

/** `nextPage` is "skip address": servers do not let the length of a page be chosen, and what is left of one must not be lost. */
async function search(context: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const [, skipped = "0", later] = /^(\d{1,6}) (https?:\S+)$/.exec(input.page ?? "") ?? [];
  const url = later ?? (await findSearchUrl(context, input.text));
  // Calibre says 404 when there are no hits.
  const response = await get(context, url, [404]);
  if (response.status === 404) return { items: [], dropped: 0, nextPage: null, total: 0 };
  const feed = parseAtom(response);
  const end = Number(skipped) + input.limit;
  const next = findLink(feed, "next");
  const following = next === null || next === url ? null : `0 ${next}`;
  return {
    ...parseItems(feed.entries.slice(Number(skipped), end), toRecord),
    nextPage: end < feed.entries.length ? `${end} ${url}` : following,
    total: feed.total,
  };
}

/** From the root feed's search link, which is the template itself or leads to an OpenSearch description with it. */
async function findSearchUrl(context: AdapterContext, text: string): Promise<string> {
  const links = (await read(context, "")).links.filter(({ rels }) => rels.includes("search"));
  let template = links.find(({ href }) => href.includes("{searchTerms"));
  const description = links.find(({ type }) => /opensearchdescription/.test(type)) ?? links[0];
  const descriptionUrl = description && toWebUrl(description.href, description.base);
  if (!template && descriptionUrl) {
    const response = await get(context, descriptionUrl);
    const href = findFeedTemplate(response);
    if (href) template = { ...description, href, base: response.url };
  }
  const url = template && toWebUrl(expandTemplate(template.href, { searchTerms: text }), template.base);
  if (url) return url;
  throw new ProviderError({ class: "config", message: "The feed offers no search: is it the catalogue's root?" });
}

async function read(context: AdapterContext, url: string): Promise<AtomFeed> {
  return parseAtom(await get(context, url));
}

function get({ http, config }: AdapterContext, path: string, accept: readonly number[] = []) {
  return http.text({ path, accept, headers: { Accept: ACCEPT, ...basicAuth(config, path) } });
}

/** Books and series alike: some servers answer a search with the latter, as navigation entries. */
function toRecord(entry: AtomEntry): WorkRecord | null {
  const { id, title, node } = entry;
  const languages = toLines(listChildren(node, "language").map((each) => toLanguageTag(textOf(each))));
  const titles = toTitles([{ text: title, lang: languages.length === 1 ? (languages[0] ?? null) : null }]);
  if (id === null || titles.length === 0) return null;
  const authors = listChildren(node, "author").map((author) => findText(author, "name"));
  const categories = listChildren(node, "category").map(
    (each) => findAttribute(each, "label") ?? findAttribute(each, "term"),
  );
  return {
    externalId: id,
    titles,
    type: categories.map(toType).find((type) => type !== "unknown") ?? toFileType(entry),
    // Not `published`, which is when the entry came into the catalogue.
    year: parseYear(findText(node, "issued") ?? findText(node, "date")),
    status: "unknown",
    authors: toLines(authors).filter((name) => !/^unknown$/i.test(name)),
    description: toDescription(findText(node, "content") ?? findText(node, "summary")),
    coverUrl: COVERS.map((rel) => findLink(entry, rel)).find((url) => url !== null) ?? null,
    contentRating: "unknown",
    tags: toLines(categories),
    languages,
    ids: {},
    url: findLink(entry, "alternate", /html/),
  };
}

function toFileType({ links }: AtomEntry): WorkType {
  const files = links.filter(({ rels }) => rels.some((rel) => rel.startsWith(ACQUISITION)));
  if (files.some(({ type }) => /comicbook|x-cb[rz7t]/.test(type))) return "comic";
  return files.some(({ type }) => /epub|pdf|mobi|azw|fb2|djvu/.test(type)) ? "book" : "unknown";
}
