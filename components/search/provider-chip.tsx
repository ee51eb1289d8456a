import {
  CircleCheck,
  CircleSlash,
  CircleX,
  Clock3,
  Database,
  Hourglass,
  KeyRound,
  Minus,
  Moon,
  RotateCw,
} from "lucide-react";
import Link from "next/link";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Countdown } from "@/components/ui/countdown";
import { Spinner } from "@/components/ui/spinner";
import type { SearchProvider } from "@/lib/search/events";
import { type ChipKind, toChipState } from "./chip-state";

const MARKS = {
  answered: { icon: CircleCheck, tone: "text-signal-ok" },
  none: { icon: Minus, tone: "text-ink-3" },
  cached: { icon: Database, tone: "text-signal-held" },
  timeout: { icon: Hourglass, tone: "text-signal-warn" },
  failed: { icon: CircleX, tone: "text-signal-bad" },
  limited: { icon: Clock3, tone: "text-signal-held" },
  resting: { icon: Moon, tone: "text-signal-bad" },
  off: { icon: CircleSlash, tone: "text-signal-off" },
} as const satisfies Record<Exclude<ChipKind, "waiting">, unknown>;

export type RetryControl = { onRetry: (providerId: string) => void } | { toHref: (providerId: string) => string };

interface ProviderChipProps {
  provider: SearchProvider;
  now: number;
  timeZone: string;
  /** Why providers were not well when the page was made, by id. */
  unwell: Readonly<Record<string, string>>;
  retry: RetryControl;
}

/** How one provider stands in this search: shape, name and words, why on demand, and another try for it alone. */
export function ProviderChip({ provider, now, timeZone, unwell, retry }: ProviderChipProps) {
  const chip = toChipState(provider, { now, timeZone, unwell: unwell[provider.id] });
  const { muted } = chip;
  const whyId = `why-${provider.id}`;
  return (
    <li className="shrink-0">
      <Chip className={classNames("whitespace-nowrap", muted && "border-dashed bg-surface-2")}>
        <ChipMark kind={chip.kind} needsKey={chip.words === "needs key"} />
        <span className={muted ? "text-ink-2" : "font-medium text-ink-1"}>{provider.name}</span>
        <span>{chip.words}</span>
        {chip.until === null ? null : <Countdown from={null} until={chip.until} ring={false} />}
        {chip.why ? (
          <button type="button" popoverTarget={whyId} className="touch link" aria-label={`Why: ${provider.name}`}>
            why
          </button>
        ) : null}
        {chip.canRetry ? <Retry provider={provider} control={retry} /> : null}
      </Chip>
      {chip.why ? (
        <div
          id={whyId}
          popover="auto"
          className="anchored max-w-80 whitespace-normal rounded-md border border-line-strong bg-surface-2 px-4 py-3 text-ink-1 text-sm"
        >
          <p className="mb-1 font-medium">{provider.name}</p>
          <p className="text-ink-2">{chip.why}</p>
          <Link
            href={`/providers/${encodeURIComponent(provider.id)}`}
            prefetch={false}
            className="link mt-2 inline-block text-xs"
          >
            Its health
          </Link>
        </div>
      ) : null}
    </li>
  );
}

function ChipMark({ kind, needsKey }: { kind: ChipKind; needsKey: boolean }) {
  if (kind === "waiting") return <Spinner className="text-signal-test" />;
  const { icon, tone } = MARKS[kind];
  const Icon = needsKey ? KeyRound : icon;
  return <Icon aria-hidden="true" className={tone} />;
}

function Retry({ provider, control }: { provider: SearchProvider; control: RetryControl }) {
  const label = `Retry ${provider.name}`;
  const look = "touch -mr-1 grid size-5 place-items-center rounded-full text-ink-2 hover:bg-surface-3 hover:text-ink-1";
  if ("toHref" in control) {
    return (
      <a href={control.toHref(provider.id)} aria-label={label} title={label} className={look}>
        <RotateCw aria-hidden="true" />
      </a>
    );
  }
  return (
    <button
      type="button"
      onClick={() => control.onRetry(provider.id)}
      aria-label={label}
      title={label}
      className={look}
    >
      <RotateCw aria-hidden="true" />
    </button>
  );
}
