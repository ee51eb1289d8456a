// `npm run dev`: Next's development server on the same data folder.

import { join } from "node:path";
import { ensureInstalled } from "./support/install.mjs";
import { ROOT, run, TYPESCRIPT } from "./support/process.mjs";

await ensureInstalled();
if ((await run("node", [...TYPESCRIPT, "scripts/prepare.ts"], { allowFailure: true })) !== 0) process.exit(1);
process.exit(
  await run("node", [join(ROOT, "node_modules/next/dist/bin/next"), "dev", "-p", process.env.PORT || "3000"], {
    allowFailure: true,
  }),
);
