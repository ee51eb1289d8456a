import "server-only";
import { listTitleKeys, type TitleKeys } from "@/lib/db/favorite-keys";
import { AppError } from "@/lib/errors";
import type { FavoriteContext } from "./favorite-context";

/** The stored id of a title, also of one merged away or seen a moment ago. AppError not_found for an unknown one. */
export async function resolveTitle(
  { ensureTitle }: Pick<FavoriteContext, "ensureTitle">,
  titleId: string,
): Promise<string> {
  const stored = await ensureTitle(titleId);
  if (stored === null) throw new AppError("not_found", "There is no such title.");
  return stored;
}

/** The same with what favorites of it are sorted and found by. */
export async function resolveTitleKeys(
  context: Pick<FavoriteContext, "client" | "ensureTitle">,
  titleId: string,
): Promise<TitleKeys> {
  const [keys] = await listTitleKeys(context.client, [await resolveTitle(context, titleId)]);
  if (!keys) throw new AppError("not_found", "There is no such title.");
  return keys;
}

/**
 * Many at once, each title once, however often and under whichever of its ids it is named: stored id → the place where it is named
 * first. AppError not_found with a pointer `/manga_ids/<i>` for each unknown one.
 */
export async function resolveTitles(
  context: Pick<FavoriteContext, "client" | "ensureTitle">,
  titleIds: readonly string[],
): Promise<Map<string, number>> {
  const stored = new Set((await listTitleKeys(context.client, [...new Set(titleIds)])).map(({ titleId }) => titleId));
  const places = new Map<string, number>();
  const unknown: number[] = [];
  for (const [index, titleId] of titleIds.entries()) {
    const found = stored.has(titleId) ? titleId : await context.ensureTitle(titleId);
    if (found === null) unknown.push(index);
    else if (!places.has(found)) places.set(found, index);
  }
  if (unknown.length > 0) throw unknownTitles(unknown, "There is no such title.");
  return places;
}

/** AppError not_found that points at the places of a list of ids. */
export function unknownTitles(places: readonly number[], message: string): AppError {
  return new AppError("not_found", "Nothing was changed: one of the titles is not there.", {
    errors: places.map((place) => ({ pointer: `/manga_ids/${place}`, message, code: "not_found" })),
  });
}
