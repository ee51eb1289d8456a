import { z } from "zod";

const eventId = z.coerce.number().int().min(0);

export const streamQuery = z.object({
  last_event_id: eventId
    .optional()
    .meta({ description: "For readers that cannot send the header; the header counts more." }),
});

/** What the reader has seen last; null for nothing, also when it is no number. */
export function toLastEventId(headers: Headers, query: z.infer<typeof streamQuery>): number | null {
  const given = headers.get("last-event-id");
  if (given === null || given === "") return query.last_event_id ?? null;
  return eventId.safeParse(given).data ?? null;
}
