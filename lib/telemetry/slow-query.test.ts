import { describe, expect, it, vi } from "vitest";
import { reportSlowQuery } from "./slow-query";

describe("a slow query", () => {
  it("is one that takes longer than 200 ms, and is named", () => {
    const warn = vi.fn();
    const query = { model: "Favorite", operation: "findMany", verb: "select" } as const;
    reportSlowQuery({ warn }, { ...query, durationMs: 200 });
    expect(warn).not.toHaveBeenCalled();
    reportSlowQuery({ warn }, { ...query, durationMs: 201.4 });
    reportSlowQuery({ warn }, { ...query, model: null, operation: "$queryRaw", durationMs: 900 });
    expect(warn.mock.calls).toEqual([
      [{ event: "slow.query", model: "Favorite", operation: "findMany", ms: 201 }, "Favorite.findMany took 201 ms"],
      [{ event: "slow.query", model: null, operation: "$queryRaw", ms: 900 }, "$queryRaw took 900 ms"],
    ]);
  });
});
