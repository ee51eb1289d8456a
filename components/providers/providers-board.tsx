"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo } from "react";
import type { LiveSnapshot } from "@/components/live/live-message";
import { useLive } from "@/components/live/live-scope";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { LiveStatus } from "./live-status";
import { ProviderCards } from "./provider-cards";
import { countWords, toProviderGroups } from "./provider-groups";
import type { ProviderActions, ProviderFacts } from "./provider-row";
import { ProviderSettings } from "./provider-settings";
import { type ProviderSort, sortProviders } from "./provider-sort";
import { ProviderTable } from "./provider-table";
import { SortSelect } from "./sort-select";
import { TestMany } from "./test-many";
import { type LastDays, useLastDays } from "./use-last-days";
import { useNews } from "./use-news";
import { useProviderRows } from "./use-provider-rows";

interface ProvidersBoardProps {
  snapshot: LiveSnapshot;
  facts: readonly ProviderFacts[];
  days: LastDays;
  sort: ProviderSort | null;
  timeZone: string;
  actions: ProviderActions;
  /** "every 30 s": how often providers without an interval of their own are checked. */
  instanceInterval: string;
  /** What came of a form that was sent without JavaScript. */
  notice: ReactNode;
}

const MINUTE_MS = 60_000;

/** The health of all providers, as it is now and as it changes. Rows keep their places: they are put in order when one asks for it. */
export function ProvidersBoard(props: ProvidersBoardProps) {
  const { snapshot, facts, sort, timeZone, actions, instanceInterval, notice } = props;
  const live = useLive(snapshot);
  const now = Math.floor(live.at / MINUTE_MS) * MINUTE_MS;
  const days = useLastDays(props.days, Date.parse(snapshot.at));
  const rows = useProviderRows({ live: live.rows, facts, days, timeZone, now });
  const order = useOrder(props);
  const groups = useMemo(() => toProviderGroups(rows, order), [rows, order]);
  const news = useNews(live.transitions);
  useNewcomers(live.rows, facts);

  const used = rows.filter(({ enabled, initialized }) => enabled && initialized);
  const lastChecks = new Map(live.rows.map(({ id, last_check }) => [id, last_check]));
  const tested = used.map(({ id, state, failuresInRow }) => ({
    id,
    isWell: failuresInRow === 0 && state !== "MISCONFIGURED" && state !== "AUTO_DISABLED",
    lastCheck: lastChecks.get(id) ?? null,
  }));

  return (
    <>
      <PageHeader
        title="Providers"
        description={
          <p className="flex flex-wrap gap-x-1.5">
            <span>Every search and every check counts; {countWords(rows)}.</span>
            <LiveStatus link={live.link} at={live.at} timeZone={timeZone} />
            <Link href="/topology" prefetch={false} className="link lg:hidden">
              What depends on what
            </Link>
          </p>
        }
        actions={
          <>
            {actions.save ? <ButtonLink href="/providers/new">Add a provider</ButtonLink> : null}
            {actions.testMany && used.length > 0 ? <TestMany action={actions.testMany} tested={tested} /> : null}
          </>
        }
      />
      {notice}
      <p role="status" className="sr-only">
        {news}
      </p>
      {live.selfOnline ? null : (
        <Notice tone="attention" className="mb-5">
          Yagura's own connection is lost. Nothing that fails meanwhile is held against a provider; checks go on when it
          is back.
        </Notice>
      )}
      <div className="hidden xl:block">
        <ProviderTable groups={groups} sort={sort} actions={actions} timeZone={timeZone} now={now} />
      </div>
      <div className="xl:hidden">
        <SortSelect sort={sort} />
        <ProviderCards groups={groups} actions={actions} timeZone={timeZone} now={now} />
      </div>
      {rows.map((row) => (
        <ProviderSettings key={row.id} row={row} actions={actions} instanceInterval={instanceInterval} />
      ))}
    </>
  );
}

/** As the rows stood when the page was rendered: what changes later moves no row away from under a finger. */
function useOrder({ snapshot, facts, days, sort, timeZone }: ProvidersBoardProps): readonly string[] {
  const at = Date.parse(snapshot.at);
  const rows = useProviderRows({ live: snapshot.providers, facts, days, timeZone, now: at });
  return useMemo(() => sortProviders(rows, sort), [rows, sort]);
}

/** A provider that was added meanwhile: what the page does not know of it is read once. */
function useNewcomers(
  live: LiveSnapshot["providers"] | readonly { id: string }[],
  facts: readonly ProviderFacts[],
): void {
  const router = useRouter();
  const newcomers = live
    .filter(({ id }) => facts.every((one) => one.id !== id))
    .map(({ id }) => id)
    .join(" ");
  useEffect(() => {
    if (newcomers) router.refresh();
  }, [newcomers, router]);
}
