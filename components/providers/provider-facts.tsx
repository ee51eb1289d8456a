import { StatusMark } from "@/components/ui/status-mark";
import { formatCount, formatNoun } from "@/lib/format";
import type { ProviderRow } from "./provider-row";

/** Name, priority and downloads. */
export function ProviderName({ row }: { row: ProviderRow }) {
  return (
    <>
      <span className="block font-semibold text-ink-1 text-sm">{row.name}</span>
      <span className="block whitespace-nowrap font-normal text-ink-3 text-xs">
        priority {row.priority} · {formatNoun(row.downloads, "download")}
      </span>
    </>
  );
}

/** State in word and shape, then why and what comes next. */
export function ProviderStateText({ row }: { row: ProviderRow }) {
  const counted = row.failuresInRow > 0 && !row.why?.includes("in a row");
  return (
    <>
      <StatusMark state={row.state} until={row.until} className="text-sm" />
      {row.why && row.state !== "TESTING" ? (
        <p className="mt-0.5 max-w-prose text-pretty text-ink-2 text-xs">{row.why}</p>
      ) : null}
      {counted ? (
        <p className="mt-0.5 text-ink-2 text-xs">{formatNoun(row.failuresInRow, "failure")} in a row</p>
      ) : null}
    </>
  );
}

/** Whole milliseconds without the unit, which the heading has. */
export function formatWhole(ms: number | null): string {
  return formatCount(ms === null ? null : Math.round(ms));
}
