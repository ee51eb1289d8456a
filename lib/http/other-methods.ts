import { methodNotAllowedResponse } from "./problem";
import { toRequestId } from "./request-id";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];
type Handler = (request: Request) => Promise<Response>;

/**
 * Handlers for the methods that a route does not have, since Next's own 405 has neither `Allow` nor a body:
 * `export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });`
 */
export function otherMethods(own: Partial<Record<Method, unknown>>): Record<Method, Handler> {
  const allow = METHODS.filter(
    (method) => method in own || method === "OPTIONS" || (method === "HEAD" && "GET" in own),
  );
  const refuse: Handler = async (request) =>
    methodNotAllowedResponse(allow.join(", "), {
      instance: new URL(request.url).pathname,
      requestId: toRequestId(request.headers),
    });
  const answerOptions: Handler = async () => new Response(null, { status: 204, headers: { Allow: allow.join(", ") } });
  return {
    GET: refuse,
    HEAD: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: answerOptions,
  };
}
