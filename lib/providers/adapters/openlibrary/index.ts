import { z } from "zod";
import { isHtml } from "@/lib/providers/challenge";
import { toCrossIds } from "@/lib/providers/ids";
import { toLanguageTag } from "@/lib/providers/language";
import { ProviderError } from "@/lib/providers/outcome";
import { nextOffset, toOffset } from "@/lib/providers/paging";
import { parseItem, parseItems } from "@/lib/providers/parse-items";
import type {
  AdapterConfig,
  AdapterContext,
  AnswerEvidence,
  ProviderAdapter,
  SearchInput,
  SearchPage,
  Verdict,
} from "@/lib/providers/provider";
import { expectHit, publicCatalogue } from "@/lib/providers/public-catalogue";
import { toDescription, toLine, toLines } from "@/lib/providers/text";
import { toTitles } from "@/lib/providers/titles";
import { anything, listOf, maybe } from "@/lib/providers/tolerant";
import type { WorkRecord, WorkType } from "@/lib/providers/work";
import { parseYear } from "@/lib/providers/year";

const DEFAULT_BASE_URL = "https://openlibrary.org";
const COVERS_URL = "https://covers.openlibrary.org";
const PAGE_SIZE_MAX = 100;
const CANARY = "Pride and Prejudice";
const FIELDS = "key,title,alternative_title,author_name,first_publish_year,language,subject,cover_i" satisfies string;
/** Subjects come from librarians, sellers and machines alike: lists of prizes, shelf marks, sentences. */
const NO_SUBJECT = /[:=;]| -- |\d{3}|^(?:accessible book|large type books|protected daisy|in library|fiction)$/i;
const SUBJECT_CHARS_MAX = 40;
const SUBJECTS_MAX = 20;

const doc = z.object({
  key: z.string().regex(/OL\d+W$/),
  title: z.string(),
  alternative_title: listOf(z.string()),
  author_name: listOf(z.string()),
  first_publish_year: anything,
  language: listOf(z.string()),
  subject: listOf(z.string()),
  cover_i: maybe(z.int().positive()),
});
const found = z.object({ docs: z.array(z.unknown()), numFound: maybe(z.int().nonnegative()) });
const workPage = z.object({
  key: anything,
  title: maybe(z.string()),
  type: maybe(z.object({ key: z.string() })),
  /** Of a record that was joined to another. */
  location: maybe(z.string()),
  description: maybe(z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])),
  covers: listOf(z.int()),
  subjects: listOf(z.string()),
});

/** https://openlibrary.org/developers/api: no key; one request a second, three for programs that say who they are. Answers take seconds. */
export const openlibrary: ProviderAdapter = publicCatalogue({
  id: "openlibrary",
  name: "Open Library",
  defaultBaseUrl: DEFAULT_BASE_URL,
  timeoutMs: 15_000,
  rate: { calls: 1, intervalMs: 1000 },
  trustedHosts: ["covers.openlibrary.org", "archive.org", "*.archive.org"],
  judge,
  search,

  async check({ http }) {
    await http.json({ path: "/search.json", query: { q: "a", limit: 1, fields: "key" } }, found);
  },

  async canary(context) {
    expectHit(await search(context, { text: CANARY, page: null, limit: 10, adult: true }), CANARY);
  },

  /** The work's own page has the description but authors as keys only; the search index has their names. */
  async details(context, externalId) {
    const page = await readWork(context, externalId);
    const query = { q: `key:/works/${toOlid(page.key) ?? externalId}`, limit: 1, fields: FIELDS };
    const { docs } = await context.http.json({ path: "/search.json", query }, found);
    const own = { key: `/works/${externalId}`, title: page.title, subject: page.subjects, cover_i: page.covers[0] };
    const record = parseItem({ ...own, ...Object(docs[0]) }, toRecordWith(context.config));
    return { ...record, externalId, description: toDescription(page.description, { markdown: true }) };
  },
});

async function search({ http, config }: AdapterContext, input: SearchInput): Promise<SearchPage> {
  const offset = toOffset(input.page);
  const limit = Math.min(input.limit, PAGE_SIZE_MAX);
  const query = { q: input.text, fields: FIELDS, limit, offset };
  const { docs, numFound: total } = await http.json({ path: "/search.json", query }, found);
  const nextPage = nextOffset({ offset, limit, received: docs.length, total });
  return { ...parseItems(docs, toRecordWith(config)), nextPage, total };
}

/** Follows one hop from a work that was joined to another; one that was deleted is not there. */
async function readWork({ http }: AdapterContext, id: string) {
  const read = (olid: string) => http.json({ path: `/works/${encodeURIComponent(olid)}.json` }, workPage);
  const page = await read(id);
  const moved = page.type?.key === "/type/redirect" ? toOlid(page.location) : null;
  const current = moved ? await read(moved) : page;
  if (current.type?.key !== "/type/delete" && current.type?.key !== "/type/redirect") return current;
  throw new ProviderError({ class: "client", message: "The work was deleted there." });
}

/** It knows no credentials: who is refused asked too much or did not say who they are. An error may come with 200. */
function judge({ status, headers, text, json }: AnswerEvidence): Verdict | null {
  if (status === 403 && !isHtml({ headers, text })) return { class: "blocked" };
  if (status < 200 || status >= 300 || typeof json !== "object" || json === null || !("error" in json)) return null;
  const said = toLine(json.error);
  return said && !("docs" in json) ? { class: "contract", message: `It says: ${said.slice(0, 200)}` } : null;
}

function toRecordWith(config: AdapterConfig): (item: unknown) => WorkRecord | null {
  const covers = config.baseUrl === DEFAULT_BASE_URL ? COVERS_URL : new URL(config.baseUrl).origin;
  return (item) => {
    const parsed = doc.safeParse(item);
    if (!parsed.success) return null;
    const { key, title, subject, cover_i: cover, ...work } = parsed.data;
    const id = toOlid(key) ?? key;
    const titles = toTitles([title, ...work.alternative_title].map((text) => ({ text })));
    if (titles.length === 0) return null;
    const tags = subject.filter((text) => text.length <= SUBJECT_CHARS_MAX && !NO_SUBJECT.test(text));
    return {
      externalId: id,
      titles,
      type: toType(subject),
      year: parseYear(work.first_publish_year),
      status: "unknown",
      authors: toLines(work.author_name),
      description: null,
      coverUrl: cover === null ? null : `${covers}/b/id/${cover}-L.jpg?default=false`,
      contentRating: "unknown",
      tags: toLines(tags, SUBJECTS_MAX),
      languages: toLines(work.language.filter((code) => code !== "und").map(toLanguageTag)),
      ids: toCrossIds({ ol: id }),
      url: `https://openlibrary.org/works/${id}`,
    };
  };
}

function toOlid(text: unknown): string | null {
  return toCrossIds({ ol: text }).ol ?? null;
}

function toType(subjects: readonly string[]): WorkType {
  if (subjects.some((subject) => /^manga\b/i.test(subject))) return "manga";
  if (subjects.some((subject) => /^(?:comic books|graphic novels)/i.test(subject))) return "comic";
  return subjects.some((subject) => /^light novels?$/i.test(subject)) ? "novel" : "book";
}
