import { authenticateRequest } from "@/lib/accounts/authenticate-request";
import { liveMessageSchema } from "@/lib/health/live-wire";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { eventStream } from "@/lib/http/sse";
import { getRuntime } from "@/lib/runtime";
import { toAudience } from "../../providers/known";
import { readHealth } from "../about";
import { streamQuery, toLastEventId } from "./last-event-id";

const RETRY_MS = 2000;

export const GET = route(
  {
    ...readHealth,
    summary: "What happens to providers, as it happens",
    description:
      "Server-sent events, with a comment every 15 s. `Last-Event-ID` replays up to 1 000 events; when that is not possible a snapshot comes instead. Five streams a user at most.",
    query: streamQuery,
    response: liveMessageSchema,
    produces: "text/event-stream",
  },
  ({ viewer, query, request, signal, log }) => {
    const { role, timeZone } = viewer;
    const events = getRuntime().live.open({
      userId: viewer.id,
      audience: toAudience(viewer),
      lastEventId: toLastEventId(request.headers, query),
      isStillAllowed: async () => {
        const now = await authenticateRequest(request.headers, getEdgeContext());
        // Another role or time zone is told other things: the reader comes back and gets those.
        return now?.id === viewer.id && now.role === role && now.timeZone === timeZone;
      },
    });
    return eventStream({
      signal,
      events,
      retryMs: RETRY_MS,
      report: (error) => log.error({ err: error }, "a live stream broke"),
    });
  },
);

export const { OPTIONS, HEAD, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
