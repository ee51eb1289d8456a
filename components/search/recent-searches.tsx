import { History } from "lucide-react";
import Link from "next/link";
import { formatRelative } from "@/lib/format";

interface RecentSearchesProps {
  searches: readonly { query: string; searchedAt: number }[];
  now: number;
  /** Forgets them all. */
  forget: (form: FormData) => Promise<void>;
}

/** What this user looked for, newest first: one step back to each. */
export function RecentSearches({ searches, now, forget }: RecentSearchesProps) {
  return (
    <section aria-labelledby="recent">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="recent" className="text-lg">
          Recent searches
        </h2>
        <form action={forget}>
          <button type="submit" className="link touch text-ink-2">
            Forget all
          </button>
        </form>
      </div>
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
