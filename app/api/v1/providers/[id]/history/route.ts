import { z } from "zod";
import { answerHistory, historyQuery, readHistory } from "@/lib/health/history";
import { rollupSchema } from "@/lib/health/history-wire";
import { dailyRowSchema, sampleSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { providerParams as params, readProviders } from "../../about";
import { toAudience, toHistorySource } from "../../known";

export const GET = route(
  {
    ...readProviders,
    summary: "Samples of a provider, or sums of them by minute, hour or day, oldest first",
    params,
    query: historyQuery,
    response: z.union([z.array(sampleSchema), z.array(rollupSchema), z.array(dailyRowSchema)]),
  },
  async ({ viewer, params: { id }, query }) => {
    const { isAdmin } = toAudience(viewer);
    const providerId = getRuntime().providers.get(id).id;
    const history = await readHistory(toHistorySource(), { query, providerId, now: Date.now(), isAdmin });
    return answerHistory(history, query.format, `${id}-history`);
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
