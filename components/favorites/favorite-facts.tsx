import { Badge } from "@/components/ui/badge";
import type { FavoriteView } from "@/lib/favorites/favorite-view";
import { READING_WORDS } from "./favorite-words";
import { RatingMark } from "./rating-mark";

/** The user's own words on a work: rating, status with progress, tags (`brief`: where there is room). Nothing when there are none. */
export function FavoriteFacts({ favorite, brief = false }: { favorite: FavoriteView; brief?: boolean }) {
  const { rating, readingStatus, progress, tags } = favorite;
  const status = readingStatus && READING_WORDS[readingStatus];
  const chapter = progress === null ? null : `ch. ${progress}`;
  const reading = [status, chapter].filter(Boolean).join(", ");
  if (rating === null && !reading && tags.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs">
      {rating === null ? null : <RatingMark rating={rating} />}
      {reading ? <span className="text-ink-2">{reading}</span> : null}
      {tags.map((tag) => (
        <Badge key={tag} tone="accent" className={brief ? "hidden sm:inline-flex" : ""}>
          <span className="truncate">{tag}</span>
        </Badge>
      ))}
    </div>
  );
}
