import { AppError } from "@/lib/errors";

export const BODY_BYTES_MAX = 1024 * 1024;

/** The body as text. AppError too_large as soon as more than `bytesMax` have come, whatever Content-Length said. */
export async function readBody(request: Request, bytesMax: number = BODY_BYTES_MAX): Promise<string> {
  return new TextDecoder().decode(await readBodyBytes(request, bytesMax));
}

/** The same in bytes, for uploads. */
export async function readBodyBytes(request: Request, bytesMax: number = BODY_BYTES_MAX): Promise<Uint8Array> {
  const refused = () => new AppError("too_large", `The body may have at most ${bytesMax} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw refused();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw refused();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body parsed as JSON; undefined when there is none. AppError unsupported_type, too_large or bad_request. */
export async function readJson(request: Request, bytesMax: number = BODY_BYTES_MAX): Promise<unknown> {
  const text = await readBody(request, bytesMax);
  if (text === "") return undefined;
  if (!isJson(request.headers.get("content-type"))) {
    throw new AppError("unsupported_type", "The body must be JSON: Content-Type: application/json.");
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const errors = [{ pointer: "", message: "This is not valid JSON.", code: "invalid_json" }];
    throw new AppError("bad_request", "The body is not valid JSON.", { errors, cause });
  }
}

function isJson(contentType: string | null): boolean {
  const mediaType = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return mediaType === "application/json" || /^application\/[\w.-]+\+json$/.test(mediaType);
}
