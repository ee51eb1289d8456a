import "server-only";
import type { FavoriteContext } from "@/lib/favorites/favorite-context";
import type { ProviderCondition } from "@/lib/favorites/health-filter";
import { getRuntime } from "@/lib/runtime";

/** The parts of this process that the use cases of favorites take. */
export function getFavoriteContext(): FavoriteContext {
  const { db, titles, starred, log } = getRuntime();
  return {
    client: db.client,
    ensureTitle: (titleId) => titles.ensure(titleId),
    starsChanged: starred.forget,
    clock: Date.now,
    log,
  };
}

/** How the providers are now, for the health filter. */
export function listProviderConditions(): ProviderCondition[] {
  const { providers, health } = getRuntime();
  return providers.list().map(({ id }) => {
    const { status, figures } = health.view(id);
    return { id, status, unwellSince: figures.unwellSince };
  });
}
