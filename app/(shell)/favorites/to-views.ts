import "server-only";
import type { Viewer } from "@/lib/accounts/viewer-type";
import type { Favorite } from "@/lib/db/favorites";
import { type FavoriteView, toFavoriteView } from "@/lib/favorites/favorite-view";
import { getRuntime } from "@/lib/runtime";

/** Favorites as pages show them, with the providers as they are now. */
export function toViews(favorites: readonly Favorite[], viewer: Viewer): FavoriteView[] {
  const { providers, health } = getRuntime();
  const conditions = new Map(
    providers.list().map(({ id, name }) => [id, { name, state: health.view(id).state }] as const),
  );
  return favorites.map((favorite) => toFavoriteView(favorite, { viewer, providers: conditions }));
}
