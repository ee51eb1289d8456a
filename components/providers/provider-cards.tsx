import { memo, type ReactNode } from "react";
import { Card } from "@/components/ui/card";
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

interface Shared {
  actions: ProviderActions;
  timeZone: string;
  now: number;
}

/** The health of all providers as cards, by kind. For narrow screens. */
export function ProviderCards({ groups, ...shared }: Shared & { groups: readonly ProviderGroup[] }) {
  return (
    <div className="flex flex-col gap-7">
      {groups.map(({ kind, title, words, rows }) => (
        <section key={kind} aria-labelledby={`cards-${kind}`}>
          <div className="mb-2.5 flex items-baseline gap-2">
            <h2 id={`cards-${kind}`} className="text-sm">
              {title}
            </h2>
            <p className="text-ink-3 text-xs">{words}</p>
          </div>
          <ul className="grid gap-3 md:grid-cols-2">
            {rows.map((row) => (
              <ProviderCard key={row.id} row={row} {...shared} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const ProviderCard = memo(function ProviderCard({ row, actions, timeZone, now }: Shared & { row: ProviderRow }) {
  const nameId = `card-name-${row.id}`;
  const isOff = row.state === "DISABLED";
  return (
    <Card as="li" className={classNames("flex min-w-0 flex-col", isOff && "bg-surface-1 text-ink-3")}>
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0">
          <ProviderLink row={row} id={nameId} />
        </div>
        <div className="-my-2 -mr-2 shrink-0">
          <ProviderControls row={row} actions={actions} />
        </div>
      </div>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3">
        <ProviderState row={row} />
        <ProviderCountdown row={row} />
      </div>
      {row.why === null ? null : <p className="mt-1.5 text-pretty text-ink-2 text-xs">{row.why}</p>}
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <SuccessBar ratio={row.success.ratio} label={`Success, ${row.success.span}`} />
        <HeartbeatStrip row={row} timeZone={timeZone} now={now} />
      </div>
      <dl className="mt-3 grid grid-cols-4 gap-x-3 gap-y-2">
        <Figure name="Avg ms">
          <Ms value={row.avgMs} />
        </Figure>
        <Figure name="Last ms">
          <Ms value={row.lastMs} />
        </Figure>
        <Figure name="p95 ms" wide>
          <div className="max-w-26">
            <ProviderP95 row={row} now={now} />
          </div>
        </Figure>
        <Figure name="Up 30 d">
          <span title={describeUptime(row.uptime)}>
            <Digits>{formatPercent(row.uptime.ratio, 1)}</Digits>
          </span>
        </Figure>
        <Figure name="Trend">
          <ProviderTrend row={row} />
        </Figure>
        <Figure name="Downloads">
          <Digits>{formatCount(row.downloads)}</Digits>
        </Figure>
        <Figure name="Cached">
          <Digits>{formatCount(row.cacheHits)}</Digits>
        </Figure>
      </dl>
      <div className="mt-3 empty:hidden">
        <ReEnable row={row} actions={actions} nameId={nameId} />
      </div>
    </Card>
  );
});

function Figure({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? "col-span-2" : undefined}>
      <dt className="whitespace-nowrap text-ink-3 text-xs">{name}</dt>
      <dd className="whitespace-nowrap text-sm">{children}</dd>
    </div>
  );
}
