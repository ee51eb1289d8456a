"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import {
  firstSort,
  type ProviderSort,
  parseProviderSort,
  SORT_COLUMNS,
  sortLabel,
  toSortHref,
  toSortText,
} from "./provider-sort";

/** How the cards are ordered; a form with a button where there is no JavaScript. */
export function SortSelect({ sort }: { sort: ProviderSort | null }) {
  const router = useRouter();
  const shown = sort ? toSortText(sort) : "";
  const choices = SORT_COLUMNS.map((column) => toSortText(sort?.column === column ? sort : firstSort(column)));

  function choose(text: string): void {
    const wanted = parseProviderSort(text);
    router.push(wanted ? toSortHref(wanted) : "/providers", { scroll: false });
  }

  return (
    <form action="/providers" className="mb-4 flex items-center gap-3">
      <label htmlFor="sort" className="text-ink-2 text-sm">
        Sort by
      </label>
      <Select
        id="sort"
        name="sort"
        key={shown}
        defaultValue={shown}
        onChange={({ target }) => choose(target.value)}
        className="max-w-56"
      >
        <option value="">priority</option>
        {choices.map((text) => (
          <option key={text} value={text}>
            {sortLabel(parseProviderSort(text)?.column ?? "name")}
          </option>
        ))}
      </Select>
      <noscript>
        <Button type="submit">Sort</Button>
      </noscript>
    </form>
  );
}
