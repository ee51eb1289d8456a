import { createHash } from "node:crypto";
import type { AlertRule, Severity } from "./alert";

/** How one rule judges one thing now. */
export interface Signal {
  rule: AlertRule;
  severity: Severity;
  /** A provider's id, a host's origin, `all` or `yagura`. */
  subject: string;
  provider: { id: string; name: string } | null;
  /** Of an outage of a group. */
  members: readonly string[];
  /** `active`: it is so. `clear`: it is surely over. `held`: neither; what fires goes on, nothing begins. */
  verdict: "active" | "held" | "clear";
  /** When it began, where that is known better than by when it was seen. Epoch milliseconds. */
  since: number | null;
  /** What an alert says, when active. */
  text: string;
  /** What is said when it is over. */
  endText: string;
}

/** The same for all alerts of one rule about one thing, over restarts and instances. */
export function fingerprintOf({ rule, subject }: Pick<Signal, "rule" | "subject">): string {
  return createHash("sha256").update(`${rule}|${subject}`).digest("hex").slice(0, 32);
}
