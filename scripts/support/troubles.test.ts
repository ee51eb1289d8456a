import { describe, expect, it } from "vitest";
import { playwrightTroubles, vitestTroubles } from "./troubles.mjs";

describe("what went wrong in vitest's report", () => {
  it("is each failed test with the first words of its reason, on one line and without colours", () => {
    const assertionResults = [
      { status: "passed", fullName: "adds", failureMessages: [] },
      { status: "failed", fullName: "takes away", failureMessages: ["\u001b[31mexpected 1\n  to be 2\u001b[39m"] },
    ];
    expect(vitestTroubles({ testResults: [{ name: "sum.test.ts", status: "failed", assertionResults }] })).toEqual([
      { mark: "FAILED", text: "sum.test.ts › takes away: expected 1 to be 2" },
    ]);
  });

  it("is also a test that passed at a second try", () => {
    const flaky = { status: "passed", fullName: "waits", failureMessages: ["too late"] };
    expect(
      vitestTroubles({ testResults: [{ name: "wait.test.ts", status: "passed", assertionResults: [flaky] }] }),
    ).toEqual([{ mark: "FLAKY", text: "wait.test.ts › waits: too late" }]);
  });

  it("is the file when it failed before its tests", () => {
    const result = { name: "sum.test.ts", status: "failed", message: "no such module", assertionResults: [] };
    expect(vitestTroubles({ testResults: [result] })).toEqual([
      { mark: "FAILED", text: "sum.test.ts: no such module" },
    ]);
  });

  it("is nothing where there is no report", () => {
    expect(vitestTroubles(null)).toEqual([]);
  });
});

describe("what went wrong in Playwright's report", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: "search.spec.ts",
    line: 7,
    tests: [{ status, projectName: "phone", results: [message ? { error: { message } } : {}] }],
  });

  it("is each failed test, at any depth, and each that passed at a second try", () => {
    const inner = { title: "inner", specs: [spec("merges", "unexpected", "timed out")] };
    const outer = { title: "outer", specs: [spec("streams", "flaky", "late"), spec("sorts", "expected")] };
    expect(playwrightTroubles({ suites: [{ ...outer, suites: [inner] }], errors: [] })).toEqual([
      { mark: "FLAKY", text: "search.spec.ts:7 › phone › streams: late" },
      { mark: "FAILED", text: "search.spec.ts:7 › phone › merges: timed out" },
    ]);
  });

  it("is also what failed outside of tests", () => {
    expect(playwrightTroubles({ suites: [], errors: [{ message: "no browser" }] })).toEqual([
      { mark: "FAILED", text: "outside of tests: no browser" },
    ]);
  });
});
