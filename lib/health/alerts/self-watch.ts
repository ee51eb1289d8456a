import type { ConnectivityChange } from "@/lib/health/intake";
import type { AlertRule } from "./alert";
import { ruleOf } from "./rules";
import type { Signal } from "./signal";

const STALLED_MS = 90_000;
const ALIVE_MS = 30_000;
/** Longer between two looks of our own, the whole process stood still: that says nothing about the engine. */
const LATE_MS = 45_000;

/** What Yagura knows of itself. */
export interface SelfWatch {
  noteConnectivity(change: ConnectivityChange): void;
  /** Whether history cannot be written. */
  noteTrouble(failing: boolean): void;
  /** The engine is alive. Epoch milliseconds. */
  noteTick(at: number): void;
  isOffline(): boolean;
  /** As of now; called at every look. */
  signals(now: number): Signal[];
}

export function createSelfWatch(startedAt: number): SelfWatch {
  let outage: ConnectivityChange | null = null;
  let failing = false;
  let tickedAt = startedAt;
  let lookedAt = startedAt;

  function judgeEngine(now: number): Signal["verdict"] {
    // The engine's next sign of life is waited for as after a start.
    if (now - lookedAt > LATE_MS) tickedAt = now;
    lookedAt = now;
    if (now - tickedAt <= ALIVE_MS) return "clear";
    return now - tickedAt > STALLED_MS ? "active" : "held";
  }

  return {
    noteConnectivity(change) {
      outage = change.online ? null : change;
    },
    noteTrouble(now) {
      failing = now;
    },
    noteTick(at) {
      tickedAt = at;
    },
    isOffline: () => outage !== null,
    signals: (now) => [
      {
        ...about("SelfOffline"),
        since: outage?.since ?? null,
        verdict: outage ? "active" : "clear",
        text:
          outage?.cause === "hosts"
            ? "Yagura's own connection is lost: its providers cannot be reached, all at once. None of them is blamed."
            : "Yagura's own connection to the internet is lost. No provider is blamed for it.",
        endText: "Yagura's own connection is back.",
      },
      {
        ...about("EngineStalled"),
        verdict: judgeEngine(now),
        text: "The health engine has stood still for more than 90 seconds: states and checks are out of date.",
        endText: "The health engine runs again.",
      },
      {
        ...about("HistoryNotWritten"),
        verdict: failing ? "active" : "clear",
        text: "Samples cannot be written to the database. They wait in memory, the oldest are lost when there are too many.",
        endText: "Samples are written to the database again.",
      },
    ],
  };
}

function about(rule: AlertRule) {
  const { severity } = ruleOf(rule);
  return { rule, severity, subject: "yagura", provider: null, members: [], since: null };
}
