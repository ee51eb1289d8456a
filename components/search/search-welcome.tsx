import { formatList } from "@/lib/format";

interface SearchWelcomeProps {
  /** Names of the providers that would be asked now. */
  providers: readonly string[];
}

const NAMED_MAX = 4;

const EXAMPLES = [
  { text: "berserk", says: "a title, in any spelling or script" },
  { text: "mal:11", says: "the number at MyAnimeList; also al: kt: mu: md: ol:" },
  { text: "https://mangadex.org/title/…", says: "the address of a page at a provider" },
] as const;

/** For somebody who has never searched here: what the box understands, and whom it asks. */
export function SearchWelcome({ providers }: SearchWelcomeProps) {
  const named = providers.slice(0, NAMED_MAX);
  const rest = providers.length - named.length;
  return (
    <section aria-labelledby="understands" className="max-w-prose">
      <h2 id="understands" className="text-lg">
        What the box understands
      </h2>
      <dl className="mt-3 border-line border-t">
        {EXAMPLES.map(({ text, says }) => (
          <div key={text} className="flex flex-wrap items-baseline gap-x-4 border-line border-b py-2.5">
            <dt className="font-mono text-ink-1 text-xs">{text}</dt>
            <dd className="text-ink-2">{says}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-ink-2">
        {providers.length === 0
          ? "No provider can be searched yet: an admin switches them on under Providers."
          : `It asks ${formatList([...named, ...(rest > 0 ? [`${rest} more`] : [])])} at once, and shows what each one says as it says it. Star what you like: a favorite stays, even when its provider goes.`}
      </p>
    </section>
  );
}
