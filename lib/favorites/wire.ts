import { z } from "zod";
import type { Viewer } from "@/lib/accounts/viewer-type";
import type { Favorite, FavoriteFields } from "@/lib/db/favorites";
import { TITLE_KINDS, WORK_TYPES } from "@/lib/providers/work";
import { coverPath, pickTitle } from "@/lib/search/card";
import type { BulkAnswer, BulkChange } from "./bulk-update";
import { isReadingStatus, READING_STATUSES } from "./reading-status";

export const BULK_MAX = 1000;
export const TAGS_MAX = 100;
export const TAG_CHARS_MAX = 64;

export const favoriteSchema = z
  .object({
    id: z.string(),
    user_id: z.string(),
    manga_id: z.string(),
    is_favorite: z.boolean(),
    custom_title: z.string().nullable(),
    rating: z.number().min(0).max(5).multipleOf(0.5).nullable(),
    notes: z.string().nullable(),
    tags: z.array(z.string()),
    reading_status: z.enum(READING_STATUSES).nullable(),
    progress: z.int().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    manga: z.object({
      id: z.string(),
      title: z.string(),
      titles: z.array(z.object({ text: z.string(), lang: z.string().nullable(), kind: z.enum(TITLE_KINDS) })),
      description: z.string().nullable(),
      cover_image: z.string().nullable(),
      type: z.enum(WORK_TYPES),
      year: z.int().nullable(),
      authors: z.array(z.string()),
      sources: z.array(z.object({ provider_id: z.string(), external_id: z.string(), url: z.string().nullable() })),
    }),
  })
  .meta({ id: "Favorite" });
export type FavoriteDto = z.infer<typeof favoriteSchema>;

export const favoriteStatusSchema = z.object({ manga_id: z.string(), is_favorite: z.boolean() });
export const favoriteCountSchema = z.object({ count: z.int() });
export const bulkAnswerSchema = z.object({ updated: z.int(), items: z.array(favoriteStatusSchema) });

export const titleParams = z.object({ title_id: z.string().min(1).max(200) });
export const removeQuery = z.object({ purge: z.stringbool().default(false) });

/** Blank text is no text: it clears. */
const clearingText = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax)
    .transform((text) => text.trim() || null)
    .nullable();

const tagName = z
  .string()
  .transform((name) => name.normalize("NFC").trim().replace(/\s+/g, " "))
  .pipe(
    z
      .string()
      .min(1)
      .max(64)
      .regex(/^[^,]+$/, "A tag has no comma."),
  );
export const tagNames = z
  .array(tagName)
  .max(TAGS_MAX)
  .transform((names) => [...new Set(names)]);

const rating = z.number().min(0).max(5).multipleOf(0.5, "Whole and half stars only.").nullable();
const readingStatus = z.enum(READING_STATUSES).nullable();

export const favoriteFieldsBody = z.strictObject({
  custom_title: clearingText(500).optional(),
  rating: rating.optional(),
  notes: clearingText(100_000).optional(),
  tags: tagNames.nullable().optional(),
  reading_status: readingStatus.optional(),
  progress: z.int().min(0).max(1_000_000).nullable().optional(),
});
export type FavoriteFieldsBody = z.infer<typeof favoriteFieldsBody>;

export const bulkBody = z
  .strictObject({
    manga_ids: z.array(z.string().min(1).max(200)).min(1).max(BULK_MAX),
    is_favorite: z.boolean().optional(),
    tags_add: tagNames.optional(),
    tags_remove: tagNames.optional(),
    rating: rating.optional(),
    reading_status: readingStatus.optional(),
  })
  .refine(
    ({ manga_ids, tags_add = [], tags_remove = [], ...rest }) => {
      return [...tags_add, ...tags_remove].length > 0 || Object.values(rest).some((value) => value !== undefined);
    },
    {
      path: ["is_favorite"],
      message: "Say what to change: is_favorite, tags_add, tags_remove, rating or reading_status.",
    },
  );
export type BulkBody = z.infer<typeof bulkBody>;

/** A change of one favorite: null clears, absent stays; `tags` are the whole new list. */
export interface FavoriteChange {
  fields: FavoriteFields;
  tags: readonly string[] | null;
}

export function toFavoriteChange(body: FavoriteFieldsBody): FavoriteChange {
  const { custom_title, rating, notes, tags, reading_status, progress } = body;
  return {
    fields: {
      ...(custom_title !== undefined && { customTitle: custom_title }),
      ...(rating !== undefined && { ratingHalves: toHalves(rating) }),
      ...(notes !== undefined && { notes }),
      ...(reading_status !== undefined && { readingStatus: reading_status }),
      ...(progress !== undefined && { progress }),
    },
    tags: tags === undefined ? null : (tags ?? []),
  };
}

export function toBulkChange(body: BulkBody): BulkChange {
  const { is_favorite, tags_add, tags_remove, rating, reading_status } = body;
  return {
    ...(is_favorite !== undefined && { isFavorite: is_favorite }),
    ...(tags_add && { tagsAdd: tags_add }),
    ...(tags_remove && { tagsRemove: tags_remove }),
    ...(rating !== undefined && { ratingHalves: toHalves(rating) }),
    ...(reading_status !== undefined && { readingStatus: reading_status }),
  };
}

export function toBulkAnswerDto({ updated, items }: BulkAnswer): z.infer<typeof bulkAnswerSchema> {
  return { updated, items: items.map(({ titleId, isFavorite }) => ({ manga_id: titleId, is_favorite: isFavorite })) };
}

export function toHalves(stars: number | null): number | null {
  return stars === null ? null : Math.round(stars * 2);
}

export function toStars(halves: number | null): number | null {
  return halves === null ? null : halves / 2;
}

export function toFavoriteDto(favorite: Favorite, viewer: Pick<Viewer, "titleLanguage">): FavoriteDto {
  const { title } = favorite;
  return {
    id: favorite.id,
    user_id: favorite.userId,
    manga_id: favorite.titleId,
    is_favorite: favorite.isFavorite,
    custom_title: favorite.customTitle,
    rating: toStars(favorite.ratingHalves),
    notes: favorite.notes,
    tags: favorite.tags,
    reading_status: isReadingStatus(favorite.readingStatus) ? favorite.readingStatus : null,
    progress: favorite.progress,
    created_at: favorite.createdAt.toISOString(),
    updated_at: favorite.updatedAt.toISOString(),
    manga: {
      id: title.id,
      title: pickTitle([title], viewer.titleLanguage) || title.title,
      titles: title.titles,
      description: title.description,
      cover_image: title.hasCover ? coverPath(title.id) : null,
      type: title.type,
      year: title.year,
      authors: title.authors,
      sources: title.sources.map(({ providerId, externalId, url }) => ({
        provider_id: providerId,
        external_id: externalId,
        url,
      })),
    },
  };
}
