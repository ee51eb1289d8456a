import { ChevronDown, Search, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { FavoriteFilterQuery } from "@/lib/favorites/list-query";
import { READING_STATUSES } from "@/lib/favorites/reading-status";
import { RATINGS, READING_WORDS } from "./favorite-words";

const SORTS = [
  ["-updated", "Last changed first"],
  ["-created", "Newest first"],
  ["created", "Oldest first"],
  ["title", "Title A–Z"],
  ["-title", "Title Z–A"],
  ["-rating", "Best rated first"],
  ["rating", "Worst rated first"],
  ["-year", "Latest year first"],
  ["year", "Earliest year first"],
  ["updated", "Longest unchanged first"],
] as const;

const HEALTH = [
  ["needs_attention", "Needs attention: no provider was well for a day"],
  ["DOWN", "At a provider that is down"],
  ["ACTIVE", "At a provider that is up"],
  ["UNKNOWN", "At a provider that is off or unknown"],
  ["TESTING", "At a provider under test"],
] as const;

interface FavoriteFiltersProps {
  chosen: FavoriteFilterQuery;
  /** How many are set, text apart. */
  count: number;
  tags: readonly { name: string; count: number }[];
  providers: readonly { id: string; name: string }[];
  /** Fields that the address keeps besides: the view and the tab. */
  kept: ReactNode;
  clearHref: "/favorites" | `/favorites?${string}`;
}

/** Text, order and filters of the list: a form that writes them into the address. */
export function FavoriteFilters({ chosen, count, tags, providers, kept, clearHref }: FavoriteFiltersProps) {
  // A filter that nothing carries any more still stands in the address, and must not vanish from the form.
  const tagOptions = withChosen(
    tags.map(({ name, count: carriers }) => [name, `${name} (${carriers})`] as const),
    chosen.tag,
  );
  const providerOptions = withChosen(
    providers.map(({ id, name }) => [id, name] as const),
    chosen.provider,
  );
  return (
    <form action="/favorites" className="mb-1">
      {kept}
      <div className="flex flex-wrap gap-2">
        <span className="relative min-w-48 flex-1">
          <Search aria-hidden="true" className="pointer-events-none absolute top-3 left-3 size-4 text-ink-3" />
          <Input
            type="search"
            name="q"
            aria-label="Find in favorites"
            placeholder="Any title of it"
            defaultValue={chosen.q}
            maxLength={500}
            className="pl-9"
          />
        </span>
        <Select name="sort" aria-label="Order" defaultValue={chosen.sort} className="max-w-52">
          <Options options={SORTS} />
        </Select>
        <Button type="submit" variant="primary" className="h-10">
          Apply
        </Button>
      </div>
      <details open={count > 0} className="group mt-1">
        <summary className={`${buttonClass({ variant: "quiet", size: "sm" })} -ml-3 w-fit`}>
          <SlidersHorizontal aria-hidden="true" className="size-4" />
          Filters{count > 0 ? ` · ${count} set` : ""}
          <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-4 rounded-lg border border-line bg-surface-2 p-4 lg:grid-cols-5">
          <Field id="filter-tag" label="Tag">
            <Select id="filter-tag" name="tag" defaultValue={chosen.tag[0] ?? ""}>
              <option value="">Any</option>
              <Options options={tagOptions} />
            </Select>
          </Field>
          <Field id="filter-rating" label="Rating">
            <Select id="filter-rating" name="rating" defaultValue={chosen.rating ?? ""}>
              <option value="">Any</option>
              <Options options={withChosen(RATING_OPTIONS, chosen.rating ? [chosen.rating] : [])} />
            </Select>
          </Field>
          <Field id="filter-status" label="Status">
            <Select id="filter-status" name="reading_status" defaultValue={chosen.reading_status ?? ""}>
              <option value="">Any</option>
              {READING_STATUSES.map((status) => (
                <option key={status} value={status}>
                  {READING_WORDS[status]}
                </option>
              ))}
              <option value="none">None</option>
            </Select>
          </Field>
          <Field id="filter-provider" label="Provider">
            <Select id="filter-provider" name="provider" defaultValue={chosen.provider[0] ?? ""}>
              <option value="">Any</option>
              <Options options={providerOptions} />
            </Select>
          </Field>
          <Field id="filter-health" label="Provider health" className="col-span-2 lg:col-span-1">
            <Select id="filter-health" name="health" defaultValue={chosen.health ?? ""}>
              <option value="">Any</option>
              <Options options={HEALTH} />
            </Select>
          </Field>
          <div className="col-span-full flex items-center gap-4">
            <Button type="submit">Apply filters</Button>
            {count > 0 || chosen.q ? (
              <Link href={clearHref} className="link text-ink-2">
                Clear all
              </Link>
            ) : null}
          </div>
        </div>
      </details>
    </form>
  );
}

const RATING_OPTIONS: readonly (readonly [string, string])[] = [
  ...RATINGS.filter((stars) => stars < 5 && stars >= 1 && Number.isInteger(stars)).map(
    (stars) => [`${stars}..`, `${stars} and better`] as const,
  ),
  ["..2", "2 and worse"],
  ["none", "Not rated"],
  ...RATINGS.map((stars) => [String(stars), `Exactly ${stars.toFixed(1)}`] as const),
];

function Options({ options }: { options: readonly (readonly [string, string])[] }) {
  return options.map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

function withChosen(options: readonly (readonly [string, string])[], chosen: readonly string[]) {
  const missing = chosen.filter((value) => !options.some(([known]) => known === value));
  return [...options, ...missing.map((value) => [value, value] as const)];
}
