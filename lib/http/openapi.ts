import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { RouteDefinition } from "./route";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** A route's module, by what it exports: handlers made by `route()` carry their definition, others are not described. */
export type RouteModule = Readonly<Record<string, unknown>>;

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string(), code: z.string() })).optional(),
  })
  .meta({
    id: "Problem",
    description: "RFC 9457. `pointer`: a JSON pointer into the body, or `?` and a parameter's name.",
  });

/** The OpenAPI 3.1 document of the given routes, by path below /api/v1, from the schemas that they validate with. */
export function toOpenApiDocument(routes: Readonly<Record<string, RouteModule>>, version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const [path, module] of Object.entries(routes)) {
    const operations: Record<string, ZodOpenApiOperationObject> = {};
    for (const method of METHODS) {
      const definition = findDefinition(module[method]);
      if (definition) operations[method.toLowerCase()] = toOperation(definition, method, path);
    }
    paths[path] = operations;
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Yagura", version, description: "Sign in with a session cookie, or send an API key." },
    servers: [{ url: "/api/v1" }],
    security: [{ session: [] }, { key: [] }, { bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
        key: { type: "apiKey", in: "header", name: "X-Api-Key" },
        bearer: { type: "http", scheme: "bearer" },
      },
    },
  });
}

export function findDefinition(handler: unknown): RouteDefinition | null {
  if (typeof handler !== "function" || !("definition" in handler)) return null;
  // Safe because only `route()` puts a definition on a function.
  return handler.definition as RouteDefinition;
}

function toOperation(definition: RouteDefinition, method: string, path: string): ZodOpenApiOperationObject {
  const { access, scope, params, query, body, response, produces } = definition;
  const status = definition.status ?? 200;
  const mediaType = produces ?? "application/json";
  const who = { public: "Open to all.", user: "For signed-in users.", admin: "For admins." }[access];
  const needs = scope ? ` A key needs the scope \`${scope}\`.` : "";
  return {
    operationId: toOperationId(method, path),
    summary: definition.summary,
    description: [definition.description, who + needs].filter(Boolean).join("\n\n"),
    tags: [definition.tag],
    ...(access === "public" && { security: [] }),
    ...((params || query) && { requestParams: { ...(params && { path: params }), ...(query && { query }) } }),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { "application/json": { schema: body } },
      },
    }),
    responses: {
      [`${status}` as "200"]: {
        description: status === 204 ? "Done." : "The answer.",
        ...(status !== 204 &&
          (response || produces) && { content: { [mediaType]: { schema: response ?? z.string() } } }),
      },
      default: { description: "A problem.", content: { "application/problem+json": { schema: problemSchema } } },
    },
  };
}

/** `PATCH /users/{id}` → `patchUsersById` */
function toOperationId(method: string, path: string): string {
  const words = path
    .split("/")
    .filter(Boolean)
    .map((part) => (part.startsWith("{") ? `by-${part.slice(1, -1)}` : part));
  const camel = words
    .join("-")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + camel.join("");
}
