import { formatList } from "@/lib/format";
import type { SearchKind } from "@/lib/search/search-kind";
import { KIND_WORDS } from "./kind-words";

interface SearchWelcomeProps {
  kind: SearchKind;
  /** Names of the providers that would be asked now. */
  providers: readonly string[];
}

const NAMED_MAX = 4;

/** For somebody who has never searched here: what the box understands, and whom it asks. */
export function SearchWelcome({ kind, providers }: SearchWelcomeProps) {
  const named = providers.slice(0, NAMED_MAX);
  const rest = providers.length - named.length;
  return (
    <section aria-labelledby="understands" className="max-w-prose">
      <h2 id="understands" className="text-lg">
        What the box understands
      </h2>
      <dl className="mt-3 border-line border-t">
        {KIND_WORDS[kind].examples.map(({ text, says }) => (
          <div key={text} className="flex flex-wrap items-baseline gap-x-4 border-line border-b py-2.5">
            <dt className="font-mono text-ink-1 text-xs">{text}</dt>
            <dd className="text-ink-2">{says}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-ink-2">
        {providers.length === 0
          ? "No provider can be searched yet: an admin switches them on under Providers."
          : `It asks ${formatList([...named, ...(rest > 0 ? [`${rest} more`] : [])])}${providers.length > 1 ? " at once, and shows what each one says as it says it" : ""}. Star what you like: a favorite stays, even when its provider goes.`}
      </p>
    </section>
  );
}
