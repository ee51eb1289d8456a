import type { IncomingHttpHeaders } from "node:http";
import { buildUrl } from "./build-url";
import type { CallEnd } from "./deadline";
import { exchange, type OpenSink } from "./exchange";
import { ProviderError } from "./outcome";
import type { HttpRequest, Operation, Provider } from "./provider";
import type { Transport } from "./transport";
import { isTrustedHost, mayBePrivate, refusalClass } from "./trusted-host";
import { ACCEPT_ENCODING, unpackBody } from "./unpack-body";

export interface SendOptions {
  transport: Transport;
  provider: Provider;
  operation: Operation;
  /** Ends headers and body alike. */
  end: CallEnd;
  userAgent: string;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  bytes: Uint8Array;
  url: URL;
}

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What a host other than the base URL's may see of a request: nothing that could be a credential. */
const PUBLIC_HEADERS: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "accept-encoding",
  "user-agent",
  "range",
  "if-range",
]);

/**
 * One request with its redirects, up to the last byte of the answer. `accept` is what it asks for unless the adapter says otherwise. Redirects stay at the base URL's origin or go to hosts that the
 * adapter trusts, without its headers. Throws `ProviderError` for refusals, and what the connection throws as it is. A body that `openSink`
 * takes is not part of the answer.
 */
export async function sendRequest(
  request: HttpRequest,
  accept: string,
  options: SendOptions,
  openSink?: OpenSink,
): Promise<RawAnswer> {
  const { provider, operation, end } = options;
  const base = new URL(provider.config.baseUrl);
  let url = buildUrl(base, request);
  let method = request.method ?? "GET";
  if (!isTrustedHost(url, base, provider.adapter))
    throw refused(operation, `It named a host that is not its own: ${url.host}.`);
  for (let redirects = 0; ; redirects++) {
    const isOwn = url.origin === base.origin;
    const body = method === "POST" && isOwn && request.json !== undefined ? JSON.stringify(request.json) : null;
    const { status, headers, bytes } = await exchange(
      options.transport.dispatcher({ allowPrivate: mayBePrivate(url, base, provider.adapter) }),
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers: toHeaders(request, { accept, userAgent: options.userAgent, isOwn, hasBody: body !== null }),
        body,
      },
      end,
      openSink,
    );
    const next = REDIRECTS.has(status) ? findLocation(headers, url) : null;
    if (!next) return { status, headers: flatten(headers), bytes: await unpackBody(bytes, headers), url };
    if (redirects === MAX_REDIRECTS) throw refused(operation, `Redirected more than ${MAX_REDIRECTS} times.`);
    const isElsewhere = next.origin !== url.origin && next.origin !== base.origin;
    if (isElsewhere && (next.hostname === base.hostname || !isTrustedHost(next, base, provider.adapter))) {
      throw refused(operation, `Redirected to another host: ${next.origin}.`);
    }
    if (status === 303) method = "GET";
    url = next;
  }
}

function findLocation(headers: IncomingHttpHeaders, from: URL): URL | null {
  // A list when it was sent twice.
  const [location] = [headers.location ?? []].flat();
  if (!location) return null;
  const url = new URL(location, from);
  return url.protocol === "http:" || url.protocol === "https:" ? url : null;
}

function toHeaders(
  { headers }: HttpRequest,
  given: { accept: string; userAgent: string; isOwn: boolean; hasBody: boolean },
): Record<string, string> {
  const all: Record<string, string> = { accept: given.accept, "accept-encoding": ACCEPT_ENCODING };
  for (const [name, value] of Object.entries(headers ?? {})) {
    const lower = name.toLowerCase();
    if (given.isOwn || PUBLIC_HEADERS.has(lower)) all[lower] = value;
  }
  all["user-agent"] = given.userAgent;
  if (given.hasBody) all["content-type"] ??= "application/json";
  return all;
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

function refused(operation: Operation, message: string): ProviderError {
  return new ProviderError({ class: refusalClass(operation), message });
}
