import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { ProviderError } from "./outcome";

/** What one answer may weigh, packed and unpacked. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export const ACCEPT_ENCODING = "gzip, br";

const DECODERS = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
} as const;

type Answer = Pick<Dispatcher.ResponseData, "body" | "headers">;

/** The whole body, unpacked. Throws `contract` beyond the cap and for a packing that cannot be undone; passes on what the connection throws. */
export async function readBody({ body, headers }: Answer): Promise<Uint8Array> {
  const length = Number(headers["content-length"] ?? Number.NaN);
  if (length > MAX_BODY_BYTES) {
    discardBody(body);
    throw tooLarge();
  }
  const bytes = Number.isNaN(length) ? await readCapped(body) : await body.bytes();
  const encoding = String(headers["content-encoding"] ?? "identity").toLowerCase();
  return encoding === "identity" ? bytes : decode(bytes, encoding);
}

/** Gives up on a body without waiting for it. */
export function discardBody(body: Answer["body"]): void {
  // A destroyed body reports its own end as an error, which nobody is waiting for.
  body.on("error", () => {});
  body.destroy();
}

async function readCapped(body: Answer["body"]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function decode(bytes: Uint8Array, encoding: string): Promise<Uint8Array> {
  const decoder = isKnown(encoding) ? DECODERS[encoding] : null;
  if (!decoder) throw contract("The answer is packed in a way that was not asked for.");
  try {
    return await decoder(bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge();
    throw contract("The packed answer is damaged or cut off.", cause);
  }
}

function isKnown(encoding: string): encoding is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, encoding);
}

function tooLarge(): ProviderError {
  return contract("The answer is larger than 10 MiB.");
}

function contract(message: string, cause?: unknown): ProviderError {
  return new ProviderError({ class: "contract", message }, cause);
}
