import { z } from "zod";
import { daysQuery } from "@/lib/health/history";
import { readDailyCounts } from "@/lib/health/read-rollups";
import { toDailyRow, toStats } from "@/lib/health/to-wire";
import { dailyRowSchema, statsSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { readProviders } from "../about";
import { listKnown, toHistorySource } from "../known";

export const GET = route(
  {
    ...readProviders,
    summary: "Figures of all providers and their counts per day",
    query: z.object({ days: daysQuery.default(7) }),
    response: z.object({ performance: z.record(z.string(), statsSchema), history: z.array(dailyRowSchema) }),
  },
  async ({ viewer, query }) => {
    const range = { providerId: null, days: query.days, now: Date.now() };
    const history = await readDailyCounts(toHistorySource(), range);
    return {
      performance: Object.fromEntries(listKnown(viewer).map(({ provider, health }) => [provider.id, toStats(health)])),
      history: history.map(toDailyRow),
    };
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
