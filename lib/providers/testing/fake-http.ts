import { buildUrl } from "@/lib/providers/build-url";
import { toFileRequest } from "@/lib/providers/file-stream";
import { ProviderError } from "@/lib/providers/outcome";
import type { HttpClient, HttpRequest } from "@/lib/providers/provider";

/** An answer for requests whose "METHOD url" matches; the first that matches is taken. A text is sent as it is, anything else as JSON. */
export interface FakeAnswer {
  to: RegExp;
  status?: number;
  contentType?: string;
  body: unknown;
}

export interface SentRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  json: unknown;
}

export interface FakeHttp {
  http: HttpClient;
  sent: SentRequest[];
}

/** The HTTP client without HTTP: same errors for statuses, aborts and bodies that do not fit, and a list of what was asked. */
export function createFakeHttp(baseUrl: string, answers: readonly FakeAnswer[], signal: AbortSignal): FakeHttp {
  const sent: SentRequest[] = [];
  const ask = async (request: HttpRequest) => {
    const url = buildUrl(baseUrl, request).href;
    const method = request.method ?? "GET";
    sent.push({ method, url, headers: request.headers ?? {}, json: request.json });
    if (signal.aborted) throw new ProviderError({ class: "cancelled", message: "Cancelled." });
    const answer = answers.find(({ to }) => to.test(`${method} ${url}`));
    if (!answer) throw new Error(`The fixtures have no answer to ${method} ${url}`);
    const { status = 200, contentType = "application/json", body } = answer;
    if (status >= 300 && !request.accept?.includes(status)) {
      throw new ProviderError({ class: toClass(status), message: `Status ${status}.`, httpStatus: status });
    }
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return { status, contentType, url, text: text ?? "" };
  };
  const http: HttpClient = {
    async json(request, schema) {
      const parsed = schema.safeParse(parseJson((await ask(request)).text));
      if (!parsed.success) throw new ProviderError({ class: "contract", message: "Another shape than expected." });
      return parsed.data;
    },
    text: ask,
    async image(request) {
      const { contentType, text } = await ask(request);
      return { contentType, bytes: new TextEncoder().encode(text) };
    },
    async stream(request, limits) {
      const { contentType, text } = await ask(toFileRequest(request, limits));
      if (/html|json/.test(contentType)) throw new ProviderError({ class: "contract", message: "No file." });
      const bytes = new TextEncoder().encode(text);
      return {
        status: 200,
        contentType,
        length: bytes.length,
        contentRange: null,
        acceptsRanges: false,
        etag: null,
        lastModified: null,
        fileName: null,
        body: new ReadableStream({
          start(controller) {
            controller.enqueue(bytes);
            controller.close();
          },
        }),
        ended: Promise.resolve(null),
      };
    },
  };
  return { http, sent };
}

function toClass(status: number) {
  if (status === 401 || status === 403) return "auth";
  return status >= 500 ? "http_5xx" : "client";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderError({ class: "contract", message: "No JSON." }, error);
  }
}
