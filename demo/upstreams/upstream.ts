import type { Shelf, UpstreamId } from "../catalogue/shelf";
import type { CoverPainter } from "./cover-painter";
import type { Reply } from "./reply";
import type { Call, Route } from "./route";

/** What a route of an upstream works with. */
export interface UpstreamContext {
  shelf: Shelf;
  paint: CoverPainter;
  /** Where picture URLs in answers point to: the upstream itself, unless the demo was told otherwise. */
  cdnOrigin: string;
  /** Epoch milliseconds. */
  now: number;
}

/** How an upstream words what every upstream has to say. */
export interface Spelling {
  error(status: number, message: string): Reply;
  /** The body of a failure, sent with 200. */
  errorAsSuccess(): Reply;
  /** 403 from the API itself, as opposed to the guard in front of it. */
  forbidden(): Reply;
  /** Headers that come with its 429; `until` in UNIX seconds. */
  rateLimitHeaders(afterSeconds: number, until: number): Record<string, string>;
}

/** One simulated API: written from its documentation alone. */
export interface Upstream {
  id: UpstreamId;
  name: string;
  /** What stands behind the origin in the base URL that a client is given; starts with a slash or is empty. */
  basePath: string;
  routes: readonly Route<UpstreamContext>[];
  spelling: Spelling;
  /** Refuses a request before its route is looked at; null lets it pass. */
  guard?(call: Call): Reply | null;
}
