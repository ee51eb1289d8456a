import { z } from "zod";
import { ALERT_FILTERS } from "@/lib/health/alerts/alerts";
import { toListedAlertWire } from "@/lib/health/alerts/to-wire";
import { listedAlertSchema } from "@/lib/health/alerts/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { paged, pageQuery } from "@/lib/http/paged";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { toAudience } from "../../../providers/known";
import { readHealth } from "../../about";

export const GET = route(
  {
    ...readHealth,
    summary: "Alerts, newest first",
    query: z.object({
      ...pageQuery,
      state: z.enum(ALERT_FILTERS).default("all").meta({ description: "`all` has those that are pending, too." }),
    }),
    response: z.array(listedAlertSchema),
  },
  async ({ viewer, query: { state, page, limit } }) => {
    const { isAdmin } = toAudience(viewer);
    const { alerts, total } = await getRuntime().alerts.list({ state, page, limit });
    return paged(
      alerts.map((alert) => toListedAlertWire(alert, isAdmin)),
      { total, page, limit },
    );
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
