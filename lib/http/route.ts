import "server-only";
import type { Logger } from "pino";
import { z } from "zod";
import { authenticateRequest } from "@/lib/accounts/authenticate-request";
import { assertAllowed } from "@/lib/accounts/permissions";
import type { Scope, Viewer } from "@/lib/accounts/viewer-type";
import { AppError } from "@/lib/errors";
import { toClientAddress } from "./client-address";
import { type EdgeContext, getEdgeContext } from "./edge-context";
import { toFieldErrors } from "./field-errors";
import { countKeyRequest } from "./key-limit";
import { findPageInfo, toLinkHeader } from "./paged";
import { problemResponse } from "./problem";
import { BODY_BYTES_MAX, readJson } from "./read-body";
import { isReply, type Reply } from "./reply";
import { toRequestId } from "./request-id";
import { isSafeMethod, isSameOrigin } from "./same-origin";

type Empty = z.ZodObject<Record<never, never>>;

export interface RouteDefinition<
  Access extends "public" | "user" | "admin" = "public" | "user" | "admin",
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> {
  access: Access;
  /** What a key needs; without it a key limited to scopes may only read. */
  scope?: Scope;
  summary: string;
  tag: string;
  description?: string;
  params?: Params;
  /** Unknown parameters are refused, with or without this schema. */
  query?: Query;
  /** JSON. A schema that takes undefined makes the body optional. Leave it out to read `request` in the handler. */
  body?: Body;
  bodyBytesMax?: number;
  response?: z.ZodType;
  /** Of a plain value; 200 by default, 204 when the handler returns undefined. */
  status?: number;
  /** The answer's media type for the OpenAPI document; application/json by default. */
  produces?: string;
}

export interface RouteInput<
  Access extends "public" | "user" | "admin",
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
> {
  viewer: Access extends "public" ? Viewer | null : Viewer;
  params: z.infer<Params>;
  query: z.infer<Query>;
  body: z.infer<Body>;
  request: Request;
  requestId: string;
  /** Aborted when the client leaves. */
  signal: AbortSignal;
  /** The client's address, "unknown" at worst. */
  address: string;
  log: Logger;
}

export type RouteHandler = ((
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>) & { definition: RouteDefinition };

/**
 * A route handler: who asks (401), may they (403, before body and existence), is the input good (400 with pointers), then the
 * handler. It returns a value for JSON, `undefined` for 204, `reply()`, `paged()` or a Response; it refuses by throwing AppError.
 * Anything else thrown is logged and answered with 500 and the request id.
 */
export function route<
  const Access extends "public" | "user" | "admin",
  Params extends z.ZodObject = Empty,
  Query extends z.ZodObject = Empty,
  Body extends z.ZodType = z.ZodUndefined,
>(
  definition: RouteDefinition<Access, Params, Query, Body>,
  handle: (input: RouteInput<Access, Params, Query, Body>) => unknown,
): RouteHandler {
  const querySchema = (definition.query ?? z.object({})).strict();

  const handler = async (
    request: Request,
    context: { params: Promise<Record<string, string | string[] | undefined>> },
  ): Promise<Response> => {
    const edge = getEdgeContext();
    const url = new URL(request.url);
    const requestId = toRequestId(request.headers);
    const log = edge.log.child({ request_id: requestId });
    try {
      const viewer = await admit(request, definition, edge);
      const query = parseQuery(querySchema, url.searchParams);
      const body = definition.body ? await parseBody(definition.body, request, definition.bodyBytesMax) : undefined;
      const params = parseParams(definition.params, await context.params);
      // Safe because `admit` returns null only where access is public, and each part was parsed by the schema it is typed by.
      const input = {
        viewer,
        params,
        query,
        body,
        request,
        requestId,
        signal: request.signal,
        address: toClientAddress(request.headers, edge.env.TRUSTED_PROXIES),
        log,
      } as RouteInput<Access, Params, Query, Body>;
      return finish(await handle(input), { definition, url, requestId });
    } catch (error) {
      if (!(error instanceof AppError) && !request.signal.aborted) {
        log.error(
          { event: "request.failed", err: error, method: request.method, path: url.pathname },
          "a request failed",
        );
      }
      return problemResponse(error, { instance: url.pathname, requestId });
    }
  };
  return Object.assign(handler, { definition });
}

async function admit(request: Request, definition: RouteDefinition, edge: EdgeContext): Promise<Viewer | null> {
  const viewer = await authenticateRequest(request.headers, edge);
  if (definition.access !== "public") {
    if (!viewer) throw new AppError("unauthenticated", "Sign in, or send a valid API key.");
    const readsOnly = isSafeMethod(request.method);
    assertAllowed(viewer, {
      access: definition.access,
      readsOnly,
      ...(definition.scope && { scope: definition.scope }),
    });
  }
  if (viewer?.credential.kind === "key") {
    await countKeyRequest(viewer.credential.keyId);
    return viewer;
  }
  const rules = { trustedProxies: edge.env.TRUSTED_PROXIES, publicUrl: edge.env.NEXTAUTH_URL };
  if (!isSafeMethod(request.method) && !isSameOrigin(request.headers, rules)) {
    throw new AppError("forbidden", "The request comes from another site.");
  }
  return viewer;
}

function parseQuery(schema: z.ZodObject, search: URLSearchParams): unknown {
  const values = new Map<string, string | string[]>();
  for (const name of new Set(search.keys())) {
    const all = search.getAll(name);
    values.set(name, all.length === 1 && all[0] !== undefined ? all[0] : all);
  }
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  throw invalid("The query has bad parameters.", toFieldErrors(parsed.error.issues, "query"));
}

async function parseBody(schema: z.ZodType, request: Request, bytesMax: number = BODY_BYTES_MAX): Promise<unknown> {
  const parsed = schema.safeParse(await readJson(request, bytesMax));
  if (parsed.success) return parsed.data;
  throw invalid("The body has bad fields.", toFieldErrors(parsed.error.issues, "body"));
}

function parseParams(schema: z.ZodObject | undefined, params: unknown): unknown {
  if (!schema) return params;
  const parsed = schema.safeParse(params);
  // A malformed id is the id of nothing.
  if (!parsed.success) throw new AppError("not_found", "There is nothing at this address.");
  return parsed.data;
}

function invalid(message: string, errors: ReturnType<typeof toFieldErrors>): AppError {
  return new AppError("bad_request", message, { errors });
}

function finish(value: unknown, at: { definition: RouteDefinition; url: URL; requestId: string }): Response {
  const response = toResponse(value, at);
  response.headers.set("X-Request-Id", at.requestId);
  response.headers.set("X-Content-Type-Options", "nosniff");
  if (!response.headers.has("Cache-Control")) {
    response.headers.set("Cache-Control", at.definition.access === "public" ? "no-cache" : "private, no-store");
  }
  return response;
}

function toResponse(value: unknown, { definition, url }: { definition: RouteDefinition; url: URL }): Response {
  // Copied, because the headers of some responses (redirects, fetched ones) cannot be added to.
  if (value instanceof Response) return new Response(value.body, { status: value.status, headers: value.headers });
  if (isReply(value)) return replyToResponse(value, definition, url);
  if (value === undefined) return new Response(null, { status: 204 });
  return Response.json(value, { status: definition.status ?? 200 });
}

function replyToResponse(value: Reply, definition: RouteDefinition, url: URL): Response {
  const { headers, body } = value;
  const page = findPageInfo(value);
  if (page) headers.set("Link", toLinkHeader(url, page));
  const status = value.status ?? definition.status ?? (body === undefined ? 204 : 200);
  return body === undefined ? new Response(null, { status, headers }) : Response.json(body, { status, headers });
}
