import { ArrowRight } from "lucide-react";
import type { LiveTransition } from "@/components/live/live-message";
import { STATUS_MARKS } from "@/components/ui/status-mark";
import { formatClock, formatDay } from "@/lib/format";
import { eventText } from "@/lib/health/event-text";
import { PROVIDER_STATES, type ProviderState } from "@/lib/health/health-view";
import { ruleText } from "@/lib/health/why";

interface DecisionListProps {
  events: readonly LiveTransition[];
  /** The provider's. */
  name: string;
  timeZone: string;
}

const CIRCUIT_WORDS: Readonly<Record<string, string>> = {
  CLOSED: "circuit closed",
  OPEN: "circuit open",
  HALF_OPEN: "circuit on trial",
};

/** What was decided about a provider, by the engine or by a person, newest first: when, what, why. */
export function DecisionList({ events, name, timeZone }: DecisionListProps) {
  return (
    <ol className="relative flex flex-col border-line border-l pl-5">
      {events.map((event) => (
        <li key={event.id} className="relative pb-5 last:pb-0">
          <Mark event={event} />
          <p className="flex flex-wrap items-center gap-x-2 text-ink-3 text-xs">
            <time dateTime={event.at}>
              {formatDay(Date.parse(event.at), timeZone)}{" "}
              {formatClock(Date.parse(event.at), timeZone, Date.parse(event.at))}
            </time>
            <span className="inline-flex items-center gap-1">
              {wordOf(event.from)}
              <ArrowRight aria-hidden="true" className="size-3" />
              <span className="sr-only">to</span>
              {wordOf(event.to)}
            </span>
          </p>
          <p className="mt-0.5 max-w-prose text-pretty text-ink-1">{eventText(event, name, timeZone)}</p>
          <details className="mt-0.5 text-xs">
            <summary className="link inline-block text-ink-2">the rule</summary>
            <p className="mt-1 max-w-prose text-pretty text-ink-2">
              {ruleText(event)} <code className="text-ink-3">{event.rule}</code>
            </p>
          </details>
        </li>
      ))}
    </ol>
  );
}

/** A state's own mark on the line; a circuit's changes are small dots between. */
function Mark({ event: { to } }: { event: LiveTransition }) {
  if (!isState(to))
    return <span aria-hidden="true" className="absolute top-1.5 -left-6 size-2 rounded-full bg-line-strong" />;
  const { icon: Icon, tone } = STATUS_MARKS[to];
  return <Icon aria-hidden="true" className={`absolute top-0 -left-7 size-4 rounded-full bg-surface-1 ${tone}`} />;
}

function wordOf(told: string): string {
  return isState(told) ? STATUS_MARKS[told].word : (CIRCUIT_WORDS[told] ?? told);
}

function isState(told: string): told is ProviderState {
  return PROVIDER_STATES.some((state) => state === told);
}
