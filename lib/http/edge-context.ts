import type { Logger } from "pino";
import type { Database } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { remember } from "@/lib/remember";

/** What routes, actions and pages need of the process before they know who asks. Set once at start. */
export interface EdgeContext {
  db: Database;
  env: Env;
  log: Logger;
  secrets: { nextAuthSecret: string };
  /** Epoch milliseconds. */
  clock: () => number;
}

const slot = () => remember<{ current: EdgeContext | null }>("edge-context", () => ({ current: null }));

/** Called by the composition root, which `lib/http` may not import. */
export function setEdgeContext(context: EdgeContext): void {
  slot().current = context;
}

/** Throws when the process has not been started: a request cannot come before that. */
export function getEdgeContext(): EdgeContext {
  const { current } = slot();
  if (!current) throw new Error("The edge context has not been set: startRuntime() sets it.");
  return current;
}
