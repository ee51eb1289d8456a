import { FavoriteCard } from "@/components/favorites/favorite-card";
import { FavoriteRow } from "@/components/favorites/favorite-row";
import type { FavoriteView } from "@/lib/favorites/favorite-view";
import type { FavoriteViewName } from "../search-params";

/** Covers above the fold, about. */
const EAGER = 6;

export function FavoriteList(props: { favorites: readonly FavoriteView[]; view: FavoriteViewName; next: string }) {
  const { favorites, view, next } = props;
  if (view === "grid") {
    return (
      <ul className="grid grid-cols-2 gap-x-4 gap-y-7 sm:grid-cols-3 md:grid-cols-4 lg:grid-cols-5">
        {favorites.map((favorite, index) => (
          <FavoriteCard key={favorite.titleId} favorite={favorite} next={next} eager={index < EAGER} />
        ))}
      </ul>
    );
  }
  return (
    <ul className="border-line border-t">
      {favorites.map((favorite, index) => (
        <FavoriteRow
          key={favorite.titleId}
          favorite={favorite}
          next={next}
          eager={index < EAGER}
          compact={view === "compact"}
        />
      ))}
    </ul>
  );
}
