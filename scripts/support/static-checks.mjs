import { run } from "./process.mjs";

/** What needs no program to run: types, lint, format, unused code, size of adapters. */
export async function staticChecks(tally) {
  await run("npx", ["--no-install", "next", "typegen"], { quiet: true });
  await tally.tool("types", "npx", ["--no-install", "tsc", "--noEmit"]);
  await tally.tool("lint and format", "npx", ["--no-install", "biome", "ci", "."]);
  await tally.tool("unused code", "npx", ["--no-install", "knip", "--no-progress"]);
  await tally.tool("adapter sizes", "node", ["scripts/count-adapters.mjs"]);
}
