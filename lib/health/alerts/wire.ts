import { z } from "zod";
import { ALERT_RULES, ALERT_STATES, CHANNEL_KINDS, DELIVERY_EVENTS, DELIVERY_STATES, SEVERITIES } from "./alert";

const instant = z.iso.datetime();

const deliverySchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  channel: z.string().meta({ description: "Its name." }),
  kind: z.enum(CHANNEL_KINDS),
  event: z.enum(DELIVERY_EVENTS),
  state: z.enum(DELIVERY_STATES).meta({ description: "`failed`: given up." }),
  attempts: z.number().int().min(0),
  next_attempt_at: instant.nullable(),
  delivered_at: instant.nullable(),
  error: z.string().nullable(),
});

/** An alert as the live stream tells it. */
export const alertSchema = z
  .object({
    id: z.string(),
    fingerprint: z.string().meta({ description: "The same for all alerts of one rule about one thing." }),
    rule: z.enum(ALERT_RULES),
    severity: z.enum(SEVERITIES),
    provider_id: z.string().nullable().meta({ description: "Null when it is not about one provider." }),
    state: z.enum(ALERT_STATES).meta({ description: "`pending`: seen, and not told yet." }),
    started_at: instant,
    resolved_at: instant.nullable(),
    acknowledged_by: z.string().nullable(),
    snoozed_until: instant.nullable(),
    text: z.string(),
  })
  .meta({ id: "Alert" });

export const listedAlertSchema = alertSchema
  .extend({ deliveries: z.array(deliverySchema).optional().meta({ description: "For admins." }) })
  .meta({ id: "ListedAlert" });

export const channelSchema = z
  .object({
    id: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    name: z.string(),
    enabled: z.boolean(),
    source: z.enum(["builtin", "environment", "admin"]),
    locked: z.boolean().meta({ description: "It can neither be changed nor removed." }),
    url: z.string().nullable().meta({ description: "Of the environment's only the origin." }),
    secret_set: z.boolean().meta({ description: "A webhook's secret or ntfy's token; never shown." }),
    secret_unreadable: z
      .boolean()
      .meta({ description: "It was encrypted with another instance key and has to be given again." }),
  })
  .meta({ id: "AlertChannel" });

export const channelTestSchema = z.object({
  delivered: z.boolean(),
  error: z.string().nullable(),
  took_ms: z.number(),
});
