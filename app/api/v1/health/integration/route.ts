import { z } from "zod";
import { toIntegration } from "@/lib/health/integration";
import { integrationSchema } from "@/lib/health/integration-wire";
import { readRecentChecks } from "@/lib/health/recent-checks";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { listKnown, toAudience, toHistorySource } from "../../providers/known";
import { readHealth } from "../about";
import { findGraph } from "./find-graph";

const CHECKS = 20;

const query = z.object({
  include: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(["graph", "recent"])))
    .optional()
    .meta({ description: "`graph`, `recent`, or both with a comma." }),
});

export const GET = route(
  {
    ...readHealth,
    summary: "How all providers stand, and whom to ask",
    query,
    response: integrationSchema,
  },
  async ({ viewer, query: { include = [] } }) => {
    const { health } = getRuntime();
    const known = listKnown(viewer);
    return toIntegration({
      known,
      selfOnline: health.selfOnline(),
      now: Date.now(),
      timeZone: toAudience(viewer).timeZone,
      recent: include.includes("recent") ? await readRecentChecks(toHistorySource(), CHECKS) : null,
      graph: include.includes("graph") ? await findGraph(known) : null,
    });
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
