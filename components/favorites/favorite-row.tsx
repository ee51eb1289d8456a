import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Cover } from "@/components/titles/cover";
import { toFactLine, toLang } from "@/components/titles/work-words";
import { classNames } from "@/components/ui/class-names";
import type { FavoriteView } from "@/lib/favorites/favorite-view";
import { AttentionNote } from "./attention-note";
import { EditLink } from "./edit-link";
import { FavoriteFacts } from "./favorite-facts";
import { ProviderMarks } from "./provider-marks";
import { StarButton } from "./star-button";
import { TickBox } from "./tick-box";

const COVER_WIDTH = 48;

interface FavoriteRowProps {
  favorite: FavoriteView;
  next: string;
  eager: boolean;
  /** One line without cover and notes. */
  compact: boolean;
}

/** The same favorite as a row. */
export function FavoriteRow({ favorite, next, eager, compact }: FavoriteRowProps) {
  const { titleId, title, titles, ownTitle, notes } = favorite;
  const lang = toLang(title, titles);
  return (
    <li
      className={classNames(
        "relative flex gap-3 border-line border-b",
        compact ? "min-h-9 items-center py-0.5" : "items-start py-3",
      )}
    >
      <TickBox titleId={titleId} title={title} className="relative z-10 shrink-0" />
      {compact ? null : (
        <Cover
          titleId={titleId}
          title={title}
          lang={lang}
          hasPicture={favorite.hasCover}
          width={COVER_WIDTH}
          eager={eager}
          className="w-12"
        />
      )}
      <div
        className={classNames(
          "min-w-0 flex-1",
          compact ? "flex flex-wrap items-center gap-x-3 gap-y-0.5" : "flex flex-col gap-1",
        )}
      >
        <h2
          className={classNames(
            "min-w-0 font-medium font-sans text-sm tracking-normal",
            compact ? "truncate" : "break-words",
          )}
        >
          <Link
            href={`/titles/${encodeURIComponent(titleId)}`}
            prefetch={false}
            lang={lang}
            className="after:absolute after:inset-0 hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {title}
          </Link>
          {ownTitle && !compact ? <span className="ml-2 font-normal text-ink-3 text-xs">{ownTitle}</span> : null}
        </h2>
        <p className={classNames("text-ink-2 text-xs", compact && "hidden lg:block")}>
          {toFactLine({ ...favorite, status: "unknown" })}
        </p>
        <FavoriteFacts favorite={favorite} brief={compact} />
        {notes && !compact ? <p className="line-clamp-2 max-w-prose break-words text-ink-2 text-xs">{notes}</p> : null}
        {favorite.needsAttention ? <Attention favorite={favorite} compact={compact} /> : null}
      </div>
      <div className={classNames("hidden max-w-60 shrink-0 pt-2 md:block", compact && "lg:max-w-none lg:pt-0")}>
        <ProviderMarks providers={favorite.providers} />
      </div>
      <div className="relative z-10 flex shrink-0 items-center">
        <EditLink favorite={favorite} next={next} />
        <StarButton titleId={titleId} title={title} isFavorite={favorite.isFavorite} next={next} refresh={false} />
      </div>
    </li>
  );
}

/** One word in a line, else the whole note. */
function Attention({ favorite, compact }: { favorite: FavoriteView; compact: boolean }) {
  if (!compact) return <AttentionNote favorite={favorite} />;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-ink-2 text-xs">
      <TriangleAlert aria-hidden="true" className="size-3.5 text-attention" />
      needs attention
    </span>
  );
}
