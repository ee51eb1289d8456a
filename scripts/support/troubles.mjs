// What went wrong in a runner's report, a line a test, for the end of the output where it is read first.
import { stripVTControlCharacters } from "node:util";

export const FAILED = "FAILED";
export const FLAKY = "FLAKY";

/** Of vitest's JSON report: failed tests, those that passed at a second try, and files that failed before their tests could run. */
export function vitestTroubles(report) {
  return (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const inTests = assertionResults
      .filter((test) => test.failureMessages.length > 0)
      .map((test) => {
        const mark = test.status === "failed" ? FAILED : FLAKY;
        return trouble(mark, [name, test.fullName], test.failureMessages[0]);
      });
    return inTests.length === 0 && status === "failed" ? [trouble(FAILED, [name], message)] : inTests;
  });
}

/** Of Playwright's JSON report: failed tests, those that passed at a second try, and what went wrong outside of tests. */
export function playwrightTroubles(report) {
  const outside = (report?.errors ?? []).map((error) => trouble(FAILED, ["outside of tests"], error.message));
  return [...outside, ...(report?.suites ?? []).flatMap(suiteTroubles)];
}

const MARK_OF = { unexpected: FAILED, flaky: FLAKY };

function suiteTroubles(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status in MARK_OF)
      .map((test) => {
        const message = test.results.find((result) => result.error)?.error.message;
        return trouble(MARK_OF[test.status], [`${spec.file}:${spec.line}`, test.projectName, spec.title], message);
      }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(suiteTroubles)];
}

const LONGEST_MESSAGE = 600;

function trouble(mark, names, message = "") {
  const plain = stripVTControlCharacters(message).replace(/\s+/g, " ").trim();
  return { mark, text: `${names.join(" › ")}: ${plain.slice(0, LONGEST_MESSAGE)}` };
}
