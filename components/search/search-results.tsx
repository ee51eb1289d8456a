"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { formatNoun } from "@/lib/format";
import type { SearchKind } from "@/lib/search/search-kind";
import { KIND_WORDS } from "./kind-words";
import { ProviderChips } from "./provider-chips";
import { ResultSkeletons } from "./result-skeletons";
import { SearchEmptiness } from "./search-emptiness";
import { toEmptiness, toSummary } from "./search-summary";
import { type SearchStart, useSearch } from "./use-search";
import { useSpoken } from "./use-spoken";
import { WorkCard } from "./work-card";

/** Cards whose covers are likely in the first view. */
const EAGER_CARDS = 4;

interface SearchResultsProps extends SearchStart {
  kind: SearchKind;
  timeZone: string;
  providerNames: Readonly<Record<string, string>>;
  /** Why providers were not well when the page was made, by id. */
  unwell: Readonly<Record<string, string>>;
  /** The address of this search, and with `retry=` to try one provider again without script. */
  hrefs: { self: string; plainQuery: string; retry: string; more: string };
}

/** The live list: chips, where the search stands, cards that stay where they are once somebody reads them. */
export function SearchResults({ kind, timeZone, providerNames, unwell, hrefs, ...start }: SearchResultsProps) {
  const { search, now, lost, freeze, updateOrder, retry, more } = useSearch(start);
  const live = start.streamHref !== null;
  const summary = toSummary(search, KIND_WORDS[kind].noun);
  const emptiness = toEmptiness(search);
  const spoken = useSpoken(summary);
  const titles = new Map(search.cards.flatMap((card) => card.titleIds.map((id) => [id, card.title] as const)));

  useEffect(() => {
    if (!live || search.frozen) return;
    window.addEventListener("scroll", freeze, { passive: true, once: true });
    return () => window.removeEventListener("scroll", freeze);
  }, [live, search.frozen, freeze]);

  return (
    <section aria-label="Results" className="mt-4">
      <ProviderChips
        providers={search.providers}
        now={now}
        timeZone={timeZone}
        unwell={unwell}
        retry={live ? { onRetry: retry } : { toHref: (id) => `${hrefs.retry}${encodeURIComponent(id)}` }}
      />
      <div className="sticky top-14 z-20 -mx-4 bg-surface-1 px-4 py-3 sm:mx-0 sm:px-0">
        <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <p className="text-ink-2">{summary}</p>
          {search.lateCount > 0 ? (
            <Button size="sm" onClick={updateOrder}>
              {formatNoun(search.lateCount, "more result")} – update order
            </Button>
          ) : null}
        </div>
        <Progress
          label="Providers that answered"
          done={search.answered}
          total={search.total}
          className={search.ended ? "invisible" : "mt-1.5"}
        />
      </div>
      <p aria-live="polite" className="sr-only">
        {spoken}
      </p>
      {!live && !search.ended ? (
        <Notice className="mb-3">
          Some providers had not answered when this page was made.{" "}
          <a href={hrefs.self} className="link">
            Look again
          </a>
        </Notice>
      ) : null}
      {lost && !search.ended ? (
        <Notice tone="attention" role="alert" className="mb-3">
          The connection to Yagura was lost, so that no more answers can arrive.{" "}
          <a href={hrefs.self} className="link">
            Search again
          </a>
        </Notice>
      ) : null}
      {search.cards.length > 0 ? (
        <ol
          aria-label={KIND_WORDS[kind].list}
          className="grid gap-3 lg:grid-cols-2"
          onPointerDown={freeze}
          onPointerMove={(event) => (event.movementX !== 0 || event.movementY !== 0) && freeze()}
          onFocus={freeze}
        >
          {search.cards.map((card, place) => (
            <WorkCard
              key={card.key}
              card={card}
              providerNames={providerNames}
              titleOf={(id) => titles.get(id) ?? null}
              next={hrefs.self}
              eager={place < EAGER_CARDS}
            />
          ))}
        </ol>
      ) : null}
      {emptiness ? (
        <SearchEmptiness
          emptiness={emptiness}
          query={search.query}
          plainQueryHref={hrefs.plainQuery}
          onRetry={live ? (providers) => providers.map(({ id }) => retry(id)) : null}
        />
      ) : null}
      {live && search.cards.length === 0 && !search.ended && !lost ? <ResultSkeletons /> : null}
      {search.ended && search.cards.length > 0 && search.providers.some(({ hasMore }) => hasMore) ? (
        <div className="mt-5 flex justify-center">
          {live ? (
            <Button onClick={more} busy={search.providers.some(({ state }) => state === "waiting")}>
              More results
            </Button>
          ) : (
            <a href={hrefs.more} className={buttonClass()}>
              More results
            </a>
          )}
        </div>
      ) : null}
    </section>
  );
}
