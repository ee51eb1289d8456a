"use client";

import { useMemo, useState } from "react";
import type { LiveRow } from "@/components/live/live-message";
import type { LastDay } from "@/lib/health/last-day";
import { type ProviderFacts, type ProviderRow, toProviderRow } from "./provider-row";
import type { LastDays } from "./use-last-days";

interface RowSources {
  live: readonly LiveRow[];
  facts: readonly ProviderFacts[];
  days: LastDays;
  timeZone: string;
  now: number;
}

/** Rows as they are shown, in the order of the live ones. One of which nothing changed stays the same object, so that it is not drawn anew. */
export function useProviderRows({ live, facts, days, timeZone, now }: RowSources): readonly ProviderRow[] {
  const [cache] = useState(createRowCache);
  const factsById = useMemo(() => new Map(facts.map((one) => [one.id, one])), [facts]);
  return useMemo(
    () =>
      live.flatMap((row) => {
        const known = factsById.get(row.id);
        return known ? [cache.toRow(row, known, { day: days[row.id] ?? null, timeZone, now })] : [];
      }),
    [cache, live, factsById, days, timeZone, now],
  );
}

/** By live row: an object that is not live any more takes what was made of it along. */
function createRowCache() {
  const made = new WeakMap<LiveRow, { facts: ProviderFacts; day: LastDay | null; now: number; row: ProviderRow }>();
  return {
    toRow(live: LiveRow, facts: ProviderFacts, given: { day: LastDay | null; timeZone: string; now: number }) {
      const known = made.get(live);
      if (known && known.facts === facts && known.day === given.day && known.now === given.now) return known.row;
      const row = toProviderRow(live, facts, given);
      made.set(live, { facts, day: given.day, now: given.now, row });
      return row;
    },
  };
}
