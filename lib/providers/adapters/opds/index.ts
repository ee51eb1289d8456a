import { listAcquisitionTypes, listFiles } from "@/lib/providers/acquisition";
import { concealKeys, revealKeys } from "@/lib/providers/address-keys";
import { basicAuth, CREDENTIAL_FIELDS, isOwnOrigin } from "@/lib/providers/basic-auth";
import { baseUrlField } from "@/lib/providers/config-fields";
import { findOpdsEntry } from "@/lib/providers/find-opds-entry";
import { toLanguageTag } from "@/lib/providers/language";
import { findLink, type OpdsEntry, type OpdsFeed } from "@/lib/providers/opds-feed";
import { findSearchUrl } from "@/lib/providers/opds-search";
import { ownServer } from "@/lib/providers/own-server";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import { OPDS_ACCEPT, parseOpds } from "@/lib/providers/parse-opds";
import type {
  AdapterConfig,
  AdapterContext,
  ProviderAdapter,
  SearchInput,
  SearchPage,
  WorkFile,
  WorkRef,
} from "@/lib/providers/provider";
import { toDescription, toLines } from "@/lib/providers/text";
import { toTitles } from "@/lib/providers/titles";
import { toType } from "@/lib/providers/vocabulary";
import type { WorkRecord, WorkType } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

/** Feeds of a series' own books that are read for its files. */
const SERIES_FEEDS_MAX = 5;
/** Best first: today's spelling, then those of older servers. */
const COVERS = [
  ...["image", "cover", "image/thumbnail", "thumbnail"].map((rel) => `http://opds-spec.org/${rel}`),
  "x-stanza-cover-image",
  "x-stanza-cover-image-thumbnail",
];

/** OPDS 1.2 and 2.0 (https://specs.opds.io): catalogues of Komga, Kavita, Calibre, calibre-web, Suwayomi and others. */
export const opds: ProviderAdapter = ownServer({
  id: "opds",
  name: "OPDS",
  rate: { calls: 5, intervalMs: 1000 },
  configFields: [
    baseUrlField("The address of the catalogue's root feed, for example https://books.example.org/opds", {
      required: true,
    }),
    ...CREDENTIAL_FIELDS,
  ],
  search,

  async check(context) {
    await read(context, "");
  },

  async details(context, externalId) {
    const address = revealKeys(externalId, context.config);
    const start = isOwnOrigin(context.config, address) ? [address, ""] : [""];
    const entry = await findEntry(context, externalId, start);
    return { ...parseItem(entry, (each) => toRecord(each, context.config)), externalId };
  },

  cover: ({ http, config }, url) => {
    const path = revealKeys(url, config);
    return http.image({ path, headers: basicAuth(config, path) });
  },

  files: listWorkFiles,

  download: ({ http, config }, input) =>
    http.stream({ path: input.fileId, headers: basicAuth(config, input.fileId) }, input),
});

/** `nextPage` is "skip address": servers do not let the length of a page be chosen, and what is left of one must not be lost. */
async function search(context: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const [, skipped = "0", later] = /^(\d{1,6}) (https?:\S+)$/.exec(input.page ?? "") ?? [];
  const url = later ?? (await findSearch(context, input.text));
  // Calibre says 404 when there are no hits.
  const response = await get(context, url, [404]);
  if (response.status === 404) return { items: [], dropped: 0, nextPage: null, total: 0 };
  const feed = parseOpds(response);
  const end = Number(skipped) + input.limit;
  const next = findLink(feed, "next");
  const following = next === null || next === url ? null : `0 ${next}`;
  return {
    ...parseItems(feed.entries.slice(Number(skipped), end), (entry) => toRecord(entry, context.config)),
    nextPage: end < feed.entries.length ? `${end} ${url}` : following,
    total: feed.total,
  };
}

async function findSearch(context: AdapterContext, text: string): Promise<string> {
  return findSearchUrl(await read(context, ""), text, (url) => get(context, url));
}

/** Of the entry itself; of a series, which has none of its own, those of its books. */
async function listWorkFiles(context: AdapterContext, { externalId, title }: WorkRef): Promise<WorkFile[]> {
  const entry = await findEntry(context, externalId, [await findSearch(context, title), ""]);
  const own = listFiles(entry, context.config);
  if (own.length > 0) return own;
  const books: WorkFile[] = [];
  let url = findLink(entry, "subsection") ?? findLink(entry, "alternate", /opds|atom/);
  for (let feeds = 0; url !== null && feeds < SERIES_FEEDS_MAX; feeds++) {
    const feed = await read(context, url);
    books.push(...feed.entries.flatMap((book) => listFiles(book, context.config)));
    url = findLink(feed, "next");
  }
  return books;
}

function findEntry(context: AdapterContext, externalId: string, start: readonly string[]): Promise<OpdsEntry> {
  const isWanted = ({ id }: OpdsEntry) => id !== null && concealKeys(id, context.config) === externalId;
  return findOpdsEntry({ isWanted, id: externalId, start, read: (url) => read(context, url) });
}

async function read(context: AdapterContext, url: string): Promise<OpdsFeed> {
  return parseOpds(await get(context, url));
}

function get({ http, config }: AdapterContext, path: string, accept: readonly number[] = []) {
  return http.text({ path, accept, headers: { Accept: OPDS_ACCEPT, ...basicAuth(config, path) } });
}

/** Books and series alike: some servers answer a search with the latter, as navigation entries. */
function toRecord(entry: OpdsEntry, config: AdapterConfig): WorkRecord | null {
  const languages = toLines(entry.languages.map(toLanguageTag));
  const lang = languages.length === 1 ? (languages[0] ?? null) : null;
  const titles = toTitles(entry.titles.map((title) => ({ ...title, lang: toLanguageTag(title.lang) ?? lang })));
  if (entry.id === null || titles.length === 0) return null;
  const coverUrl = COVERS.map((rel) => findLink(entry, rel)).find((url) => url !== null);
  const url = findLink(entry, "alternate", /html/);
  return {
    externalId: concealKeys(entry.id, config),
    titles,
    type:
      entry.subjects.map((subject) => toType(String(subject))).find((type) => type !== "unknown") ?? toFileType(entry),
    year: parseYear(entry.issued),
    status: "unknown",
    authors: toLines(entry.authors).filter((name) => !/^unknown$/i.test(name)),
    description: toDescription(entry.description),
    coverUrl: coverUrl ? concealKeys(coverUrl, config) : null,
    contentRating: "unknown",
    tags: toLines(entry.subjects),
    languages,
    ids: {},
    url: url && concealKeys(url, config) === url ? url : null,
  };
}

function toFileType(entry: OpdsEntry): WorkType {
  const types = listAcquisitionTypes(entry);
  if (types.some((type) => /comicbook|x-cb[rz7t]|divina/.test(type))) return "comic";
  return types.some((type) => /epub|pdf|mobi|azw|fb2|djvu/.test(type)) ? "book" : "unknown";
}
