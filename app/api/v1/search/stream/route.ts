import { searchStreamQuerySchema, toSearchRequest } from "@/lib/http/dto/search";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { eventStream, type ServerSentEvent } from "@/lib/http/sse";
import { getRuntime } from "@/lib/runtime";
import type { SearchEvent } from "@/lib/search/events";
import { toWireEvent } from "@/lib/search/wire";

export const GET = route(
  {
    access: "user",
    scope: "search:read",
    tag: "Search",
    summary: "Search all providers, each answer as it comes",
    description:
      "Server-sent events: `start`, one `provider` for each, `favorites`, `deadline` (the soft one), `late`, `end`. Close the stream at `end`.",
    query: searchStreamQuerySchema,
    produces: "text/event-stream",
  },
  ({ viewer, query, requestId, signal, log }) => {
    const { search } = getRuntime();
    const left = new AbortController();
    const request = toSearchRequest(query, { viewer, requestId, signal: left.signal });
    // Begun here, so that an unknown provider is a 400 and not a broken stream.
    const events = search.stream(request);
    return eventStream({
      signal,
      events: (gone) => {
        gone.addEventListener("abort", () => left.abort(), { once: true });
        return toMessages(events);
      },
      report: (error) => log.error({ err: error }, "a search stream broke"),
    });
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });

async function* toMessages(events: AsyncIterable<SearchEvent>): AsyncGenerator<ServerSentEvent> {
  for await (const event of events) {
    const { type, data } = toWireEvent(event);
    yield { event: type, data };
  }
}
