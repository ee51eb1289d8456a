import { ExternalLink, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { FavoriteLink } from "@/lib/favorites/favorite-links";
import type { FavoriteView } from "@/lib/favorites/favorite-view";

interface AttentionNoteProps {
  favorite: FavoriteView;
  /** A card has room for a few pages. */
  brief?: boolean;
}

const FEW = 3;

/** Nobody who has the work has been well for a day: where it may be found instead. */
export function AttentionNote({ favorite, brief = false }: AttentionNoteProps) {
  return (
    <p className="relative z-10 flex items-start gap-1.5 text-ink-2 text-xs">
      <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0 text-attention" />
      <span className="min-w-0">
        Needs attention: none of its providers was well for a day. <LookElsewhere favorite={favorite} brief={brief} />
      </span>
    </p>
  );
}

/** Another provider's page of the work, its own pages, and a search for it among all. */
export function LookElsewhere({ favorite, brief = false }: AttentionNoteProps) {
  const { own, elsewhere } = favorite.links;
  const query = new URLSearchParams({ q: favorite.ownTitle ?? favorite.title });
  return (
    <>
      {elsewhere ? (
        <>
          Try <PageLink link={elsewhere} title={favorite.title} />.{" "}
        </>
      ) : null}
      {own.length > 0 ? (
        <>
          Its pages:{" "}
          {own.slice(0, brief ? FEW : own.length).map((link, index) => (
            <span key={link.url}>
              {index > 0 ? ", " : ""}
              <PageLink link={link} title={favorite.title} />
            </span>
          ))}
          .{" "}
        </>
      ) : null}
      <Link href={`/?${query}`} prefetch={false} className="link">
        Search again<span className="sr-only"> for {favorite.title}</span>
      </Link>
    </>
  );
}

function PageLink({ link, title }: { link: FavoriteLink; title: string }) {
  return (
    <a href={link.url} rel="noreferrer noopener" target="_blank" className="link inline-flex items-center gap-1">
      {link.name}
      <ExternalLink aria-hidden="true" className="size-3" />
      <span className="sr-only">: {title} (opens a new tab)</span>
    </a>
  );
}
