import "server-only";
import type { Logger } from "pino";
import type { Client } from "@/lib/db/client";

/** What the use cases of favorites are made of. */
export interface FavoriteContext {
  client: Client;
  /**
   * The id under which a title is stored, writing it first when it was only seen a moment ago; another one than asked for after a
   * merge, null when there is no such title.
   */
  ensureTitle: (titleId: string) => Promise<string | null>;
  /** Told after each change of a viewer's stars. */
  starsChanged: (viewerId: string) => void;
  /** Epoch milliseconds. */
  clock: () => number;
  log: Pick<Logger, "info">;
}

/** Long enough for a change of ten thousand favorites. */
export const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 30_000 };
