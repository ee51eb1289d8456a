import { toListedAlertWire } from "@/lib/health/alerts/to-wire";
import { listedAlertSchema } from "@/lib/health/alerts/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { manageAlerts, alertParams as params } from "../../about";

export const POST = route(
  {
    ...manageAlerts,
    summary: "Somebody takes care of an alert; 409 when it is over",
    params,
    response: listedAlertSchema,
  },
  async ({ viewer, params: { id } }) =>
    toListedAlertWire(await getRuntime().alerts.acknowledge(id, viewer.email), true),
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods({ POST });
