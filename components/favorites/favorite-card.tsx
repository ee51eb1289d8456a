import Link from "next/link";
import { Cover } from "@/components/titles/cover";
import { findCoverMark, toFactLine, toLang } from "@/components/titles/work-words";
import { classNames } from "@/components/ui/class-names";
import type { FavoriteView } from "@/lib/favorites/favorite-view";
import { AttentionNote } from "./attention-note";
import { EditLink } from "./edit-link";
import { FavoriteFacts } from "./favorite-facts";
import { ProviderMarks } from "./provider-marks";
import { StarButton } from "./star-button";
import { TickBox } from "./tick-box";

const COVER_WIDTH = 220;

interface FavoriteCardProps {
  favorite: FavoriteView;
  /** The address of this list, to come back to. */
  next: string;
  eager: boolean;
}

/** One favorite, led by its cover: shown from its stored copy, whatever its providers do. */
export function FavoriteCard({ favorite, next, eager }: FavoriteCardProps) {
  const { titleId, title, titles } = favorite;
  const lang = toLang(title, titles);
  return (
    <li className="group relative flex min-w-0 flex-col">
      <div className="relative">
        <Cover
          titleId={titleId}
          title={title}
          lang={lang}
          hasPicture={favorite.hasCover}
          width={COVER_WIDTH}
          eager={eager}
          mark={findCoverMark(favorite)}
          className={classNames("w-full", favorite.isStored && "opacity-70")}
        />
        <TickBox
          titleId={titleId}
          title={title}
          className="absolute top-1.5 left-1.5 z-10 border border-line bg-surface-1"
        />
        <span className="absolute top-1.5 right-1.5 z-10 rounded-md border border-line bg-surface-1">
          <StarButton titleId={titleId} title={title} isFavorite={favorite.isFavorite} next={next} refresh={false} />
        </span>
      </div>
      <h2 className="mt-2 line-clamp-2 break-words font-medium font-sans text-sm tracking-normal">
        <Link
          href={`/titles/${encodeURIComponent(titleId)}`}
          prefetch={false}
          lang={lang}
          className="after:absolute after:inset-0 after:rounded-sm hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          {title}
        </Link>
      </h2>
      <p className="mt-0.5 line-clamp-2 text-ink-2 text-xs">{toFactLine({ ...favorite, status: "unknown" })}</p>
      <div className="mt-1.5 flex flex-col gap-1.5">
        <FavoriteFacts favorite={favorite} />
        <div className="flex items-end justify-between gap-2">
          <ProviderMarks providers={favorite.providers} />
          <EditLink favorite={favorite} next={next} />
        </div>
        {favorite.needsAttention ? <AttentionNote favorite={favorite} brief /> : null}
      </div>
    </li>
  );
}
