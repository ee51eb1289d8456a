import { z } from "zod";
import { NODE_KINDS } from "./graph";
import { PROVIDER_STATES } from "./health-view";
import { circuitCountsSchema, summarySchema } from "./live-wire";
import { providerStatusSchema, sampleSchema, statsSchema } from "./wire";

const { windows, uptime, trend } = statsSchema.shape;
const { circuit } = providerStatusSchema.shape;

export const graphSchema = z
  .object({
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(NODE_KINDS),
        label: z.string(),
        state: z.enum(PROVIDER_STATES),
      }),
    ),
    edges: z
      .array(z.object({ from: z.string(), to: z.string(), hard: z.boolean() }))
      .meta({ description: "`from` depends on `to`; a hard dependency takes it down." }),
  })
  .meta({ id: "HealthGraph" });

export const integrationSchema = z
  .object({
    status: z.enum(["healthy", "degraded", "unhealthy", "unknown"]),
    generated_at: z.iso.datetime(),
    summary: summarySchema,
    circuits: circuitCountsSchema,
    self_online: z.boolean(),
    providers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        state: z.enum(PROVIDER_STATES),
        windows,
        uptime,
        trend,
        circuit,
        recent: z.array(sampleSchema).optional().meta({ description: "The last 20 checks, oldest first." }),
      }),
    ),
    recommendations: z
      .array(
        z.object({
          provider_id: z.string(),
          action: z.enum(["prefer", "avoid", "skip"]),
          reason: z.string(),
        }),
      )
      .meta({ description: "The best first. Of a provider that is not known nothing is said." }),
    graph: graphSchema.optional(),
  })
  .meta({ id: "HealthIntegration" });
