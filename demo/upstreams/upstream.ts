import type { Shelf } from "../catalogue/shelf";
import type { CoverPainter } from "./cover-painter";
import type { Reply } from "./reply";
import type { Call, Route } from "./route";
import type { SimulatedId } from "./service-ids";

/** What a route of an upstream works with. */
export interface UpstreamContext {
  /** Empty for services, which have nothing of the catalogue. */
  shelf: Shelf;
  /** The fault `empty` is on: nothing is to be found. */
  isEmpty: boolean;
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
  /** Its refusal of a wrong key; 401 where it is left out. */
  badKey?(): Reply;
  /** What was paid for is used up; 402 where it is left out. */
  quota?(now: number): Reply;
  /** Too busy for anyone; 503 without a hint where it is left out. */
  overload?(): Reply;
  /** Its whole 429, where it says in the body how long to wait. */
  throttled?(afterSeconds: number): Reply;
  /** Headers that come with its 429; `until` in UNIX seconds. */
  rateLimitHeaders(afterSeconds: number, until: number): Record<string, string>;
}

/** One simulated API: written from its documentation alone. */
export interface Upstream {
  id: SimulatedId;
  name: string;
  /** What stands behind the origin in the base URL that a client is given; starts with a slash or is empty. */
  basePath: string;
  routes: readonly Route<UpstreamContext>[];
  spelling: Spelling;
  /** Refuses a request before its route is looked at; null lets it pass. */
  guard?(call: Call): Reply | null;
}
