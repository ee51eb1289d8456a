import { readFileSync } from "node:fs";
import type { GraphQLFormattedError } from "graphql";
import { buildSchema, execute, GraphQLError, parse, Source, validate } from "graphql";
import { z } from "zod";
import { coverPath, toMedia } from "./anilist-media";
import { findMedia, listMedia, type MediaArguments } from "./anilist-query";
import type { Reply } from "./reply";
import { replyHtml, replyJson } from "./reply";
import type { Call, Route } from "./route";
import type { Spelling, Upstream, UpstreamContext } from "./upstream";

const schema = buildSchema(readFileSync(new URL("anilist.graphql", import.meta.url), "utf8"));
const bodySchema = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

const DISABLED =
  "The AniList API has been temporarily disabled due to severe stability issues. Please check back later.";
const BUDGET_HEADERS = { "x-ratelimit-limit": "30", "x-ratelimit-remaining": "29" };
const ROOT = {
  Page: (paging: { page?: number; perPage?: number }, { shelf, cdnOrigin }: UpstreamContext) =>
    listMedia(shelf, paging, (work) => toMedia(work, cdnOrigin)),
  Media: (wanted: MediaArguments, { shelf, cdnOrigin }: UpstreamContext) =>
    toMedia(findMedia(shelf, wanted), cdnOrigin),
};
const COVER_WIDTHS = { large: 460, medium: 230, small: 100 } as const;

/** AniList's GraphQL API, the part about manga: https://docs.anilist.co. Covers, in truth on s4.anilist.co, lie beside it. */
export const aniList: Upstream = {
  id: "anilist",
  name: "AniList",
  basePath: "",
  spelling: spelling(),
  routes: [{ method: "POST", path: "/", handle: answerQuery }, coverRoute()],
};

function spelling(): Spelling {
  return {
    error: (status, message) =>
      status >= 500
        ? replyHtml(status, `<html><h1>${status} ${message}</h1></html>`)
        : replyErrors(status, [{ message }]),
    errorAsSuccess: () => ({ ...replyErrors(500, [{ message: "Internal Server Error" }]), status: 200 }),
    forbidden: () => replyErrors(403, [{ message: DISABLED }]),
    rateLimitHeaders: (after, until) => ({
      "x-ratelimit-limit": "30",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(until),
      "retry-after": String(after),
    }),
  };
}

type Problem = Pick<GraphQLFormattedError, "message"> & { locations?: unknown; validation?: unknown };

function replyErrors(status: number, errors: readonly Problem[], data: unknown = null): Reply {
  const located = errors.map((error) => ({ status, locations: [{ line: 1, column: 1 }], ...error }));
  return replyJson(status, { errors: located, data }, BUDGET_HEADERS);
}

async function answerQuery(call: Call, context: UpstreamContext): Promise<Reply> {
  if (!/^application\/json\b/i.test(call.headers["content-type"] ?? "")) {
    return replyErrors(400, [{ message: "No query or mutation provided. The body must be sent as application/json." }]);
  }
  const body = readBody(call.body);
  if (!body) {
    return replyErrors(400, [
      { message: "No query or mutation provided. Please view https://docs.anilist.co/guide/graphql/" },
    ]);
  }
  let document: ReturnType<typeof parse>;
  try {
    document = parse(new Source(body.query));
  } catch (error) {
    return replyErrors(400, [error instanceof GraphQLError ? error.toJSON() : { message: "Syntax Error" }]);
  }
  const problems = validate(schema, document);
  if (problems.length > 0)
    return replyErrors(
      400,
      problems.map((problem) => problem.toJSON()),
    );
  const result = await execute({
    schema,
    document,
    rootValue: ROOT,
    contextValue: context,
    variableValues: body.variables ?? {},
    operationName: body.operationName ?? null,
  });
  if (!result.errors) return replyJson(200, { data: result.data ?? null }, BUDGET_HEADERS);
  const [first] = result.errors;
  const { status = 400, validation } = (first?.extensions ?? {}) as { status?: number; validation?: unknown };
  const errors = result.errors.map((error) => ({
    message: error.message,
    locations: error.locations,
    ...(validation ? { validation } : {}),
  }));
  return replyErrors(status, errors, result.data ?? null);
}

function readBody(bytes: Uint8Array): z.infer<typeof bodySchema> | null {
  try {
    return bodySchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch {
    return null;
  }
}

/** The size in the path is one step below the name in the answer, as on the real host. */
function coverRoute(): Route<UpstreamContext> {
  return {
    method: "GET",
    path: "/file/anilistcdn/media/manga/cover/:size/:fileName",
    static: true,
    handle(call, { shelf, paint }) {
      const size = (["large", "medium", "small"] as const).find((candidate) => candidate === call.params.size);
      const work = shelf.works.find((candidate) => coverPath(candidate, size ?? "large") === call.path);
      if (!work || !size) return replyHtml(404, "<html><h1>404 Not Found</h1></html>");
      return paint(work, { width: COVER_WIDTHS[size], format: call.path.endsWith(".png") ? "png" : "jpeg" });
    },
  };
}
