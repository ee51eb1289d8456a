import { describe, expect, it } from "vitest";
import type { SearchProvider } from "@/lib/search/events";
import { toChipState } from "./chip-state";

const NOW = Date.UTC(2026, 10, 22, 13, 0);
const MINUTE_MS = 60_000;

function chipOf(changes: Partial<SearchProvider>, unwell: string | null = null) {
  const provider: SearchProvider = {
    id: "kitsu",
    name: "Kitsu",
    state: "ok",
    ms: 188,
    count: 12,
    hasMore: false,
    cached: false,
    ageMs: null,
    error: null,
    reason: null,
    retryAt: null,
    weight: 1,
    ...changes,
  };
  const chip = toChipState(provider, { now: NOW, timeZone: "UTC", unwell });
  return { ...chip, words: chip.words.replaceAll("\u202f", " ") };
}

describe("toChipState", () => {
  it("tells hits from none at all", () => {
    expect(chipOf({}).words).toBe("12 in 188 ms");
    expect(chipOf({ count: 0 })).toMatchObject({ kind: "none", words: "none in 188 ms", canRetry: false });
  });

  it("says how old a cached answer is, and offers a new one", () => {
    expect(chipOf({ cached: true, ageMs: 3 * MINUTE_MS })).toMatchObject({
      kind: "cached",
      words: "12, cached 3 min ago",
      canRetry: true,
    });
  });

  it("says until when a provider is held, in the viewer's zone", () => {
    const retryAt = NOW + 92 * MINUTE_MS;
    expect(chipOf({ state: "rate_limited", retryAt }).words).toBe("rate-limited until 14:32");
    expect(chipOf({ state: "skipped", retryAt, reason: "10 failures in a row" })).toMatchObject({
      kind: "resting",
      words: "resting until 14:32",
      why: "10 failures in a row.",
      canRetry: true,
    });
  });

  it("gives the end of a rest to count down to, and greys who is not asked", () => {
    const retryAt = NOW + 4 * MINUTE_MS;
    expect(chipOf({ state: "skipped", retryAt, reason: "resting" })).toMatchObject({ until: retryAt, muted: true });
    expect(chipOf({ state: "rate_limited", retryAt })).toMatchObject({ until: retryAt, muted: true });
    expect(chipOf({ state: "skipped", reason: "Switched off by an admin" })).toMatchObject({
      until: null,
      muted: true,
    });
    expect(chipOf({})).toMatchObject({ until: null, muted: false });
  });

  it("greys one that is asked although it is not well, until it has answered", () => {
    const why = "Kitsu is down: 3 failures in a row.";
    expect(chipOf({ state: "waiting" }, why)).toMatchObject({ why, muted: true });
    expect(chipOf({ state: "waiting" })).toMatchObject({ why: null, muted: false });
    expect(chipOf({}, why)).toMatchObject({ why: null, muted: false });
  });

  it("explains a rest as the engine does, where that is known", () => {
    const why = "Kitsu is resting until 14:32: 10 failures in a row, the last a timeout.";
    const skipped = { state: "skipped", reason: "resting after many failures", retryAt: NOW + MINUTE_MS } as const;
    expect(chipOf(skipped, why).why).toBe(why);
    expect(chipOf(skipped).why).toBe("Resting after many failures.");
  });

  it("never calls a provider off that is being tried again by another call", () => {
    expect(chipOf({ state: "skipped", reason: "being tried again, one call at a time" })).toMatchObject({
      words: "on trial",
      canRetry: true,
    });
  });

  it("tells wrong settings from being switched off", () => {
    expect(chipOf({ state: "skipped", reason: "its address or settings are wrong" }).words).toBe("misconfigured");
  });

  it("tells a missing key from being switched off; neither can be retried", () => {
    expect(chipOf({ state: "skipped", reason: "An API key is needed" })).toMatchObject({
      words: "needs key",
      canRetry: false,
    });
    expect(chipOf({ state: "skipped", reason: "Switched off by an admin" })).toMatchObject({
      words: "off",
      canRetry: false,
    });
  });

  it("never blames a provider for waiting in our own queue", () => {
    expect(chipOf({ state: "timeout", reason: "queued" }).words).toBe("still in our queue");
    expect(chipOf({ state: "timeout", count: null, ms: 10_000 })).toMatchObject({ words: "timed out", canRetry: true });
  });

  it("tells why in a whole sentence", () => {
    expect(chipOf({ state: "rate_limited", reason: "it asked for fewer calls" }).why).toBe("It asked for fewer calls.");
  });

  it("keeps the error's own sentence for those who ask why", () => {
    const error = { class: "http_5xx", message: "Kitsu answered with a server error (502)." } as const;
    expect(chipOf({ state: "error", error })).toMatchObject({ words: "failed", why: error.message, canRetry: true });
  });
});
