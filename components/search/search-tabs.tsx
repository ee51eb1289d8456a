import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { SEARCH_KINDS, type SearchKind } from "@/lib/search/search-kind";
import { KIND_WORDS } from "./kind-words";

interface SearchTabsProps {
  current: SearchKind;
  /** The same query in another tab. */
  hrefs: Readonly<Record<SearchKind, "/" | `/?${string}`>>;
}

/** What is searched for: each kind has providers of its own. Plain links; on a narrow screen the row scrolls inside itself. */
export function SearchTabs({ current, hrefs }: SearchTabsProps) {
  return (
    <nav
      aria-label="What to search for"
      className="-mx-4 mb-4 flex gap-5 overflow-x-auto border-line border-b px-4 [scrollbar-width:none] sm:mx-0 sm:px-0"
    >
      {SEARCH_KINDS.map((kind) => (
        <Link
          key={kind}
          href={hrefs[kind]}
          prefetch={false}
          aria-current={kind === current ? "page" : undefined}
          className={classNames(
            "-mb-px flex min-h-11 shrink-0 items-center whitespace-nowrap border-b-2 font-medium",
            kind === current ? "border-accent text-ink-1" : "border-transparent text-ink-2 hover:text-ink-1",
          )}
        >
          {KIND_WORDS[kind].tab}
        </Link>
      ))}
    </nav>
  );
}
