import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock3,
  KeyRound,
  LoaderCircle,
  Moon,
  TriangleAlert,
} from "lucide-react";
import type { ProviderState } from "@/lib/health/health-view";
import { classNames } from "./class-names";

/** Shape, tone and word of each state, for where a mark is drawn otherwise. */
export const STATUS_MARKS = {
  DISABLED: { icon: CircleSlash, tone: "text-signal-off", word: "Off" },
  MISCONFIGURED: { icon: KeyRound, tone: "text-signal-bad", word: "Misconfigured" },
  AUTO_DISABLED: { icon: Moon, tone: "text-signal-bad", word: "Disabled" },
  RATE_LIMITED: { icon: Clock3, tone: "text-signal-held", word: "Rate-limited" },
  TESTING: { icon: LoaderCircle, tone: "text-signal-test", word: "Testing" },
  DOWN: { icon: CircleX, tone: "text-signal-bad", word: "Down" },
  DEGRADED: { icon: TriangleAlert, tone: "text-signal-warn", word: "Degraded" },
  ACTIVE: { icon: CircleCheck, tone: "text-signal-ok", word: "Active" },
  UNKNOWN: { icon: CircleDashed, tone: "text-signal-off", word: "Unknown" },
} as const satisfies Record<ProviderState, unknown>;

interface StatusMarkProps {
  state: ProviderState;
  /** A clock time ("14:32") for states that end by themselves. */
  until?: string | null;
  /** Icon alone, where the word stands beside it anyway; readers still hear it. */
  iconOnly?: boolean;
  className?: string;
}

/** A provider's state as shape and word, then colour. */
export function StatusMark({ state, until = null, iconOnly = false, className }: StatusMarkProps) {
  const { icon: Icon, tone, word } = STATUS_MARKS[state];
  return (
    <span
      className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-ink-1", className)}
    >
      <Icon aria-hidden="true" className={classNames("size-4 shrink-0", tone, state === "TESTING" && "animate-turn")} />
      <span className={iconOnly ? "sr-only" : undefined}>{until ? `${word} until ${until}` : word}</span>
    </span>
  );
}
