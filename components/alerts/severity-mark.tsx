import { BellRing, Info, OctagonAlert } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { Severity } from "@/lib/health/alerts/alert";

const MARKS = {
  critical: { icon: OctagonAlert, tone: "text-signal-bad", word: "Critical" },
  warning: { icon: BellRing, tone: "text-signal-warn", word: "Warning" },
  info: { icon: Info, tone: "text-signal-held", word: "Info" },
} as const satisfies Record<Severity, unknown>;

interface SeverityMarkProps {
  severity: Severity;
  /** What is over keeps its shape and loses its colour. */
  over?: boolean;
  className?: string;
}

/** How bad an alert is: shape and word, then colour. */
export function SeverityMark({ severity, over = false, className }: SeverityMarkProps) {
  const { icon: Icon, tone, word } = MARKS[severity];
  return (
    <span
      className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-ink-1", className)}
    >
      <Icon aria-hidden="true" className={classNames("size-4 shrink-0", over ? "text-signal-off" : tone)} />
      {word}
    </span>
  );
}
