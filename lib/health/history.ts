import { z } from "zod";
import type { Client } from "@/lib/db/client";
import { countSamplesPerDay, listSamples } from "@/lib/db/samples";
import { AppError } from "@/lib/errors";
import { toCsv } from "@/lib/to-csv";
import { toDailyRow, toSample } from "./to-wire";
import { dailyRowSchema, sampleSchema } from "./wire";

const DAY_MS = 86_400_000;
const DAYS_MAX = 365;
const RAW_ROWS_MAX = 10_000;

export const daysQuery = z.coerce.number().int().min(1).max(DAYS_MAX);

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const historyQuery = z.object({
  from: instant.optional().meta({ description: "A day before `to` by default." }),
  to: instant.optional().meta({ description: "Now by default." }),
  step: z.enum(["raw"]).default("raw"),
  days: daysQuery.optional().meta({ description: "Counts per day instead, of so many days." }),
  format: z.enum(["json", "csv"]).default("json"),
});

interface HistoryRequest {
  query: z.infer<typeof historyQuery>;
  /** All providers when null. */
  providerId: string | null;
  now: number;
  isAdmin: boolean;
}

export interface History {
  columns: readonly string[];
  rows: readonly Readonly<Record<string, string | number | null>>[];
}

/** Samples of a span, or counts per day, oldest first. Of a span with more than 10 000 samples the newest of them. */
export async function readHistory(
  client: Client,
  { query, providerId, now, isAdmin }: HistoryRequest,
): Promise<History> {
  if (query.days !== undefined) {
    const counts = await countSamplesPerDay(client, { providerId, days: query.days, now });
    return { columns: Object.keys(dailyRowSchema.shape), rows: counts.map(toDailyRow) };
  }
  const to = query.to ?? now;
  const from = query.from ?? to - DAY_MS;
  if (from > to) {
    const errors = [{ pointer: "?from", message: "It must not be after `to`.", code: "custom" }];
    throw new AppError("bad_request", "The span ends before it begins.", { errors });
  }
  const samples = await listSamples(client, { providerId, from, to, limit: RAW_ROWS_MAX });
  return { columns: Object.keys(sampleSchema.shape), rows: samples.map((sample) => toSample(sample, isAdmin)) };
}

export function historyToCsv({ columns, rows }: History): string {
  return toCsv(columns, rows);
}
