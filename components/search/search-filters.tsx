import { ChevronDown, SlidersHorizontal } from "lucide-react";
import { STATUS_WORDS, TYPE_WORDS } from "@/components/titles/work-words";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { StatusMark } from "@/components/ui/status-mark";
import { formatLanguage } from "@/lib/format";
import type { ProviderState } from "@/lib/health/health-view";
import { WORK_STATUSES } from "@/lib/providers/work";
import { type SearchKind, typesOf } from "@/lib/search/search-kind";

const LANGUAGES = [
  "en",
  "ja",
  "ko",
  "zh",
  "es",
  "pt-BR",
  "fr",
  "de",
  "it",
  "pl",
  "ru",
  "id",
  "th",
  "tr",
  "vi",
] as const;

export interface OfferedProvider {
  id: string;
  name: string;
  /** Null while it is well. */
  unwell: { state: ProviderState; until: string | null } | null;
}

interface SearchFiltersProps {
  chosen: {
    kind: SearchKind;
    types: readonly string[];
    statuses: readonly string[];
    languages: readonly string[];
    year: number | null;
    providers: readonly string[];
  };
  /** How many kinds of filter are set. */
  count: number;
  /** Providers that can be searched. */
  providers: readonly OfferedProvider[];
  /** The same query without filters. */
  clearHref: string;
}

/** A row that opens: fields of the search form, so that they travel in the address. */
export function SearchFilters({ chosen, count, providers, clearHref }: SearchFiltersProps) {
  const types = typesOf(chosen.kind).filter((type) => type !== "unknown");
  return (
    <details className="group mt-2">
      <summary className={`${buttonClass({ variant: "quiet", size: "sm" })} -ml-3 w-fit`}>
        <SlidersHorizontal aria-hidden="true" className="size-4" />
        Filters{count > 0 ? ` · ${count} set` : ""}
        <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
      </summary>
      <div className="mt-2 rounded-lg border border-line bg-surface-2 p-4">
        <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
          {types.length > 1 ? (
            <Field id="type" label="Type">
              <Select id="type" name="type" defaultValue={chosen.types.join(",")}>
                <option value="">All</option>
                {types.map((type) => (
                  <option key={type} value={type}>
                    {TYPE_WORDS[type]}
                  </option>
                ))}
                <Several values={chosen.types} />
              </Select>
            </Field>
          ) : null}
          {chosen.kind === "works" ? (
            <Field id="status" label="Status">
              <Select id="status" name="status" defaultValue={chosen.statuses.join(",")}>
                <option value="">All</option>
                {WORK_STATUSES.filter((status) => status !== "unknown").map((status) => (
                  <option key={status} value={status}>
                    {STATUS_WORDS[status]}
                  </option>
                ))}
                <Several values={chosen.statuses} />
              </Select>
            </Field>
          ) : null}
          {chosen.kind === "works" || chosen.kind === "subtitles" ? (
            <Field id="language" label={chosen.kind === "works" ? "Readable in" : "Language"}>
              <Select id="language" name="language" defaultValue={chosen.languages.join(",")}>
                <option value="">Any language</option>
                {[...new Set([...LANGUAGES, ...(chosen.languages.length === 1 ? chosen.languages : [])])].map((tag) => (
                  <option key={tag} value={tag}>
                    {formatLanguage(tag)}
                  </option>
                ))}
                <Several values={chosen.languages} />
              </Select>
            </Field>
          ) : null}
          <Field id="year" label="Year">
            <Input
              id="year"
              name="year"
              inputMode="numeric"
              pattern="[12][0-9]{3}"
              title="Four digits"
              placeholder="Any"
              defaultValue={chosen.year ?? ""}
            />
          </Field>
        </div>
        <fieldset className="mt-4">
          <legend className="font-medium">
            Providers <span className="font-normal text-ink-3 text-xs">none ticked: all of them</span>
          </legend>
          <div className="mt-1 flex flex-wrap gap-x-5">
            {providers.map(({ id, name, unwell }) => (
              <Checkbox
                key={id}
                name="providers"
                value={id}
                label={unwell ? <UnwellName name={name} {...unwell} /> : name}
                defaultChecked={chosen.providers.includes(id)}
              />
            ))}
          </div>
        </fieldset>
        <div className="mt-3 flex gap-3">
          <Button type="submit" variant="secondary">
            Apply
          </Button>
          {count > 0 ? (
            <a href={clearHref} className={buttonClass({ variant: "quiet" })}>
              Clear
            </a>
          ) : null}
        </div>
      </div>
    </details>
  );
}

function UnwellName({ name, state, until }: { name: string } & NonNullable<OfferedProvider["unwell"]>) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 text-ink-3">
      {name}
      <StatusMark state={state} until={until} className="text-xs" />
    </span>
  );
}

/** An address may hold more values than this menu can show; one entry then stands for all of them. */
function Several({ values }: { values: readonly string[] }) {
  return values.length > 1 ? <option value={values.join(",")}>{values.join(", ")}</option> : null;
}
