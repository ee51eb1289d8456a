import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { getFavoriteContext } from "@/app/api/v1/favorites/favorite-parts";
import { FavoritePanel } from "@/components/favorites/favorite-panel";
import { Cover } from "@/components/titles/cover";
import { toFactLine, toLang } from "@/components/titles/work-words";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/accounts/viewer";
import { findFavorite } from "@/lib/db/favorites";
import { listTags } from "@/lib/db/tags";
import { findFlash } from "@/lib/http/flash";
import { toLocalPath } from "@/lib/http/local-path";
import { saveFavoriteAction } from "../../actions";
import { toViews } from "../../to-views";

const COVER_WIDTH = 160;

export const metadata: Metadata = { title: "Edit a favorite" };

export default async function EditFavoritePage({ params, searchParams }: PageProps<"/favorites/[titleId]/edit">) {
  const viewer = await requireViewer();
  const asked = decodeURIComponent((await params).titleId);
  const { said, next } = await searchParams;
  const context = getFavoriteContext();
  const titleId = await context.ensureTitle(asked);
  const stored = titleId && (await findFavorite(context.client, { viewerId: viewer.id, titleId }));
  const [favorite] = stored ? toViews([stored], viewer) : [];
  if (!favorite) notFound();
  const [tags, flash] = await Promise.all([listTags(context.client, { viewerId: viewer.id }), findFlash(said)]);
  const back = typeof next === "string" ? toLocalPath(next) : "/favorites";
  const self = `/favorites/${encodeURIComponent(favorite.titleId)}/edit?${new URLSearchParams({ next: back })}`;
  const lang = toLang(favorite.title, favorite.titles);

  return (
    <>
      <PageHeader
        title={<span lang={lang}>{favorite.title}</span>}
        description={toFactLine({ ...favorite, status: "unknown" })}
        actions={<ButtonLink href={back as Route}>Back</ButtonLink>}
      />
      <div className="grid items-start gap-6 sm:grid-cols-[10rem_minmax(0,1fr)]">
        <Cover
          titleId={favorite.titleId}
          title={favorite.title}
          lang={lang}
          hasPicture={favorite.hasCover}
          width={COVER_WIDTH}
          eager
          className="w-40"
        />
        <FavoritePanel
          favorite={favorite}
          knownTags={tags.map(({ name }) => name)}
          save={saveFavoriteAction}
          next={self}
          message={flash}
        />
      </div>
    </>
  );
}
