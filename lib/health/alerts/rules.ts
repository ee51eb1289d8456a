import type { AlertRule, Severity } from "./alert";

const MINUTE_MS = 60_000;

export interface Rule {
  severity: Severity;
  /** How long it must hold without a break. */
  forMs: number;
  /** It waits for its group before it is told. The warning, there to come early, waits for a moment, and longer only while several providers fail. */
  waits: boolean;
  /** An outage of a group that the provider belongs to is told instead. */
  grouped: boolean;
  /** Counts towards an outage of a group. */
  outage: boolean;
  /** Rules that say more about the same provider: while one of them holds, this one does not begin. */
  yieldsTo: readonly AlertRule[];
}

const OWN = { forMs: 0, waits: false, grouped: false, outage: false, yieldsTo: [] } as const;
const OUTAGE = { ...OWN, severity: "critical", waits: true, grouped: true, outage: true } as const;
const OUT: readonly AlertRule[] = ["ProviderDown", "ProviderAutoDisabled"];

export const RULES = {
  ProviderErrorRateWarning: {
    ...OWN,
    severity: "warning",
    grouped: true,
    yieldsTo: [...OUT, "ProviderErrorRateCritical"],
  },
  ProviderErrorRateCritical: { ...OUTAGE, yieldsTo: OUT },
  ProviderSlow: { ...OWN, severity: "warning", forMs: 5 * MINUTE_MS, grouped: true, yieldsTo: OUT },
  ProviderDown: OUTAGE,
  ProviderAutoDisabled: OUTAGE,
  ProviderMisconfigured: { ...OWN, severity: "warning" },
  GroupOutage: { ...OWN, severity: "critical", waits: true },
  SelfOffline: { ...OWN, severity: "critical" },
  EngineStalled: { ...OWN, severity: "critical" },
  /** Long enough for a second attempt. */
  HistoryNotWritten: { ...OWN, severity: "critical", forMs: 15_000 },
  TrendDegrading: {
    ...OWN,
    severity: "warning",
    forMs: 30 * MINUTE_MS,
    yieldsTo: [...OUT, "ProviderErrorRateWarning", "ProviderErrorRateCritical", "ProviderSlow"],
  },
  TlsExpiring: { ...OWN, severity: "warning" },
} as const satisfies Record<AlertRule, Rule>;

export function ruleOf(name: AlertRule): Rule {
  return RULES[name];
}
