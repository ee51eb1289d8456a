import { z } from "zod";
import { answerHistory, daysQuery, historyQuery, readHistory } from "@/lib/health/history";
import { dailyRowSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { readProviders } from "../about";
import { toAudience, toHistorySource } from "../known";

export const GET = route(
  {
    ...readProviders,
    summary: "Successes and failures per day and provider, oldest first",
    query: z.object({ days: daysQuery.default(7), format: historyQuery.shape.format }),
    response: z.array(dailyRowSchema),
  },
  async ({ viewer, query }) => {
    const { isAdmin } = toAudience(viewer);
    const history = await readHistory(toHistorySource(), { query, providerId: null, now: Date.now(), isAdmin });
    return answerHistory(history, query.format, "providers-history");
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
