import { Search } from "lucide-react";
import Form from "next/form";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-class";
import type { SearchKind } from "@/lib/search/search-kind";
import { KIND_WORDS } from "./kind-words";

interface SearchFormProps {
  query: string;
  kind: SearchKind;
  /** Takes the keyboard when there is no query yet. */
  autoFocus: boolean;
  /** Filters: fields of this form. */
  children?: ReactNode;
}

/** The box. A plain GET, so that the address is the state and nothing needs script. */
export function SearchForm({ query, kind, autoFocus, children }: SearchFormProps) {
  return (
    <search>
      <Form action="/" key={`${kind} ${query}`}>
        {kind === "works" ? null : <input type="hidden" name="kind" value={kind} />}
        <div className="flex gap-2.5">
          <label htmlFor="q" className="sr-only">
            {KIND_WORDS[kind].box}
          </label>
          <div className="relative min-w-0 flex-1">
            <Search
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 left-3.5 size-5 -translate-y-1/2 text-ink-3"
            />
            <input
              id="q"
              type="search"
              name="q"
              defaultValue={query}
              required
              maxLength={500}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              enterKeyHint="search"
              // biome-ignore lint/a11y/noAutofocus: the box is the whole purpose of an empty search page
              autoFocus={autoFocus}
              placeholder={KIND_WORDS[kind].placeholder}
              className="h-12 w-full rounded-lg border border-line-strong bg-surface-2 pr-4 pl-11 font-medium text-base text-ink-1 transition-colors placeholder:font-normal hover:border-ink-3 focus-visible:outline-offset-0"
            />
          </div>
          <button type="submit" className={`${buttonClass({ variant: "primary", size: "lg" })} h-12 rounded-lg`}>
            Search
          </button>
        </div>
        {children}
      </Form>
    </search>
  );
}
