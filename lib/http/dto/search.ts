import { z } from "zod";
import type { Viewer } from "@/lib/accounts/viewer-type";
import { OUTCOME_CLASSES } from "@/lib/providers/outcome";
import {
  CONTENT_RATINGS,
  ID_NAMESPACES,
  TITLE_KINDS,
  WORK_STATUSES,
  WORK_TYPES,
  type WorkType,
} from "@/lib/providers/work";
import { SEARCH_PROVIDER_STATES } from "@/lib/search/events";
import type { SearchAnswer } from "@/lib/search/search-answer";
import { toKinds } from "@/lib/search/search-kind";
import { QUERY_CHARS_MAX, SEARCH_PAGE_MAX, type SearchRequest } from "@/lib/search/search-request";
import { toWireCard, toWireProvider } from "@/lib/search/wire";

/** `a,b`, also repeated; each part must be one of the values. */
const listOf = <Part extends z.ZodType<string, string>>(part: Part) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [...new Set([given].flat().flatMap((text) => text.split(",")))].map((text) => text.trim()).filter(Boolean),
    )
    .pipe(z.array(part).max(50));
const flag = z.stringbool({ truthy: ["1", "true"], falsy: ["0", "false"] });

const common = {
  q: z.string().trim().min(1).max(QUERY_CHARS_MAX),
  providers: listOf(z.string()).optional().meta({
    description:
      "Ids with commas. When left out, by `type`: the catalogues, for movie and tv those of films, for subtitle and model those of such.",
  }),
  type: listOf(z.enum(WORK_TYPES)).optional(),
  language: listOf(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a BCP 47 tag such as en or pt-BR"))
    .optional()
    .meta({ description: "BCP 47: works that can be read in it." }),
  year: z.coerce.number().int().min(1000).max(2999).optional(),
  status: listOf(z.enum(WORK_STATUSES)).optional(),
  rating: listOf(z.enum(CONTENT_RATINGS)).optional().meta({ description: "Adult works stay hidden until turned on." }),
  page: z.coerce.number().int().min(1).max(SEARCH_PAGE_MAX).default(1),
  fresh: flag.optional().meta({ description: "1: pass by the cache." }),
};

export const searchStreamQuerySchema = z.object({
  ...common,
  retry: flag.optional().meta({
    description: "1 with a single provider: a person's retry, past the cache, and a trial for one that rests.",
  }),
});

export const searchQuerySchema = z.object({
  ...common,
  wait: z.coerce.number().int().min(0).max(60_000).optional().meta({
    description: "Milliseconds, at most the hard deadline, which is the default. Pending providers are then `waiting`.",
  }),
});

type SearchQuery = z.infer<typeof searchStreamQuerySchema> & { wait?: number | undefined };

export function toSearchRequest(
  query: SearchQuery,
  { viewer, requestId, signal }: { viewer: Viewer; requestId: string; signal: AbortSignal },
): SearchRequest {
  return {
    query: query.q,
    viewer,
    providers: query.providers && query.providers.length > 0 ? query.providers : null,
    filters: {
      types: query.type ?? [],
      languages: query.language ?? [],
      year: query.year ?? null,
      statuses: query.status ?? [],
      ratings: query.rating ?? [],
    },
    page: query.page,
    waitMs: query.wait ?? null,
    fresh: query.fresh ?? false,
    retry: query.retry ?? false,
    // What scripts look for is not what a person comes back to; and a query for subtitles is none for works.
    remember: viewer.credential.kind === "session" && isForWorks(query.type ?? []),
    requestId,
    signal,
  };
}

function isForWorks(types: readonly WorkType[]): boolean {
  return toKinds(types).includes("works");
}

const isoOrNull = z.iso.datetime().nullable();

const searchProviderSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(SEARCH_PROVIDER_STATES),
    ms: z.number().nullable(),
    count: z.number().nullable(),
    has_more: z.boolean(),
    cached: z.boolean(),
    age_ms: z.number().nullable(),
    error: z.object({ class: z.enum(OUTCOME_CLASSES), message: z.string() }).nullable(),
    reason: z.string().nullable(),
    retry_at: isoOrNull,
  })
  .meta({ id: "SearchProvider" });

const titleTextSchema = z.object({ text: z.string(), lang: z.string().nullable(), kind: z.enum(TITLE_KINDS) });

export const workFields = {
  id: z.string(),
  title: z.string(),
  titles: z.array(titleTextSchema),
  type: z.enum(WORK_TYPES),
  year: z.number().nullable(),
  status: z.enum(WORK_STATUSES),
  authors: z.array(z.string()),
  description: z.string().nullable(),
  cover_image: z.string().nullable(),
  content_rating: z.enum(CONTENT_RATINGS),
  tags: z.array(z.string()),
  languages: z.array(z.string()),
  is_favorite: z.boolean(),
  ids: z.partialRecord(z.enum(ID_NAMESPACES), z.string()),
};

const searchItemSchema = z
  .object({
    ...workFields,
    score: z.number(),
    sources: z.array(
      z.object({ provider_id: z.string(), external_id: z.string(), url: z.string().nullable(), rank: z.number() }),
    ),
    merged_because: z.array(z.object({ rule: z.string(), detail: z.string() })),
    maybe_same: z.array(z.string()),
  })
  .meta({ id: "SearchItem" });

export const searchAnswerSchema = z
  .object({
    query: z.string(),
    complete: z.boolean(),
    took_ms: z.number(),
    page: z.number(),
    providers: z.array(searchProviderSchema),
    items: z.array(searchItemSchema),
  })
  .meta({ id: "SearchAnswer" });

export function toSearchAnswer(answer: SearchAnswer): z.infer<typeof searchAnswerSchema> {
  return {
    query: answer.query,
    complete: answer.complete,
    took_ms: Math.round(answer.tookMs),
    page: answer.page,
    providers: answer.providers.map((provider) => {
      const { weight: _, ...shown } = toWireProvider(provider);
      return shown;
    }),
    items: answer.items.map(toWireCard),
  };
}
