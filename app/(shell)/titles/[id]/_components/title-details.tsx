import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { toViews } from "@/app/(shell)/favorites/to-views";
import { getFavoriteContext } from "@/app/api/v1/favorites/favorite-parts";
import { LookElsewhere } from "@/components/favorites/attention-note";
import { FavoritePanel } from "@/components/favorites/favorite-panel";
import { StarButton } from "@/components/favorites/star-button";
import { TitleFiles } from "@/components/titles/title-files";
import { TitleView } from "@/components/titles/title-view";
import { Notice } from "@/components/ui/notice";
import type { Viewer } from "@/lib/accounts/viewer-type";
import { findFavorite } from "@/lib/db/favorites";
import { listTags } from "@/lib/db/tags";
import { formatInstant, formatRelative } from "@/lib/format";
import { findFlash } from "@/lib/http/flash";
import { toRequestId } from "@/lib/http/request-id";
import { getRuntime } from "@/lib/runtime";
import { saveFavoriteAction } from "../../../favorites/actions";
import { toFileGroups } from "./to-file-groups";
import { toSourceRow } from "./to-source-row";

/** How long the page waits for lists of files; those that take longer are there when it is loaded again. */
const FILES_WAIT_MS = 1500;

interface TitleDetailsProps {
  titleId: string;
  viewer: Viewer;
  said: string | string[] | undefined;
}

/** The work as its providers describe it now, or as they last did. */
export async function TitleDetails({ titleId, viewer, said }: TitleDetailsProps) {
  const { titleReader, titleFiles, providers, health } = getRuntime();
  const context = getFavoriteContext();
  const now = Date.now();
  const requestId = toRequestId(await headers());
  const [title, files, favorite, tags, flash] = await Promise.all([
    titleReader.find(titleId, { titleLanguage: viewer.titleLanguage, requestId }),
    titleFiles.list(titleId, { waitMs: FILES_WAIT_MS, requestId }),
    findFavorite(context.client, { viewerId: viewer.id, titleId }),
    listTags(context.client, { viewerId: viewer.id }),
    findFlash(said),
  ]);
  if (!title) notFound();
  const { card } = title;
  const [view = null] = favorite ? toViews([favorite], viewer) : [];
  const rows = title.sources.map((source) =>
    toSourceRow(source, {
      health: providers.find(source.providerId) ? health.view(source.providerId) : null,
      timeZone: viewer.timeZone,
      now,
    }),
  );
  const reachable = title.sources.some(
    ({ providerId }) => providers.find(providerId) && health.view(providerId).healthy,
  );
  const seenAt = Math.max(...title.sources.map(({ snapshotAt }) => snapshotAt));
  const next = `/titles/${encodeURIComponent(title.id)}`;

  return (
    <TitleView
      details={{ ...card, hasCover: card.coverImage !== null, sources: rows }}
      notice={
        reachable ? null : (
          <Notice tone="attention">
            None of its providers can be asked now. This is how it was{" "}
            <time dateTime={new Date(seenAt).toISOString()} title={formatInstant(seenAt, viewer.timeZone)}>
              {formatRelative(seenAt, now)}
            </time>
            .{" "}
            {view?.needsAttention ? (
              <>
                None of them was well for a day. <LookElsewhere favorite={view} />
              </>
            ) : null}
          </Notice>
        )
      }
      files={files ? <TitleFiles {...toFileGroups(files)} /> : null}
      star={<StarButton titleId={title.id} title={card.title} isFavorite={favorite?.isFavorite ?? false} next={next} />}
      favorite={
        <FavoritePanel
          favorite={view}
          knownTags={tags.map(({ name }) => name)}
          save={saveFavoriteAction}
          next={next}
          message={flash}
        />
      }
    />
  );
}
