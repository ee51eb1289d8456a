// Runs checks one after another and counts what passed: a test runner's own tests, or one for a tool like the type checker.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./process.mjs";
import { FAILED, playwrightTroubles, vitestTroubles } from "./troubles.mjs";

const reports = mkdtempSync(join(tmpdir(), "yagura-checks-"));

export function createTally() {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const troubles = [];
  const add = (name, counts, named = []) => {
    for (const key of Object.keys(tally)) tally[key] += counts[key] ?? 0;
    troubles.push(...named);
    if (counts.failed > 0 && !named.some(({ mark }) => mark === FAILED)) troubles.push({ mark: FAILED, text: name });
    console.log(`— ${name}: ${counts.passed} passed, ${counts.failed} failed`);
  };
  return {
    /** A tool that has one answer. */
    async tool(name, command, args, env = {}) {
      console.log(`\n— ${name}`);
      const code = await run(command, args, { env, allowFailure: true });
      add(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
      return code === 0;
    },
    async vitest(name, args, env = {}) {
      const report = join(reports, `${name.replaceAll(" ", "-")}.json`);
      console.log(`\n— ${name}`);
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const code = await run("npx", ["--no-install", "vitest", "run", ...reporters, ...args], {
        env,
        allowFailure: true,
      });
      const result = readReport(report);
      add(
        name,
        counted(code, result?.numPassedTests, result?.numFailedTests, result?.numPendingTests),
        vitestTroubles(result),
      );
    },
    async playwright(name, args, env = {}) {
      const report = join(reports, `${name.replaceAll(" ", "-")}.json`);
      console.log(`\n— ${name}`);
      const code = await run("npx", ["--no-install", "playwright", "test", "--reporter=line,json", ...args], {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
        allowFailure: true,
      });
      const result = readReport(report);
      const stats = result?.stats;
      add(
        name,
        counted(code, stats && stats.expected + stats.flaky, stats?.unexpected, stats?.skipped),
        playwrightTroubles(result),
      );
    },
    /** Prints what failed, then the closing line, and ends with a code that says whether all is well. */
    close() {
      rmSync(reports, { recursive: true, force: true });
      if (troubles.length > 0) console.log("");
      for (const { mark, text } of troubles) console.log(`${mark} ${text}`);
      const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : "";
      console.log(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
      process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);
    },
  };
}

/** A runner that ended badly without saying which test failed (a crash, no report, no test found) counts as one failure. */
function counted(code, passed = 0, failed = 0, skipped = 0) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
