import { createHash } from "node:crypto";
import type { SourceKey } from "@/lib/db/titles";

const SOURCE_LENGTH = 8;
const FILE_LENGTH = 22;

/**
 * The name by which people ask for a file: the same for ever, and telling nothing of the upstream's own, which may be an address with a
 * key in it. It opens nothing by itself: a file is looked up by it in its source's list.
 */
export function mintFileId(source: SourceKey, fileId: string): string {
  return mintSourceTag(source) + digest([source.providerId, source.externalId, fileId]).slice(0, FILE_LENGTH);
}

/** How all ids of a source's files begin. */
export function mintSourceTag({ providerId, externalId }: SourceKey): string {
  return digest([providerId, externalId]).slice(0, SOURCE_LENGTH);
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
