import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { ProviderError } from "./outcome";

/** What one answer may weigh, packed and unpacked. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

export const ACCEPT_ENCODING = "gzip, br";

const DECODERS = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
} as const;

/** The body unpacked. Throws `contract` beyond the cap and for a packing that cannot be undone. */
export async function unpackBody(bytes: Buffer, headers: IncomingHttpHeaders): Promise<Uint8Array> {
  const encoding = headers["content-encoding"]?.toLowerCase() ?? "identity";
  return encoding === "identity" ? bytes : decode(bytes, encoding);
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

export function tooLarge(): ProviderError {
  return contract("The answer is larger than 10 MiB.");
}

function contract(message: string, cause?: unknown): ProviderError {
  return new ProviderError({ class: "contract", message }, cause);
}
