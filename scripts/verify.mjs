// `npm run verify`: the quick inner loop.
import { createTally } from "./support/checks.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { staticChecks } from "./support/static-checks.mjs";

await ensureInstalled();
const tally = createTally();
await staticChecks(tally);
await tally.vitest("unit tests", ["--project", "unit"]);
tally.close();
