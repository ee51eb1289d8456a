import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { type FavoritesParams, toFavoritesHref } from "../search-params";

/** Favorites, and what was taken off them. The filters go along. */
export function FavoriteTabs({ params }: { params: FavoritesParams }) {
  const tabs = [
    { starred: true, label: "Favorites" },
    { starred: false, label: "Unstarred" },
  ];
  return (
    <nav aria-label="Which titles" className="mb-5 flex gap-5 border-line border-b">
      {tabs.map(({ starred, label }) => {
        const current = params.is_favorite === starred;
        return (
          <Link
            key={label}
            href={toFavoritesHref(params, { is_favorite: starred })}
            aria-current={current ? "page" : undefined}
            className={classNames(
              "-mb-px flex min-h-11 items-center border-b-2 font-medium",
              current ? "border-accent text-ink-1" : "border-transparent text-ink-2 hover:text-ink-1",
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
