import { ChevronDown } from "lucide-react";
import { Chip } from "@/components/ui/chip";
import type { SearchProvider } from "@/lib/search/events";
import { toChipState } from "./chip-state";
import { ProviderChip, type RetryControl } from "./provider-chip";

/** Providers that are off or lack a key: up to this many stand in the row, more fold into one chip. */
const OFF_SHOWN_MAX = 2;

interface ProviderChipsProps {
  providers: readonly SearchProvider[];
  now: number;
  timeZone: string;
  /** Why providers were not well when the page was made, by id. */
  unwell: Readonly<Record<string, string>>;
  retry: RetryControl;
}

/** Every provider's part in this search. On a narrow screen the row scrolls inside itself. */
export function ProviderChips({ providers, ...rest }: ProviderChipsProps) {
  const isOff = (provider: SearchProvider) =>
    toChipState(provider, { now: rest.now, timeZone: rest.timeZone }).kind === "off";
  const off = providers.filter(isOff);
  const folded = off.length > OFF_SHOWN_MAX;
  const shown = folded ? providers.filter((provider) => !isOff(provider)) : providers;
  return (
    <ul
      aria-label="Providers in this search"
      className="-mx-4 flex gap-2 overflow-x-auto px-4 py-0.5 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0"
    >
      {shown.map((provider) => (
        <ProviderChip key={provider.id} provider={provider} {...rest} />
      ))}
      {folded ? (
        <li className="shrink-0">
          <button type="button" popoverTarget="providers-off" className="touch rounded-full">
            <Chip className="border-dashed bg-surface-2 hover:border-line-strong">
              {off.length} not in use <ChevronDown aria-hidden="true" />
            </Chip>
          </button>
          <div
            id="providers-off"
            popover="auto"
            className="anchored max-w-96 rounded-md border border-line-strong bg-surface-2 p-4 text-ink-1"
          >
            <ul aria-label="Providers not in use" className="flex flex-wrap gap-2">
              {off.map((provider) => (
                <ProviderChip key={provider.id} provider={provider} {...rest} />
              ))}
            </ul>
          </div>
        </li>
      ) : null}
    </ul>
  );
}
