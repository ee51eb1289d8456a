import type { IncomingMessage } from "node:http";
import type { Call } from "./route";

const LARGEST_BODY_BYTES = 1024 * 1024;

/** Reads a request whole; one that is too large breaks off. */
export async function readCall(request: IncomingMessage, origin: string): Promise<Call> {
  const url = new URL(request.url ?? "/", origin);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new Error("The request's body is too large");
    chunks.push(chunk);
  }
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    params: {},
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
    origin,
  };
}
