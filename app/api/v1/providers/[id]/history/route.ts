import { z } from "zod";
import { historyQuery, historyToCsv, readHistory } from "@/lib/health/history";
import { dailyRowSchema, sampleSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { providerParams as params, readProviders } from "../../about";
import { toAudience } from "../../known";

export const GET = route(
  {
    ...readProviders,
    summary: "Samples of a provider, or its counts per day, oldest first",
    params,
    query: historyQuery,
    response: z.union([z.array(sampleSchema), z.array(dailyRowSchema)]),
  },
  async ({ viewer, params: { id }, query }) => {
    const { db, providers } = getRuntime();
    const { isAdmin } = toAudience(viewer);
    const request = { query, providerId: providers.get(id).id, now: Date.now(), isAdmin };
    const history = await readHistory(db.client, request);
    if (query.format === "json") return history.rows;
    return new Response(historyToCsv(history), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${id}-history.csv"`,
      },
    });
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
