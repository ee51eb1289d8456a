import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type CsvValue, toCsv } from "@/lib/to-csv";
import { rollupSchema, toRollupRow } from "./history-wire";
import { type HistorySource, readDailyCounts, readRollups } from "./read-rollups";
import { readSamples } from "./read-samples";
import { bucketOf, ROLLUP_STEPS, STEP_MS } from "./rollup";
import { toDailyRow, toSample } from "./to-wire";
import { dailyRowSchema, sampleSchema } from "./wire";

const DAYS_MAX = 1830;
const RAW_ROWS_MAX = 10_000;
const ROLLUP_ROWS_MAX = 50_000;
/** Of one question. */
const SPAN_MAX_DAYS = { raw: 92, minute: 3, hour: 92, day: DAYS_MAX };
const SPAN_DEFAULT_DAYS = { raw: 1, minute: 1, hour: 7, day: 30 };

export const daysQuery = z.coerce.number().int().min(1).max(DAYS_MAX);

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const historyQuery = z.object({
  from: instant.optional().meta({ description: "By default a day before `to`; a week by hours, 30 days by days." }),
  to: instant.optional().meta({ description: "Now by default." }),
  step: z
    .enum(["raw", ...ROLLUP_STEPS])
    .optional()
    .meta({ description: "Single samples (the default) or sums of them." }),
  days: daysQuery
    .optional()
    .meta({ description: "Instead of `from`; without `step`: successes and failures per day, of so many days." }),
  format: z.enum(["json", "csv"]).default("json"),
});

type Step = keyof typeof SPAN_MAX_DAYS;

export interface HistoryRequest {
  query: z.infer<typeof historyQuery>;
  /** All providers when null; each row then says whose it is. */
  providerId: string | null;
  now: number;
  isAdmin: boolean;
}

export interface History {
  columns: readonly string[];
  rows: readonly Readonly<Record<string, CsvValue | Readonly<Record<string, number>>>>[];
}

/**
 * Samples or roll-ups of a span, or counts per day, oldest first; open buckets as they stand now. Of a span with more than 10 000 samples
 * the newest of them. Throws `AppError` bad_request for a span that is empty or too long.
 */
export async function readHistory(source: HistorySource, request: HistoryRequest): Promise<History> {
  const { query, providerId, now, isAdmin } = request;
  if (query.days !== undefined && query.step === undefined) {
    const counts = await readDailyCounts(source, { providerId, days: query.days, now });
    return { columns: Object.keys(dailyRowSchema.shape), rows: counts.map(toDailyRow) };
  }
  const step = query.step ?? "raw";
  const { from, to } = toSpan(query, step, now);
  const whose = (id: string) => (providerId === null ? { provider_id: id } : {});
  if (step === "raw") {
    const samples = await readSamples(source, { providerId, from, to, limit: RAW_ROWS_MAX });
    const rows = samples.map((sample) => ({ ...whose(sample.providerId), ...toSample(sample, isAdmin) }));
    return { columns: toColumns(sampleSchema.shape, providerId), rows };
  }
  const rollups = await readRollups(source, { step, providerId, from: bucketOf(from, step), to: to + 1 });
  if (rollups.length > ROLLUP_ROWS_MAX) {
    throw badSpan(
      `These are ${rollups.length} rows, the limit is ${ROLLUP_ROWS_MAX}: ask for less time or a longer step.`,
    );
  }
  const rows = rollups.map((rollup) => ({ ...whose(rollup.providerId), ...toRollupRow(rollup, now) }));
  return { columns: toColumns(rollupSchema.shape, providerId), rows };
}

function toSpan({ from, to = Number.NaN, days }: HistoryRequest["query"], step: Step, now: number) {
  const end = Number.isNaN(to) ? now : to;
  const begin = from ?? end - (days ?? SPAN_DEFAULT_DAYS[step]) * STEP_MS.day;
  if (begin > end) throw badSpan("It must not be after `to`.");
  if (end - begin > SPAN_MAX_DAYS[step] * STEP_MS.day) {
    throw badSpan(`With step=${step} at most ${SPAN_MAX_DAYS[step]} days can be asked for at once.`);
  }
  return { from: begin, to: end };
}

function badSpan(message: string): AppError {
  return new AppError("bad_request", message, { errors: [{ pointer: "?from", message, code: "custom" }] });
}

function toColumns(shape: Readonly<Record<string, unknown>>, providerId: string | null): string[] {
  return providerId === null ? ["provider_id", ...Object.keys(shape)] : Object.keys(shape);
}

/** The same keys as columns; counts by class as JSON. */
export function historyToCsv({ columns, rows }: History): string {
  const flat = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === "object" && value !== null ? JSON.stringify(value) : value,
      ]),
    ),
  );
  return toCsv(columns, flat);
}

/** As a download when CSV was asked for. */
export function answerHistory(history: History, format: "json" | "csv", name: string): History["rows"] | Response {
  if (format === "json") return history.rows;
  return new Response(historyToCsv(history), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
    },
  });
}
