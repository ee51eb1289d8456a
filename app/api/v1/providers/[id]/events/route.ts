import { z } from "zod";
import { providerEventSchema } from "@/lib/health/event-wire";
import { readEvents } from "@/lib/health/read-events";
import { toEvent } from "@/lib/health/to-event";
import { otherMethods } from "@/lib/http/other-methods";
import { paged, pageQuery } from "@/lib/http/paged";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { providerParams as params, readProviders } from "../../about";
import { toAudience, toHistorySource } from "../../known";

export const GET = route(
  {
    ...readProviders,
    summary: "What was decided about a provider and why, newest first",
    params,
    query: z.object(pageQuery),
    response: z.array(providerEventSchema),
  },
  async ({ viewer, params: { id }, query: { page, limit } }) => {
    const { isAdmin } = toAudience(viewer);
    const { providers } = getRuntime();
    const { events, total } = await readEvents(toHistorySource(), { providerId: providers.get(id).id, page, limit });
    return paged(
      events.map((event) => toEvent(event, isAdmin)),
      { total, page, limit },
    );
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
