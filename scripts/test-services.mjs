// `npm run test:services`: the suites that need PostgreSQL and Prometheus, found on the machine or installed from Debian's packages.
import { ensureBuilt } from "./support/build.mjs";
import { createTally } from "./support/checks.mjs";
import { ensureInstalled } from "./support/install.mjs";
import { ensurePostgres, ensurePromtool, startPostgres } from "./support/services.mjs";

await ensureInstalled();
const postgresFolder = await ensurePostgres();
const promtool = await ensurePromtool();
await ensureBuilt();

const tally = createTally();
const postgres = await startPostgres(postgresFolder);
try {
  await tally.vitest(
    "repositories on PostgreSQL",
    ["--project", "unit", "lib/db", "lib/titles", "lib/favorites", "lib/health"],
    {
      TEST_DATABASE_URL: postgres.url,
    },
  );
  await tally.vitest("services", ["--project", "services"], { TEST_DATABASE_URL: postgres.url, PROMTOOL: promtool });
} finally {
  await postgres.stop();
}
tally.close();
