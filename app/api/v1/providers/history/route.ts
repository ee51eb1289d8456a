import { z } from "zod";
import { countSamplesPerDay } from "@/lib/db/samples";
import { daysQuery } from "@/lib/health/history";
import { toDailyRow } from "@/lib/health/to-wire";
import { dailyRowSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { readProviders } from "../about";

export const GET = route(
  {
    ...readProviders,
    summary: "Successes and failures per day and provider, oldest first",
    query: z.object({ days: daysQuery.default(7) }),
    response: z.array(dailyRowSchema),
  },
  async ({ query }) => {
    const range = { providerId: null, days: query.days, now: Date.now() };
    return (await countSamplesPerDay(getRuntime().db.client, range)).map(toDailyRow);
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
