import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { type ComponentProps, memo, type ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Digits } from "@/components/ui/digits";
import { SuccessBar } from "@/components/ui/success-bar";
import { formatCount, formatPercent } from "@/lib/format";
import { describeUptime } from "./last-hours";
import { ProviderControls, ReEnable } from "./provider-controls";
import {
  HeartbeatStrip,
  Ms,
  ProviderCountdown,
  ProviderLink,
  ProviderP95,
  ProviderState,
  ProviderTrend,
} from "./provider-facts";
import type { ProviderGroup } from "./provider-groups";
import type { ProviderActions, ProviderRow } from "./provider-row";
import { nextSort, type ProviderSort, type SortColumn, sortLabel, toSortHref } from "./provider-sort";

interface ProviderTableProps {
  groups: readonly ProviderGroup[];
  sort: ProviderSort | null;
  actions: ProviderActions;
  timeZone: string;
  now: number;
}

/** Fixed, so that no figure that grows moves another column; together the width of the page. */
const WIDTHS = [124, 168, 112, 62, 62, 112, 125, 78, 78, 88, 58, 85] as const;

/** The health of all providers, one row each and a second one where there is something to say, by kind. For wide screens. */
export function ProviderTable({ groups, sort, ...shared }: ProviderTableProps) {
  return (
    <table className="w-full table-fixed border-collapse text-left text-sm">
      <caption className="sr-only">Health of the providers</caption>
      <colgroup>
        {WIDTHS.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns are what they are by their place
          <col key={index} style={{ width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <SortTh column="name" sort={sort}>
            Provider
          </SortTh>
          <SortTh column="state" sort={sort}>
            State
          </SortTh>
          <SortTh column="success" sort={sort}>
            Success, 24 h
          </SortTh>
          <SortTh column="avg" sort={sort} numeric>
            Avg ms
          </SortTh>
          <SortTh column="last" sort={sort} numeric>
            Last ms
          </SortTh>
          <SortTh column="p95" sort={sort} numeric>
            p95 ms
          </SortTh>
          <th scope="col" className={HEAD}>
            Last 24 h
          </th>
          <SortTh column="uptime" sort={sort} numeric>
            Up 30 d
          </SortTh>
          <SortTh column="trend" sort={sort}>
            Trend
          </SortTh>
          <SortTh column="downloads" sort={sort} numeric>
            Downloads
          </SortTh>
          <SortTh column="cached" sort={sort} numeric>
            Cached
          </SortTh>
          <th scope="col" className={HEAD}>
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      {groups.map(({ kind, title, words, rows }) => (
        <tbody key={kind}>
          <tr>
            <th scope="rowgroup" colSpan={WIDTHS.length} className="border-line border-b pt-6 pb-2 font-normal text-xs">
              <span className="font-display font-semibold text-ink-1 text-sm">{title}</span>
              <span className="ml-2 text-ink-3">{words}</span>
            </th>
          </tr>
          {rows.map((row) => (
            <Row key={row.id} row={row} {...shared} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

const PADDING = "px-2 first:pl-0 last:pr-0";
const HEAD = `${PADDING} h-9 border-line border-b font-medium text-ink-3 text-xs`;

interface SortThProps {
  column: SortColumn;
  sort: ProviderSort | null;
  numeric?: boolean;
  children: ReactNode;
}

function SortTh({ column, sort, numeric = false, children }: SortThProps) {
  const current = sort?.column === column ? sort.direction : null;
  const Arrow = current === "down" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={classNames(HEAD, numeric && "text-right")}
      {...(current && { "aria-sort": current === "up" ? ("ascending" as const) : ("descending" as const) })}
    >
      <Link
        href={toSortHref(nextSort(sort, column))}
        prefetch={false}
        scroll={false}
        title={`Sort by ${sortLabel(column)}`}
        className={classNames(
          "inline-flex items-center gap-0.5 whitespace-nowrap rounded-xs hover:text-ink-1",
          current && "text-ink-1",
        )}
      >
        {children}
        {current ? <Arrow aria-hidden="true" className="size-3" /> : null}
      </Link>
    </th>
  );
}

function Cell({ numeric = false, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return <td {...rest} className={classNames(PADDING, "h-9", numeric && "whitespace-nowrap text-right")} />;
}

interface RowProps {
  row: ProviderRow;
  actions: ProviderActions;
  timeZone: string;
  now: number;
}

const Row = memo(function Row({ row, actions, timeZone, now }: RowProps) {
  const nameId = `name-${row.id}`;
  const isOff = row.state === "DISABLED";
  const isSpoken = row.why !== null || row.resting;
  const look = classNames("border-line", isSpoken && !isOff && "bg-surface-2");
  return (
    <>
      <tr
        id={`provider-${row.id}`}
        className={classNames(look, "scroll-mt-28", isOff ? "text-ink-3" : "text-ink-1", !isSpoken && "border-b")}
      >
        <th scope="row" className={classNames(PADDING, "h-9 font-normal")}>
          <ProviderLink row={row} id={nameId} />
        </th>
        <Cell>
          <ProviderState row={row} />
        </Cell>
        <Cell>
          <SuccessBar narrow ratio={row.success.ratio} label={`Success, ${row.success.span}`} />
        </Cell>
        <Cell numeric>
          <Ms value={row.avgMs} />
        </Cell>
        <Cell numeric>
          <Ms value={row.lastMs} />
        </Cell>
        <Cell numeric>
          <ProviderP95 row={row} now={now} />
        </Cell>
        <Cell>
          <HeartbeatStrip row={row} timeZone={timeZone} now={now} />
        </Cell>
        <Cell numeric>
          <span title={describeUptime(row.uptime)}>
            <Digits>{formatPercent(row.uptime.ratio, 2)}</Digits>
          </span>
        </Cell>
        <Cell>
          <ProviderTrend row={row} />
        </Cell>
        <Cell numeric>
          <Digits>{formatCount(row.downloads)}</Digits>
        </Cell>
        <Cell numeric>
          <Digits>{formatCount(row.cacheHits)}</Digits>
        </Cell>
        <Cell>
          <ProviderControls row={row} actions={actions} />
        </Cell>
      </tr>
      {isSpoken ? (
        <tr className={classNames(look, "border-b")}>
          <td />
          <td colSpan={WIDTHS.length - 1} className="px-2 pr-0 pb-2 align-top">
            <div className="flex items-start justify-between gap-6">
              <p className={classNames("max-w-prose text-pretty text-xs", isOff ? "text-ink-3" : "text-ink-2")}>
                {row.why}
              </p>
              <div className="flex shrink-0 items-center gap-4">
                <ProviderCountdown row={row} />
                <ReEnable row={row} actions={actions} nameId={nameId} />
              </div>
            </div>
          </td>
        </tr>
      ) : null}
    </>
  );
});
