import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "./alert";
import { type AlertBook, type AlertChange, annotate, type LookContext, lookAt, toAlertBook } from "./life-cycle";
import { ruleOf } from "./rules";
import { fingerprintOf, type Signal } from "./signal";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const START = Date.UTC(2026, 10, 22, 12);

interface Sim {
  now: number;
  book: AlertBook;
  changes: AlertChange[];
}

function createSim(): Sim {
  return { now: START, book: toAlertBook([]), changes: [] };
}

const NAMES = ["kitsu", "anilist", "mangadex", "opds", "komga", "tmdb", "gemini", "cursor", "jikan", "other"];

function look(sim: Sim, signals: readonly Signal[], given: Partial<LookContext> = {}): string[] {
  const context = {
    now: sim.now,
    cooldownMs: 15 * MINUTE_MS,
    groupWaitMs: 30 * SECOND_MS,
    inGrace: false,
    offline: false,
    members: NAMES.map((id) => ({ id, name: id, origin: `https://${id}.example` })),
    failing: 0,
    newId: () => `alert-${++ids}`,
    ...given,
  };
  const { book, changes } = lookAt(sim.book, signals, context);
  sim.book = book;
  sim.changes.push(...changes);
  return changes.map(({ kind, alert }) => `${kind} ${alert.rule}${alert.providerId ? ` ${alert.providerId}` : ""}`);
}

let ids = 0;

function pass(sim: Sim, ms: number): void {
  sim.now += ms;
}

function signal(given: Partial<Signal> = {}): Signal {
  const id = given.subject ?? "kitsu";
  const rule = given.rule ?? "ProviderMisconfigured";
  return {
    rule,
    severity: ruleOf(rule).severity,
    subject: id,
    provider: { id, name: id },
    members: [],
    since: null,
    verdict: "active",
    text: "Something is wrong.",
    endText: "It is well again.",
    ...given,
  };
}

function down(id: string, verdict: Signal["verdict"] = "active"): Signal {
  return signal({ rule: "ProviderDown", subject: id, verdict });
}

const own = (rule: Signal["rule"], verdict: Signal["verdict"] = "active") =>
  signal({ rule, subject: "yagura", provider: null, verdict });

describe("the life of an alert", () => {
  it("fires at once where nothing is to be waited for, once, and ends when it is surely over", () => {
    const sim = createSim();
    expect(look(sim, [signal()])).toEqual(["fired ProviderMisconfigured kitsu"]);
    pass(sim, MINUTE_MS);
    expect(look(sim, [signal()])).toEqual([]);
    expect(look(sim, [signal({ verdict: "held" })])).toEqual([]);
    expect(look(sim, [signal({ verdict: "clear" })])).toEqual(["resolved ProviderMisconfigured kitsu"]);
    const [fired, resolved] = sim.changes;
    expect(resolved?.alert).toMatchObject({ id: fired?.alert.id, state: "resolved", resolvedAt: START + MINUTE_MS });
  });

  it("must last without a break where its rule says so", () => {
    const sim = createSim();
    const slow = (verdict: Signal["verdict"]) => look(sim, [signal({ rule: "ProviderSlow", verdict })]);
    expect(slow("active")).toEqual(["pending ProviderSlow kitsu"]);
    pass(sim, 4 * MINUTE_MS);
    expect(slow("held")).toEqual(["withdrawn ProviderSlow kitsu"]);
    expect(slow("active")).toEqual(["pending ProviderSlow kitsu"]);
    pass(sim, 5 * MINUTE_MS - 1);
    expect(slow("active")).toEqual([]);
    pass(sim, 1);
    expect(slow("active")).toEqual(["fired ProviderSlow kitsu"]);
  });

  it("waits for its group, and was never there when it ends before", () => {
    const sim = createSim();
    expect(look(sim, [down("kitsu")])).toEqual(["pending ProviderDown kitsu"]);
    pass(sim, 20 * SECOND_MS);
    expect(look(sim, [down("kitsu", "clear")])).toEqual(["withdrawn ProviderDown kitsu"]);
    look(sim, [down("kitsu")]);
    pass(sim, 30 * SECOND_MS);
    expect(look(sim, [down("kitsu")])).toEqual(["fired ProviderDown kitsu"]);
  });

  it("is not told while the app has just started, and then it is", () => {
    const sim = createSim();
    expect(look(sim, [signal()], { inGrace: true })).toEqual(["pending ProviderMisconfigured kitsu"]);
    expect(look(sim, [signal()])).toEqual(["fired ProviderMisconfigured kitsu"]);
  });

  it("is not told again within the cooldown; when it lasts until its end, it is", () => {
    const sim = createSim();
    look(sim, [signal()]);
    pass(sim, MINUTE_MS);
    look(sim, [signal({ verdict: "clear" })]);
    pass(sim, MINUTE_MS);
    expect(look(sim, [signal()])).toEqual(["pending ProviderMisconfigured kitsu"]);
    pass(sim, 13 * MINUTE_MS - 1);
    expect(look(sim, [signal()])).toEqual([]);
    pass(sim, 1);
    expect(look(sim, [signal()])).toEqual(["fired ProviderMisconfigured kitsu"]);
  });

  it("passes the cooldown, and follows the first, when it is worse", () => {
    const sim = createSim();
    const expiring = (severity: Signal["severity"]) => look(sim, [signal({ rule: "TlsExpiring", severity })]);
    expiring("warning");
    pass(sim, MINUTE_MS);
    expect(expiring("critical")).toEqual(["resolved TlsExpiring kitsu", "fired TlsExpiring kitsu"]);
    expect(expiring("warning")).toEqual([]);
  });

  it("is not told while it is snoozed, though it ends and comes again", () => {
    const sim = createSim();
    look(sim, [signal()]);
    const alert = sim.book.open.get(fingerprintOf(signal())) as Alert;
    sim.book = annotate(sim.book, { ...alert, snoozedUntil: sim.now + 60 * MINUTE_MS });
    pass(sim, 20 * MINUTE_MS);
    expect(look(sim, [signal({ verdict: "clear" })])).toEqual(["resolved ProviderMisconfigured kitsu"]);
    pass(sim, 20 * MINUTE_MS);
    expect(look(sim, [signal()])).toEqual(["pending ProviderMisconfigured kitsu"]);
    pass(sim, 20 * MINUTE_MS);
    expect(look(sim, [signal()])).toEqual(["fired ProviderMisconfigured kitsu"]);
  });

  it("goes on where it was after a restart, cooldown included", () => {
    const sim = createSim();
    look(sim, [signal(), signal({ subject: "anilist" })]);
    look(sim, [signal({ subject: "anilist", verdict: "clear" })]);
    sim.book = toAlertBook([...new Map(sim.changes.map(({ alert }) => [alert.id, alert])).values()]);
    pass(sim, MINUTE_MS);
    expect(look(sim, [signal(), signal({ subject: "anilist" })])).toEqual(["pending ProviderMisconfigured anilist"]);
    expect(look(sim, [signal({ verdict: "clear" })])).toEqual(["resolved ProviderMisconfigured kitsu"]);
  });
});

describe("one alert instead of many", () => {
  it("tells an outage of a group, and none of its members", () => {
    const sim = createSim();
    for (const id of NAMES.slice(0, 5)) {
      look(sim, [down(id)]);
      pass(sim, 2 * SECOND_MS);
    }
    pass(sim, 30 * SECOND_MS);
    look(
      sim,
      NAMES.slice(0, 5).map((id) => down(id)),
    );
    const fired = sim.changes.filter(({ kind }) => kind === "fired");
    expect(fired).toHaveLength(1);
    expect(fired[0]?.alert).toMatchObject({ rule: "GroupOutage", subject: "all", members: NAMES.slice(0, 5) });
    expect(fired[0]?.alert.text).toContain("5 of 10 providers");
  });

  it("keeps even an early warning back while several fail, and drops it for the group", () => {
    const sim = createSim();
    const warning = signal({ rule: "ProviderErrorRateWarning", subject: "kitsu" });
    expect(look(sim, [warning], { failing: 3 })).toEqual(["pending ProviderErrorRateWarning kitsu"]);
    pass(sim, 10 * SECOND_MS);
    const all = NAMES.slice(0, 5).map((id) => down(id));
    look(sim, all, { failing: 5 });
    pass(sim, 30 * SECOND_MS);
    look(sim, all, { failing: 5 });
    expect(sim.changes.flatMap(({ kind, alert }) => (kind === "fired" ? alert.rule : []))).toEqual(["GroupOutage"]);
  });

  it("warns early of one provider while two others fail, after a moment in which more might have", () => {
    const sim = createSim();
    const warning = signal({ rule: "ProviderErrorRateWarning", subject: "kitsu" });
    expect(look(sim, [warning], { failing: 1 })).toEqual(["pending ProviderErrorRateWarning kitsu"]);
    pass(sim, 5 * SECOND_MS - 1);
    expect(look(sim, [warning], { failing: 2 })).toEqual([]);
    pass(sim, 1);
    expect(look(sim, [warning], { failing: 2 })).toEqual(["fired ProviderErrorRateWarning kitsu"]);
  });

  it("takes no early warning for an outage of its own that was the first of many by a second", () => {
    const sim = createSim();
    const warning = signal({ rule: "ProviderErrorRateWarning", subject: "kitsu" });
    look(sim, [warning], { failing: 1 });
    pass(sim, 2 * SECOND_MS);
    look(sim, [warning], { failing: 4 });
    pass(sim, 4 * SECOND_MS);
    expect(look(sim, [warning], { failing: 5 })).toEqual([]);
  });

  it("warns at once where groups are not waited for", () => {
    const warning = signal({ rule: "ProviderErrorRateWarning", subject: "kitsu" });
    expect(look(createSim(), [warning], { groupWaitMs: 0 })).toEqual(["fired ProviderErrorRateWarning kitsu"]);
  });

  it("knows providers of one host as a group, however many others there are", () => {
    const sim = createSim();
    const members = Array.from({ length: 40 }, (_, index) => ({
      id: `p${index}`,
      name: `p${index}`,
      origin: index < 5 ? "https://one.example" : `https://${index}.example`,
    }));
    const all = members.slice(0, 5).map(({ id }) => down(id));
    look(sim, all, { members });
    pass(sim, 30 * SECOND_MS);
    expect(look(sim, all, { members })).toEqual(["fired GroupOutage"]);
    expect([...sim.book.open.values()]).toMatchObject([
      { subject: "https://one.example", members: ["p0", "p1", "p2", "p3", "p4"] },
    ]);
  });

  it.each([
    ["two of four", ["kitsu", "anilist"], NAMES.slice(0, 4), 0],
    ["three of eleven", NAMES.slice(0, 3), [...NAMES, "eleventh"], 0],
    ["three that went out one after the other", NAMES.slice(0, 3), NAMES.slice(0, 4), 61 * SECOND_MS],
  ])("is no group: %s", (_, out, inUse, apartMs) => {
    const sim = createSim();
    const members = inUse.map((id) => ({ id, name: id, origin: `https://${id}.example` }));
    for (const id of out) {
      look(sim, [down(id)], { members });
      pass(sim, apartMs);
    }
    pass(sim, 31 * SECOND_MS);
    look(
      sim,
      out.map((id) => down(id)),
      { members },
    );
    expect([...sim.book.open.values()].map(({ rule, state }) => [rule, state])).toEqual(
      out.map(() => ["ProviderDown", "firing"]),
    );
  });

  it("ends with the outage, and then names those that stay out", () => {
    const sim = createSim();
    const four = NAMES.slice(0, 4);
    look(
      sim,
      four.map((id) => down(id)),
    );
    pass(sim, MINUTE_MS);
    look(
      sim,
      four.map((id) => down(id)),
    );
    const later = (verdicts: readonly Signal["verdict"][]) =>
      look(
        sim,
        four.map((id, index) => down(id, verdicts[index] ?? "active")),
      );
    expect(later(["clear"])).toEqual([]);
    expect(later(["clear", "clear"])).toEqual([
      "resolved GroupOutage",
      "pending ProviderDown mangadex",
      "pending ProviderDown opds",
    ]);
  });

  it("says the worse of two about a provider, unless the lesser has been told", () => {
    const rate = (which: "Warning" | "Critical") => signal({ rule: `ProviderErrorRate${which}` });
    const sudden = createSim();
    expect(look(sudden, [rate("Warning"), rate("Critical"), down("kitsu")])).toEqual(["pending ProviderDown kitsu"]);
    const slow = createSim();
    expect(look(slow, [rate("Warning")], { groupWaitMs: 0 })).toEqual(["fired ProviderErrorRateWarning kitsu"]);
    expect(look(slow, [rate("Warning"), rate("Critical"), down("kitsu")])).toEqual([
      "pending ProviderErrorRateCritical kitsu",
      "pending ProviderDown kitsu",
    ]);
  });

  it("blames no provider while we ourselves are offline", () => {
    const sim = createSim();
    look(sim, [signal({ subject: "tmdb" })]);
    look(sim, [down("kitsu")]);
    const offline = [own("SelfOffline"), ...NAMES.map((id) => down(id)), signal({ subject: "tmdb", verdict: "clear" })];
    expect(look(sim, offline, { offline: true })).toEqual(["fired SelfOffline", "withdrawn ProviderDown kitsu"]);
    pass(sim, 10 * MINUTE_MS);
    expect(look(sim, offline, { offline: true })).toEqual([]);
    expect(look(sim, [own("SelfOffline", "clear")])).toEqual(["resolved SelfOffline"]);
    expect([...sim.book.open.values()]).toMatchObject([{ rule: "ProviderMisconfigured", state: "firing" }]);
  });
});

describe("whatever happens", () => {
  const RULES = [
    "ProviderDown",
    "ProviderErrorRateWarning",
    "ProviderErrorRateCritical",
    "ProviderSlow",
    "TlsExpiring",
  ] as const;
  const signals = fc.array(
    fc.record({
      rule: fc.constantFrom(...RULES),
      subject: fc.constantFrom(...NAMES.slice(0, 4)),
      verdict: fc.constantFrom("active", "active", "held", "clear"),
      severity: fc.constantFrom("warning", "critical"),
    }),
    { maxLength: 6 },
  );
  const steps = fc.array(
    fc.record({
      signals,
      waitMs: fc.integer({ min: 0, max: 10 * MINUTE_MS }),
      inGrace: fc.boolean(),
      offline: fc.boolean(),
    }),
    { maxLength: 40 },
  );

  it("each alert fires once at most and ends once at most, after it fired; two never stand for the same", () => {
    fc.assert(
      fc.property(steps, (run) => {
        const sim = createSim();
        for (const { signals: given, waitMs, ...context } of run) {
          pass(sim, waitMs);
          const before = sim.changes.length;
          look(
            sim,
            given.map((one) => signal(one as Partial<Signal>)),
            context,
          );
          const fired = sim.changes.slice(before).filter(({ kind }) => kind === "fired");
          if (context.inGrace) expect(fired).toEqual([]);
          if (context.offline) expect(fired.filter(({ alert }) => alert.providerId !== null)).toEqual([]);
          const open = [...sim.book.open.values()];
          expect(new Set(open.map(({ fingerprint }) => fingerprint)).size).toBe(open.length);
        }
        const ofAlert = new Map<string, string[]>();
        for (const { kind, alert } of sim.changes) ofAlert.set(alert.id, [...(ofAlert.get(alert.id) ?? []), kind]);
        for (const kinds of ofAlert.values()) {
          expect(kinds.filter((kind) => kind !== "changed").join(" ")).toMatch(
            /^(pending|pending withdrawn|(pending )?fired( resolved)?)$/,
          );
        }
      }),
    );
  });

  it("the same is told at most once per cooldown, unless it got worse", () => {
    fc.assert(
      fc.property(steps, (run) => {
        const sim = createSim();
        const last = new Map<string, { at: number; severity: string }>();
        for (const { signals: given, waitMs, ...context } of run) {
          pass(sim, waitMs);
          const before = sim.changes.length;
          look(
            sim,
            given.map((one) => signal(one as Partial<Signal>)),
            context,
          );
          for (const { kind, alert } of sim.changes.slice(before)) {
            if (kind !== "fired") continue;
            const told = last.get(alert.fingerprint);
            const isWorse = told?.severity === "warning" && alert.severity === "critical";
            if (told && !isWorse) expect(sim.now - told.at).toBeGreaterThanOrEqual(15 * MINUTE_MS);
            last.set(alert.fingerprint, { at: sim.now, severity: alert.severity });
          }
        }
      }),
    );
  });
});
