import { History } from "lucide-react";
import Link from "next/link";
import { formatRelative } from "@/lib/format";

interface RecentSearchesProps {
  searches: readonly { query: string; searchedAt: number }[];
  now: number;
}

/** What this user looked for, newest first: one step back to each. */
export function RecentSearches({ searches, now }: RecentSearchesProps) {
  return (
    <section aria-labelledby="recent">
      <h2 id="recent" className="text-lg">
        Recent searches
      </h2>
      <ul className="mt-3 border-line border-t">
        {searches.map(({ query, searchedAt }) => (
          <li key={query} className="border-line border-b">
            <Link
              href={`/?${new URLSearchParams({ q: query })}`}
              prefetch={false}
              className="group flex min-h-11 items-center gap-3 rounded-sm"
            >
              <History aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
              <span className="min-w-0 flex-1 truncate group-hover:text-accent">{query}</span>
              <span className="text-ink-3 text-xs">{formatRelative(searchedAt, now)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
