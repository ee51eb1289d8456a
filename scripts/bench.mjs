// `npm run bench [name]`: measures the figures of docs/benchmarks.md. Ratios compare interleaved runs within one process.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./support/build.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { ROOT, run, TYPESCRIPT } from "./support/process.mjs";

const only = process.argv[2];

await ensureInstalled();
await ensureBuilt();
let failed = 0;
for (const file of readdirSync(join(ROOT, "tests", "bench")).filter(
  (name) => name.endsWith(".bench.ts") && (!only || name.startsWith(only)),
)) {
  console.log(`\n— ${file}`);
  failed +=
    (await run("node", ["--expose-gc", ...TYPESCRIPT, `tests/bench/${file}`], { allowFailure: true })) === 0 ? 0 : 1;
}
process.exit(failed === 0 ? 0 : 1);
