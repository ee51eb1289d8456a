import { describe, expect, it } from "vitest";
import { toSourceRow } from "./to-source-row";

const NOW = Date.UTC(2026, 10, 22, 13, 0);
const UNTIL = Date.UTC(2026, 10, 22, 13, 32);
const SOURCE = {
  providerId: "kitsu",
  providerName: "Kitsu",
  externalId: "8",
  url: null,
  title: "Berserk",
  snapshotAt: NOW,
};
const at = { timeZone: "Europe/Berlin", now: NOW };

describe("toSourceRow", () => {
  it("says until when a provider rests or is held, in the viewer's zone", () => {
    const resting = { state: "AUTO_DISABLED", disabledUntil: UNTIL, hold: null } as const;
    const held = { state: "RATE_LIMITED", disabledUntil: null, hold: { kind: "quota", until: UNTIL } } as const;
    expect(toSourceRow(SOURCE, { health: resting, ...at }).until).toBe("14:32");
    expect(toSourceRow(SOURCE, { health: held, ...at }).until).toBe("14:32");
  });

  it("gives no time to a state that does not end by the clock", () => {
    const health = { state: "MISCONFIGURED", disabledUntil: null, hold: { kind: "auth", until: UNTIL } } as const;
    expect(toSourceRow(SOURCE, { health, ...at })).toMatchObject({ state: "MISCONFIGURED", until: null });
  });

  it("keeps the source of a provider that is no longer set up", () => {
    expect(toSourceRow(SOURCE, { health: null, ...at })).toMatchObject({ providerName: "Kitsu", state: null });
  });
});
