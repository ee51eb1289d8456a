import { z } from "zod";
import {
  CONTENT_RATINGS,
  ID_NAMESPACES,
  TITLE_KINDS,
  WORK_STATUSES,
  WORK_TYPES,
  type WorkRecord,
} from "@/lib/providers/work";

const texts = z.array(z.string()).catch([]);
const optionalText = z.string().nullable().catch(null);

/** Also what an older version wrote: a field that cannot be read is an unknown one. */
const storedRecord = z.object({
  titles: z.array(z.object({ text: z.string(), lang: z.string().nullable(), kind: z.enum(TITLE_KINDS) })).catch([]),
  type: z.enum(WORK_TYPES).catch("unknown"),
  year: z.number().nullable().catch(null),
  status: z.enum(WORK_STATUSES).catch("unknown"),
  authors: texts,
  description: optionalText,
  coverUrl: optionalText,
  contentRating: z.enum(CONTENT_RATINGS).catch("unknown"),
  tags: texts,
  languages: texts,
  ids: z.partialRecord(z.enum(ID_NAMESPACES), z.string()).catch({}),
  detailedAt: z.number().nullable().catch(null),
});

/** A provider's record as it is kept, and when its details were fetched last (epoch milliseconds; null: never). */
export interface StoredRecord {
  record: WorkRecord;
  detailedAt: number | null;
}

export function parseRecord(json: string, key: { externalId: string; url: string | null }): StoredRecord {
  const { detailedAt, ...record } = storedRecord.parse(parseJson(json));
  return { record: { ...record, externalId: key.externalId, url: key.url }, detailedAt };
}

/** Id and URL have columns of their own. */
export function toRecordJson({ record, detailedAt }: StoredRecord): string {
  const { externalId: _, url: __, ...rest } = record;
  return JSON.stringify({ ...rest, detailedAt });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json) ?? {};
  } catch {
    return {};
  }
}
