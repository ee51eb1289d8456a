import type { OutcomeClass } from "@/lib/providers/outcome";

/** Classes that mean much the same to a person share a colour; each class is told by its own name beside it. */
export interface FailureFamily {
  id: string;
  name: string;
  classes: readonly OutcomeClass[];
  /** A token of the chart palette. */
  color: string;
}

/** From the bottom of the stack up. */
export const FAILURE_FAMILIES = [
  { id: "timeout", name: "Timeouts", classes: ["timeout"], color: "var(--color-chart-2)" },
  {
    id: "connection",
    name: "No connection",
    classes: ["network", "dns", "tls"],
    color: "var(--color-chart-4)",
  },
  { id: "server", name: "Server errors", classes: ["http_5xx"], color: "var(--color-chart-1)" },
  { id: "contract", name: "Unreadable answers", classes: ["contract"], color: "var(--color-chart-6)" },
  { id: "refused", name: "Turned away", classes: ["challenge", "blocked"], color: "var(--color-chart-7)" },
  { id: "limited", name: "Asked for fewer calls", classes: ["throttled", "quota"], color: "var(--color-chart-3)" },
  { id: "settings", name: "Credentials and settings", classes: ["auth", "config"], color: "var(--color-chart-5)" },
  {
    id: "own",
    name: "On our own side",
    classes: ["self_offline", "tainted", "dependency", "internal"],
    color: "var(--color-chart-8)",
  },
] as const satisfies readonly FailureFamily[];

export function countFamily({ classes }: FailureFamily, failures: Partial<Record<OutcomeClass, number>>): number {
  return classes.reduce((sum, name) => sum + (failures[name] ?? 0), 0);
}
