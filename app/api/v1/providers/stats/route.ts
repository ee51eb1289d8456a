import { z } from "zod";
import { countSamplesPerDay } from "@/lib/db/samples";
import { daysQuery } from "@/lib/health/history";
import { toDailyRow, toStats } from "@/lib/health/to-wire";
import { dailyRowSchema, statsSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { readProviders } from "../about";
import { listKnown } from "../known";

export const GET = route(
  {
    ...readProviders,
    summary: "Figures of all providers and their counts per day",
    query: z.object({ days: daysQuery.default(7) }),
    response: z.object({ performance: z.record(z.string(), statsSchema), history: z.array(dailyRowSchema) }),
  },
  async ({ viewer, query }) => {
    const range = { providerId: null, days: query.days, now: Date.now() };
    const history = await countSamplesPerDay(getRuntime().db.client, range);
    return {
      performance: Object.fromEntries(listKnown(viewer).map(({ provider, health }) => [provider.id, toStats(health)])),
      history: history.map(toDailyRow),
    };
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
