import { describe, expect, it } from "vitest";
import { type ProviderPatch, providerPatchSchema } from "./provider-patch";

const problemsOf = (patch: unknown) =>
  providerPatchSchema.safeParse(patch).error?.issues.map((issue) => issue.path.join("/") || issue.code) ?? [];

describe("providerPatchSchema", () => {
  it("takes each field alone and none at all", () => {
    const patches: ProviderPatch[] = [
      {},
      { enabled: false },
      { priority: 0 },
      { base_url: null },
      { base_url: "http://nas.local:8080/opds" },
      { timeout_ms: 120_000 },
      { check_interval: null },
      { check_interval: 43_200 },
      { rate_per_second: 0.5 },
      { max_consecutive_failures: 20 },
      { config: { api_key: null, limit: 5, strict: true } },
    ];
    for (const patch of patches) expect(problemsOf(patch)).toEqual([]);
  });

  it.each([
    [{ enabled: "yes" }, "enabled"],
    [{ priority: 101 }, "priority"],
    [{ priority: 1.5 }, "priority"],
    [{ timeout_ms: 999 }, "timeout_ms"],
    [{ rate_per_second: 0 }, "rate_per_second"],
    [{ check_interval: 31 }, "check_interval"],
    [{ max_consecutive_failures: 0 }, "max_consecutive_failures"],
    [{ base_url: "ftp://example.org" }, "base_url"],
    [{ base_url: "not an address" }, "base_url"],
    [{ base_url: "https://user:pw@example.org" }, "base_url"],
    [{ base_url: "http://169.254.169.254/latest" }, "base_url"],
    [{ config: { api_key: "" } }, "config/api_key"],
    [{ colour: "red" }, "unrecognized_keys"],
  ])("refuses %j and names the field", (patch, path) => {
    expect(problemsOf(patch)).toEqual([path]);
  });
});
