import type { Logger } from "pino";
import type { Database } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import type { HealthMonitor } from "@/lib/health/monitor";
import type { CallProvider } from "@/lib/providers/call-provider";
import type { ProviderCatalog } from "@/lib/providers/catalog";
import { remember } from "@/lib/remember";
import type { SearchService } from "@/lib/search/search-service";
import type { TitleStore } from "@/lib/titles/title-store";

/** What one process is made of. Built once, here; everything else takes the parts it needs. */
export interface Runtime {
  env: Env;
  log: Logger;
  db: Database;
  providers: ProviderCatalog;
  callProvider: CallProvider;
  health: HealthMonitor;
  search: SearchService;
  titles: TitleStore;
}

const slot = () => remember<{ current: Runtime | null }>("runtime", () => ({ current: null }));

export function getRuntime(): Runtime {
  const { current } = slot();
  if (!current) throw new Error("The runtime has not been started: instrumentation.node.ts starts it.");
  return current;
}

export async function startRuntime(): Promise<Runtime> {
  throw new Error("composition follows");
}
