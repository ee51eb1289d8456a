// `npm test`: everything that needs nothing but this machine.

import { ensureBrowser } from "./support/browser.mjs";
import { ensureBuilt } from "./support/build.mjs";
import { createTally } from "./support/checks.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { fail } from "./support/process.mjs";
import { staticChecks } from "./support/static-checks.mjs";

await ensureInstalled();
const browser = await ensureBrowser();
if (!browser)
  fail("No browser: please install Chromium (on Debian: apt-get install chromium), then run npm test again.");

const tally = createTally();
await staticChecks(tally);
await tally.vitest("unit tests", ["--project", "unit"]);
await ensureBuilt();
await tally.vitest("integration tests", ["--project", "integration"]);
await tally.playwright("browser tests", [], browser);
tally.close();
