import { SearchX, SlidersHorizontal, TriangleAlert, Unplug } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { formatList, formatNoun } from "@/lib/format";
import type { SearchProvider } from "@/lib/search/events";
import type { Emptiness } from "./search-summary";

interface SearchEmptinessProps {
  emptiness: Emptiness;
  query: string;
  /** The same query without its filters. */
  plainQueryHref: string;
  onRetry: ((providers: readonly SearchProvider[]) => void) | null;
}

const names = (providers: readonly SearchProvider[]) => formatList(providers.map(({ name }) => name));

/** Nothing, and why: none there, nobody answered, nobody asked, or all of it filtered away. */
export function SearchEmptiness({ emptiness, query, plainQueryHref, onRetry }: SearchEmptinessProps) {
  switch (emptiness.kind) {
    case "none":
      return (
        <EmptyState icon={<SearchX aria-hidden="true" />} title={`No results for “${query}”`}>
          <p>
            {emptiness.asked === 1 ? "The one provider that was asked" : `All ${emptiness.asked} providers`} answered
            and had none. Try another spelling, or the title in its own script.
          </p>
          {emptiness.unasked.length > 0 ? <p className="mt-2">Not asked: {names(emptiness.unasked)}.</p> : null}
        </EmptyState>
      );
    case "unsure":
      return (
        <EmptyState
          icon={<TriangleAlert aria-hidden="true" className="text-attention" />}
          title={emptiness.none === 0 ? "No provider answered" : "Nothing found, but not everyone answered"}
          actions={
            onRetry ? (
              <Button variant="primary" onClick={() => onRetry(emptiness.failed)}>
                Ask {emptiness.failed.length === 1 ? names(emptiness.failed) : "them"} again
              </Button>
            ) : null
          }
        >
          {emptiness.none > 0 ? `${formatNoun(emptiness.none, "provider")} had nothing; ` : ""}
          {names(emptiness.failed)} did not answer, so there may well be something.
        </EmptyState>
      );
    case "nobody":
      return (
        <EmptyState
          icon={<Unplug aria-hidden="true" />}
          title="No provider could be asked"
          actions={
            <Link href="/providers" className={buttonClass({ variant: "primary" })}>
              See the providers
            </Link>
          }
        >
          {emptiness.unasked.length > 0
            ? "Each one is resting, off or not set up. Above it says which, and until when."
            : "No provider is set up for searching yet."}
        </EmptyState>
      );
    case "filtered":
      return (
        <EmptyState
          icon={<SlidersHorizontal aria-hidden="true" />}
          title="The filters hide every result"
          actions={
            <a href={plainQueryHref} className={buttonClass({ variant: "primary" })}>
              Search without filters
            </a>
          }
        >
          {formatNoun(emptiness.hidden, "hit")} came in, none of them as the filters ask for. Adult works stay hidden
          until you turn them on in the settings.
        </EmptyState>
      );
  }
}
