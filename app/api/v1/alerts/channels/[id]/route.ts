import { channelPatchSchema } from "@/lib/health/alerts/channel-input";
import { toChannelWire } from "@/lib/health/alerts/to-wire";
import { channelSchema } from "@/lib/health/alerts/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { manageChannels, alertParams as params } from "../../about";

export const PATCH = route(
  {
    ...manageChannels,
    summary: "Change a channel that an admin added; 409 for others",
    description: "A secret or token of `null` is cleared; absent it stays.",
    params,
    body: channelPatchSchema,
    response: channelSchema,
  },
  async ({ viewer, params: { id }, body, log }) => {
    const channel = await getRuntime().alerts.changeChannel(id, body);
    const fields = Object.keys(body);
    log.info({ event: "settings.changed", channel: id, fields, actor: viewer.email }, "an alert channel was changed");
    return toChannelWire(channel);
  },
);

export const DELETE = route(
  {
    ...manageChannels,
    summary: "Remove a channel that an admin added; what waits for it is not sent",
    params,
    status: 204,
  },
  async ({ viewer, params: { id }, log }) => {
    await getRuntime().alerts.removeChannel(id);
    log.info({ event: "settings.changed", channel: id, actor: viewer.email }, "an alert channel was removed");
  },
);

export const { OPTIONS, GET, HEAD, POST, PUT } = otherMethods({ PATCH, DELETE });
