import { Pencil } from "lucide-react";
import Link from "next/link";
import type { FavoriteView } from "@/lib/favorites/favorite-view";

export function EditLink({ favorite, next }: { favorite: FavoriteView; next: string }) {
  const { titleId, title } = favorite;
  return (
    <Link
      href={`/favorites/${encodeURIComponent(titleId)}/edit?${new URLSearchParams({ next })}`}
      prefetch={false}
      aria-label={`Edit ${title}`}
      title="Edit"
      className="touch relative z-10 grid size-7 shrink-0 place-items-center rounded-sm text-ink-2 hover:bg-surface-3 hover:text-ink-1"
    >
      <Pencil aria-hidden="true" className="size-3.5" />
    </Link>
  );
}
