import type { z } from "zod";
import { isHtml } from "./challenge";
import { classifyAnswer } from "./classify";
import { classifyError, describeMismatch } from "./classify-error";
import type { OpenSink } from "./exchange";
import { openFile, toFileRequest } from "./file-stream";
import { findImageType } from "./image-type";
import { AddressRefusedError } from "./network-guard";
import { ProviderError } from "./outcome";
import type { AnswerEvidence, HttpClient, HttpRequest } from "./provider";
import { type RawAnswer, type SendOptions, sendRequest } from "./send-request";
import { refusalClass } from "./trusted-host";

const BYTE_ORDER_MARK = 0xfeff;

export interface HttpClientOptions extends SendOptions {
  /** Epoch milliseconds. */
  clock: () => number;
  /** Awaited before each request but its redirects: the provider's rate limit. */
  beforeRequest?: () => Promise<void> | void;
  /** Told the status of each answer. */
  onAnswer?: (status: number) => void;
}

/** The client of one call: every request of it ends with the call, and every failure is a `ProviderError`. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return {
    async json(request, schema) {
      const { evidence } = await ask(request, "application/json", options);
      return parseJson(evidence, schema);
    },
    async text(request) {
      const { answer, evidence } = await ask(request, "*/*", options);
      const contentType = answer.headers["content-type"] ?? "";
      return { status: answer.status, contentType, text: evidence.text, url: answer.url.href };
    },
    async image(request) {
      const { answer } = await ask(request, "image/avif,image/webp,image/*;q=0.8", options);
      const contentType = findImageType(answer.bytes);
      if (!contentType) throw contract("What came back is no picture.", answer.status);
      return { contentType, bytes: answer.bytes };
    },
    async stream(request, limits) {
      const file = openFile(limits, options.provider.timeoutMs);
      const { answer } = await ask(toFileRequest(request, limits), "*/*", options, file.openSink);
      return file.stream() ?? fail(contract("Answered with something else instead of a file.", answer.status));
    },
  };
}

/** `Yagura/<version> (+<contact URL>)`: honest, as several providers ask for. */
export function toUserAgent(version: string, contactUrl: string): string {
  return `Yagura/${version} (+${contactUrl})`;
}

async function ask(request: HttpRequest, accept: string, options: HttpClientOptions, openSink?: OpenSink) {
  await options.beforeRequest?.();
  const answer = await send(request, accept, options, openSink);
  options.onAnswer?.(answer.status);
  const evidence = toEvidence(answer, options);
  const { judge } = options.provider.adapter;
  const failure = classifyAnswer(evidence, {
    now: options.clock(),
    accept: request.accept ?? [],
    // Called on the adapter, so that an adapter's judge may use its own parts.
    ...(judge && { judge: (seen) => judge.call(options.provider.adapter, seen) }),
  });
  if (failure) throw new ProviderError(failure);
  return { answer, evidence };
}

async function send(
  request: HttpRequest,
  accept: string,
  options: HttpClientOptions,
  openSink: OpenSink | undefined,
): Promise<RawAnswer> {
  try {
    return await sendRequest(request, accept, options, openSink);
  } catch (error) {
    const { end, operation } = options;
    if (end.reason) throw end.reason;
    if (error instanceof AddressRefusedError) {
      const message = "Its host lies at a private address that no administrator has allowed.";
      throw new ProviderError({ class: refusalClass(operation), message }, error);
    }
    const failure = classifyError(error);
    throw failure && !(error instanceof ProviderError) ? new ProviderError(failure, error) : error;
  }
}

function toEvidence({ status, headers, bytes }: RawAnswer, { operation }: HttpClientOptions): AnswerEvidence {
  const type = headers["content-type"] ?? "";
  const isBinary = /^(image|audio|video|font)\/(?!svg)/i.test(type);
  const text = isBinary ? "" : decodeText(bytes, type);
  return { status, headers, text, json: isJsonType(type) ? tryParse(text) : undefined, operation };
}

/** Providers name JSON in many ways, or not at all. */
function isJsonType(type: string): boolean {
  return type === "" || /^(application|text)\/([\w.-]+\+)?json\b/i.test(type);
}

function parseJson<Schema extends z.ZodType>({ json, headers, text, status }: AnswerEvidence, schema: Schema) {
  if (json === undefined) {
    if (isHtml({ headers, text })) throw contract("Answered with a web page instead of data.", status);
    const isCutOff = isJsonType(headers["content-type"] ?? "");
    throw contract(isCutOff ? "The answer is damaged or cut off." : "The answer is not JSON.", status);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw contract(describeMismatch(parsed.error), status);
  return parsed.data;
}

function decodeText(bytes: Uint8Array, type: string): string {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1];
  if (!charset || /^utf-?8$/i.test(charset)) return decodeUtf8(bytes);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows.
    return decodeUtf8(bytes);
  }
}

/** As TextDecoder does it, which takes several times as long for short answers. */
function decodeUtf8({ buffer, byteOffset, byteLength }: Uint8Array): string {
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fail(error: ProviderError): never {
  throw error;
}

function contract(message: string, httpStatus: number): ProviderError {
  return new ProviderError({ class: "contract", message, httpStatus });
}
