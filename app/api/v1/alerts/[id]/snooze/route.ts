import { snoozeSchema } from "@/lib/health/alerts/channel-input";
import { toListedAlertWire } from "@/lib/health/alerts/to-wire";
import { listedAlertSchema } from "@/lib/health/alerts/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { manageAlerts, alertParams as params } from "../../about";

export const POST = route(
  {
    ...manageAlerts,
    summary: "The same is not told again for so many minutes; 409 when the alert is over",
    params,
    body: snoozeSchema,
    response: listedAlertSchema,
  },
  async ({ params: { id }, body: { minutes } }) =>
    toListedAlertWire(await getRuntime().alerts.snooze(id, minutes), true),
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods({ POST });
