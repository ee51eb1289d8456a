import type { Viewer } from "@/lib/accounts/viewer-type";
import type { Favorite } from "@/lib/db/favorites";
import type { ProviderState } from "@/lib/health/health-view";
import type { WorkTitle, WorkType } from "@/lib/providers/work";
import { pickTitle } from "@/lib/search/card";
import { type FavoriteLinks, toFavoriteLinks } from "./favorite-links";
import { isLost, isUsable } from "./health-filter";
import { isReadingStatus, type ReadingStatus } from "./reading-status";
import { toStars } from "./wire";

export interface FavoriteProvider {
  id: string;
  name: string;
  /** Null when it is no longer set up here. */
  state: ProviderState | null;
}

/** A favorite as pages show it. */
export interface FavoriteView {
  titleId: string;
  isFavorite: boolean;
  /** As the user calls it, else in the user's language. */
  title: string;
  /** The work's own title, where the user calls it otherwise. */
  ownTitle: string | null;
  titles: readonly WorkTitle[];
  type: WorkType;
  year: number | null;
  authors: readonly string[];
  hasCover: boolean;
  customTitle: string | null;
  /** 0–5 in halves; null is unrated. */
  rating: number | null;
  notes: string | null;
  tags: readonly string[];
  readingStatus: ReadingStatus | null;
  progress: number | null;
  providers: readonly FavoriteProvider[];
  /** None of its providers can be asked now: what is shown is the stored copy. */
  isStored: boolean;
  /** None of its providers has been well for a day. */
  needsAttention: boolean;
  /** Where to look instead. */
  links: FavoriteLinks;
}

/** `providers`: those of `now` (epoch milliseconds) by id. */
export function toFavoriteView(
  favorite: Favorite,
  options: {
    viewer: Pick<Viewer, "titleLanguage">;
    providers: ReadonlyMap<string, { name: string; state: ProviderState; unwellSince: number | null }>;
    now: number;
  },
): FavoriteView {
  const { title, customTitle, readingStatus } = favorite;
  const ownTitle = pickTitle([title], options.viewer.titleLanguage) || title.title;
  const ids = [...new Set(title.sources.map(({ providerId }) => providerId))];
  const providers = ids.map((id) => {
    const provider = options.providers.get(id);
    return { id, name: provider?.name ?? id, state: provider?.state ?? null };
  });
  return {
    titleId: favorite.titleId,
    isFavorite: favorite.isFavorite,
    title: customTitle ?? ownTitle,
    ownTitle: customTitle === null ? null : ownTitle,
    titles: title.titles,
    type: title.type,
    year: title.year,
    authors: title.authors,
    hasCover: title.hasCover,
    customTitle,
    rating: toStars(favorite.ratingHalves),
    notes: favorite.notes,
    tags: favorite.tags,
    readingStatus: isReadingStatus(readingStatus) ? readingStatus : null,
    progress: favorite.progress,
    providers,
    isStored: !providers.some(({ state }) => state !== null && isUsable(state)),
    needsAttention: ids.every((id) => {
      const provider = options.providers.get(id);
      return !provider || isLost(provider, options.now);
    }),
    links: toFavoriteLinks(title, options.providers),
  };
}
