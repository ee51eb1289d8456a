import { z } from "zod";
import { channelPostSchema } from "@/lib/health/alerts/channel-input";
import { toChannelWire } from "@/lib/health/alerts/to-wire";
import { channelSchema } from "@/lib/health/alerts/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { manageChannels } from "../about";

export const GET = route(
  { ...manageChannels, summary: "Where alerts are sent to", response: z.array(channelSchema) },
  async () => (await getRuntime().alerts.listChannels()).map(toChannelWire),
);

export const POST = route(
  {
    ...manageChannels,
    summary: "Add a webhook or an ntfy topic",
    description: "`secret` signs webhooks, `token` is ntfy's access token; neither is shown again.",
    body: channelPostSchema,
    response: channelSchema,
    status: 201,
  },
  async ({ viewer, body, log }) => {
    const channel = await getRuntime().alerts.addChannel(body);
    log.info({ event: "settings.changed", channel: channel.id, actor: viewer.email }, "an alert channel was added");
    return toChannelWire(channel);
  },
);

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods({ GET, POST });
