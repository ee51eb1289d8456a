import Link from "next/link";
import { Cover } from "@/components/titles/cover";
import { toLang } from "@/components/titles/work-words";
import type { WorkTitle } from "@/lib/providers/work";

export interface FavoriteTile {
  titleId: string;
  /** As the user calls it. */
  title: string;
  titles: readonly WorkTitle[];
  hasCover: boolean;
}

const COVER_WIDTH = 132;

/** The newest favorites as a shelf. */
export function LatestFavorites({ favorites }: { favorites: readonly FavoriteTile[] }) {
  return (
    <section aria-labelledby="favorites">
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="favorites" className="text-lg">
          Latest favorites
        </h2>
        <Link href="/favorites" className="link text-ink-2">
          All favorites
        </Link>
      </div>
      <ul className="mt-3 grid grid-cols-3 gap-x-4 gap-y-5 sm:grid-cols-4 lg:grid-cols-5">
        {favorites.map(({ titleId, title, titles, hasCover }) => {
          const lang = toLang(title, titles);
          return (
            <li key={titleId}>
              <Link href={`/titles/${encodeURIComponent(titleId)}`} prefetch={false} className="group block rounded-sm">
                <Cover titleId={titleId} title={title} lang={lang} hasPicture={hasCover} width={COVER_WIDTH} eager />
                <span lang={lang} className="mt-2 line-clamp-2 break-words font-medium group-hover:text-accent">
                  {title}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
