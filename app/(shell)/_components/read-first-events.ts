import type { SearchEvent } from "@/lib/search/events";
import type { SearchRequest } from "@/lib/search/search-request";
import type { SearchService } from "@/lib/search/search-service";
import { fromWireEvent, toWireEvent } from "@/lib/search/wire";

type Search = Pick<SearchService, "stream" | "collect" | "cachedEvents">;

/**
 * What a search page starts from. With script: who is asked and what the cache holds, without waiting for anybody. Plain: all that
 * came up to the soft deadline. The events are as the browser may see them, without the covers' own addresses.
 */
export async function readFirstEvents(
  search: Search,
  request: SearchRequest,
  options: { plain: boolean; retry: string | null },
): Promise<SearchEvent[]> {
  if (options.plain && options.retry) {
    // A good answer then lies in the cache, where the search below finds it.
    await search.collect({ ...request, providers: [options.retry], fresh: true, retry: true, remember: false });
  }
  const events = options.plain ? await readToSoftDeadline(search.stream(request)) : search.cachedEvents(request);
  return events.map((event) => fromWireEvent(toWireEvent(event)));
}

/** Reads on behind the answer to the very end, so that what is late lies in the cache when the page is loaded again. */
function readToSoftDeadline(stream: AsyncIterable<SearchEvent>): Promise<SearchEvent[]> {
  return new Promise((resolve, reject) => {
    const events: SearchEvent[] = [];
    async function read() {
      for await (const event of stream) {
        events.push(event);
        if (event.type === "deadline") resolve([...events]);
      }
      resolve(events);
    }
    read().catch(reject);
  });
}
