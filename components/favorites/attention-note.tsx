import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { FavoriteView } from "@/lib/favorites/favorite-view";

/** What stands is the stored copy; where else the work may be found is one search away. */
export function AttentionNote({ favorite }: { favorite: FavoriteView }) {
  const query = new URLSearchParams({ q: favorite.ownTitle ?? favorite.title });
  return (
    <p className="relative z-10 flex items-start gap-1.5 text-ink-2 text-xs">
      <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0 text-attention" />
      <span>
        No provider of it can be asked now: stored copy.{" "}
        <Link href={`/?${query}`} prefetch={false} className="link">
          Look elsewhere<span className="sr-only"> for {favorite.title}</span>
        </Link>
      </span>
    </p>
  );
}
