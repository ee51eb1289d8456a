import "server-only";
import { getFavoriteContext, listProviderConditions } from "@/app/api/v1/favorites/favorite-parts";
import { AppError } from "@/lib/errors";
import { type BulkChange, bulkUpdate, bulkUpdateMatching } from "@/lib/favorites/bulk-update";
import { toFavoriteFilter } from "@/lib/favorites/list-query";
import { purgeFavorites } from "@/lib/favorites/purge-favorites";
import { toHalves } from "@/lib/favorites/wire";
import { formatNoun } from "@/lib/format";
import type { BulkForm } from "./form-inputs";
import { parseFavoritesQuery } from "./search-params";

/** Does what the form over many favorites asks. Returns what to say, and for "unstar" the instant that undoes it. */
export async function changeMany(viewerId: string, form: BulkForm): Promise<{ text: string; undo: Date | null }> {
  const context = getFavoriteContext();
  const filter = toFavoriteFilter(parseFavoritesQuery(form.filter), {
    providers: listProviderConditions(),
    now: context.clock(),
  });
  const all = form.scope === "matching";
  if (!all && form.titles.length === 0)
    throw new AppError("bad_request", "Nothing was ticked, so nothing was changed.");
  if (form.act === "delete") {
    if (!form.confirm) throw new AppError("bad_request", "Nothing was deleted: tick the box that confirms it first.");
    const of = all ? { filter } : { titleIds: form.titles };
    return { text: `${countOf(await purgeFavorites(context, { viewerId, of }))} deleted for good.`, undo: null };
  }
  const change = toChange(form);
  const { updated, at } = all
    ? await bulkUpdateMatching(context, { viewerId, filter, change })
    : await bulkUpdate(context, { viewerId, titleIds: form.titles, change });
  return { text: `${countOf(updated)} ${DONE[form.act]}.`, undo: form.act === "unstar" ? at : null };
}

const DONE = {
  star: "starred again",
  unstar: "taken off your favorites; ratings and notes are kept",
  tag: "tagged",
  untag: "untagged",
  rate: "rated",
  status: "marked",
} as const;

function countOf(count: number): string {
  return formatNoun(count, "title");
}

function toChange({ act, tags, rating, reading_status }: BulkForm): BulkChange {
  switch (act) {
    case "star":
      return { isFavorite: true };
    case "unstar":
      return { isFavorite: false };
    case "rate":
      return { ratingHalves: toHalves(rating) };
    case "status":
      return { readingStatus: reading_status };
    default:
      if (tags.length === 0) throw new AppError("bad_request", "Nothing was changed: write a tag first.");
      return act === "tag" ? { tagsAdd: tags } : { tagsRemove: tags };
  }
}
