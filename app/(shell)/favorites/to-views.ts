import "server-only";
import type { Viewer } from "@/lib/accounts/viewer-type";
import type { Favorite } from "@/lib/db/favorites";
import { type FavoriteView, toFavoriteView } from "@/lib/favorites/favorite-view";
import { getRuntime } from "@/lib/runtime";

/** Favorites as pages show them, with the providers as they are now. */
export function toViews(favorites: readonly Favorite[], viewer: Viewer): FavoriteView[] {
  const { providers, health } = getRuntime();
  const now = Date.now();
  const conditions = new Map(
    providers.list().map(({ id, name }) => {
      const { state, figures } = health.view(id);
      return [id, { name, state, unwellSince: figures.unwellSince }] as const;
    }),
  );
  return favorites.map((favorite) => toFavoriteView(favorite, { viewer, providers: conditions, now }));
}
