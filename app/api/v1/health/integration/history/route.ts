import { z } from "zod";
import { answerHistory, historyQuery, readHistory } from "@/lib/health/history";
import { rollupSchema } from "@/lib/health/history-wire";
import { dailyRowSchema, sampleSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { toAudience, toHistorySource } from "../../../providers/known";
import { readHealth } from "../../about";

const whose = z.object({ provider_id: z.string().optional().meta({ description: "When all are asked for." }) });

export const GET = route(
  {
    ...readHealth,
    summary: "Samples of all providers or of one, or sums of them by minute, hour or day, oldest first",
    query: historyQuery.extend({ provider: z.string().min(1).max(200).optional() }),
    response: z.union([
      z.array(sampleSchema.extend(whose.shape)),
      z.array(rollupSchema.extend(whose.shape)),
      z.array(dailyRowSchema),
    ]),
  },
  async ({ viewer, query: { provider, ...query } }) => {
    const { isAdmin } = toAudience(viewer);
    const providerId = provider === undefined ? null : getRuntime().providers.get(provider).id;
    const history = await readHistory(toHistorySource(), { query, providerId, now: Date.now(), isAdmin });
    return answerHistory(history, query.format, providerId === null ? "history" : `${providerId}-history`);
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
