import { z } from "zod";
import { alertSchema } from "./alerts/wire";
import { providerEventSchema } from "./event-wire";
import { GROUPS } from "./summary";
import { providerStatusSchema } from "./wire";

const count = z.number().int().min(0);

export const summarySchema = z
  .object({ total: count, ...Object.fromEntries(GROUPS.map((group) => [group, count])) } as {
    [Name in "total" | (typeof GROUPS)[number]]: typeof count;
  })
  .meta({ id: "HealthSummary", description: "The groups add up to `total`." });

export const circuitCountsSchema = z.object({ closed: count, open: count, half_open: count });

const overview = {
  at: z.iso.datetime(),
  self_online: z.boolean(),
  summary: summarySchema,
  circuits: circuitCountsSchema,
};

export const snapshotSchema = z
  .object({ ...overview, providers: z.array(providerStatusSchema) })
  .meta({ id: "HealthSnapshot", description: "SSE `snapshot`: everything as it is; what was known before is void." });

export const metricsSchema = z
  .object({
    ...overview,
    providers: z.array(providerStatusSchema).meta({ description: "Those that changed, each as a whole." }),
    removed: z.array(z.string()).meta({ description: "Ids of providers that are no more." }),
  })
  .meta({ id: "HealthMetrics", description: "SSE `metrics`: what changed, at most once a second." });

const id = count.meta({ description: "Comes back as `Last-Event-ID`." });

/** One message of the live stream: `event:` and `id:` are lines of their own, `data:` is JSON. */
export const liveMessageSchema = z
  .discriminatedUnion("event", [
    z.object({ event: z.literal("snapshot"), id, data: snapshotSchema }),
    z.object({ event: z.literal("transition"), id, data: providerEventSchema }),
    z.object({ event: z.literal("metrics"), id, data: metricsSchema }),
    z.object({ event: z.literal("alert"), id, data: alertSchema }),
  ])
  .meta({ id: "HealthMessage" });
