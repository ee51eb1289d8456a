import { toChannelTestWire } from "@/lib/health/alerts/to-wire";
import { channelTestSchema } from "@/lib/health/alerts/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { manageChannels, alertParams as params } from "../../../about";

export const POST = route(
  {
    ...manageChannels,
    summary: "Send a test message now and say whether it arrived",
    params,
    response: channelTestSchema,
  },
  async ({ params: { id } }) => toChannelTestWire(await getRuntime().alerts.testChannel(id)),
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods({ POST });
