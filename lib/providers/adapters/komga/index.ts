import { z } from "zod";
import { toAgeRating } from "@/lib/providers/age-rating";
import { basicAuth, CREDENTIAL_FIELDS, isOwnOrigin } from "@/lib/providers/basic-auth";
import { apiKeyField, baseUrlField } from "@/lib/providers/config-fields";
import { toLanguageTag } from "@/lib/providers/language";
import { toLuceneWords } from "@/lib/providers/lucene";
import { ownServer } from "@/lib/providers/own-server";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type { AdapterConfig, AdapterContext, ProviderAdapter, WorkFile } from "@/lib/providers/provider";
import { judgeSpring, springPage } from "@/lib/providers/spring";
import { toDescription, toLine, toLines } from "@/lib/providers/text";
import { toTitles } from "@/lib/providers/titles";
import { anything, idText, listOf, maybe } from "@/lib/providers/tolerant";
import { toStatus, toType } from "@/lib/providers/vocabulary";
import type { WorkRecord } from "@/lib/providers/work";
import { listLinkedIds } from "@/lib/providers/work-address";
import { parseYear } from "@/lib/providers/year";

const FILES_MAX = 1000;
const AUTHOR_ROLE = /^(writer|penciller|artist|author|illustrator)$/i;
const IS_THERE = { deleted: { operator: "isFalse" } };

const text = maybe(z.string());
const texts = listOf(z.string());
const series = z.object({
  id: idText,
  name: text,
  metadata: z.object({
    title: text,
    alternateTitles: listOf(z.object({ title: z.string() })),
    summary: text,
    status: text,
    readingDirection: text,
    ageRating: maybe(z.number()),
    language: text,
    genres: texts,
    tags: texts,
    links: listOf(z.object({ url: z.string() })),
  }),
  booksMetadata: maybe(
    z.object({ authors: listOf(z.object({ name: z.string(), role: text })), releaseDate: text, summary: text }),
  ),
});
const book = z.object({
  id: idText,
  name: z.string(),
  sizeBytes: maybe(z.int().positive()),
  media: maybe(z.object({ mediaType: text })),
});

/** A Komga server (https://komga.org/docs/openapi): REST API of version 1.19 and later, with an API key or a user's name and password. */
export const komga: ProviderAdapter = ownServer({
  id: "komga",
  name: "Komga",
  rate: { calls: 5, intervalMs: 1000 },
  configFields: [
    baseUrlField("Where Komga is opened in a browser, for example https://komga.example.org", { required: true }),
    apiKeyField("Made in Komga under My account, instead of a user name and password.", { required: false }),
    ...CREDENTIAL_FIELDS,
  ],

  judge(evidence) {
    // Some accounts may read and not download: that is no fault of the credentials.
    if (evidence.status === 403 && evidence.operation === "download") return { class: "client" };
    return judgeSpring(evidence);
  },

  async check({ http, config }) {
    const headers = authorise(config, "");
    // The claim is open to all and proves no key.
    if (Object.keys(headers).length > 0)
      await http.json({ path: "/api/v2/users/me", headers }, z.object({ id: idText }));
    else await http.json({ path: "/api/v1/claim" }, z.object({ isClaimed: z.boolean() }));
  },

  async search(context, input) {
    const number = /^\d{1,6}$/.test(input.page ?? "") ? input.page : 0;
    const json = { fullTextSearch: toLuceneWords(input.text), condition: IS_THERE };
    const found = await list(context, "series", { page: number, size: input.limit }, json);
    return {
      ...parseItems(found.content, (raw) => toRecord(raw, context.config)),
      nextPage: found.last ? null : String(found.number + 1),
      total: found.totalElements,
    };
  },

  async details({ http, config }, externalId) {
    const path = `/api/v1/series/${encodeURIComponent(externalId)}`;
    const raw = await http.json({ path, headers: authorise(config, "") }, anything);
    return parseItem(raw, (each) => toRecord(each, config));
  },

  cover: ({ http, config }, url) => http.image({ path: url, headers: authorise(config, url) }),

  async files(context, { externalId }) {
    const json = { condition: { allOf: [{ seriesId: { operator: "is", value: externalId } }, IS_THERE] } };
    const query = { page: 0, size: FILES_MAX, sort: "metadata.numberSort,asc" };
    return (await list(context, "books", query, json)).content.flatMap(toFile);
  },

  download({ http, config }, input) {
    const path = `/api/v1/books/${encodeURIComponent(input.fileId)}/file`;
    return http.stream({ path, headers: authorise(config, "") }, input);
  },
});

type Query = Record<string, string | number | null>;

function list({ http, config }: AdapterContext, what: string, query: Query, json: unknown) {
  const path = `/api/v1/${what}/list`;
  return http.json({ method: "POST", path, query, headers: authorise(config, ""), json }, springPage);
}

/** To the server's own origin alone, wherever a cover's address may lead. */
function authorise(config: AdapterConfig, url: string): Record<string, string> {
  const key = config["api_key"] ?? "";
  if (key === "") return basicAuth(config, url);
  return url === "" || isOwnOrigin(config, url) ? { "X-API-Key": key } : {};
}

/** Komga tells what is in a file; people know a comic by its ending. */
function toFile(raw: unknown): WorkFile[] {
  const { data } = book.safeParse(raw);
  if (!data) return [];
  const { id, sizeBytes, media } = data;
  const mediaType = media?.mediaType || null;
  const ending = mediaType?.startsWith("application/zip") ? ".cbz" : mediaType?.includes("rar") ? ".cbr" : "";
  return [{ id, name: `${toLine(data.name) ?? id}${ending}`, mediaType, sizeBytes, language: null }];
}

function toRecord(raw: unknown, { baseUrl }: AdapterConfig): WorkRecord | null {
  const parsed = series.safeParse(raw);
  if (!parsed.success) return null;
  const { id, name, metadata, booksMetadata } = parsed.data;
  const others = metadata.alternateTitles.map(({ title }) => title);
  const titles = toTitles([metadata.title, name, ...others].map((each) => ({ text: each })));
  if (titles.length === 0) return null;
  const words = [...metadata.genres, ...metadata.tags];
  const language = toLanguageTag(metadata.language);
  const authors = booksMetadata?.authors.filter(({ role }) => AUTHOR_ROLE.test(role ?? "")) ?? [];
  // Komga knows how a series is read, not what it is.
  const usual = metadata.readingDirection === "RIGHT_TO_LEFT" ? "manga" : "unknown";
  return {
    externalId: id,
    titles,
    type: words.map(toType).find((type) => type !== "unknown") ?? usual,
    year: parseYear(booksMetadata?.releaseDate),
    status: toStatus(metadata.status),
    authors: toLines(authors.map((author) => author.name)),
    description: toDescription(metadata.summary || booksMetadata?.summary, { markdown: true }),
    coverUrl: `${baseUrl}/api/v1/series/${encodeURIComponent(id)}/thumbnail`,
    contentRating: toAgeRating(metadata.ageRating),
    tags: toLines(words),
    languages: language ? [language] : [],
    ids: listLinkedIds(metadata.links.map(({ url }) => url)),
    url: `${baseUrl}/series/${encodeURIComponent(id)}`,
  };
}
