export const WORK_TYPES = [
  "manga",
  "manhwa",
  "manhua",
  "novel",
  "one_shot",
  "doujinshi",
  "comic",
  "book",
  "movie",
  "tv",
  "subtitle",
  "model",
  "unknown",
] as const;
export type WorkType = (typeof WORK_TYPES)[number];

export const WORK_STATUSES = ["ongoing", "finished", "paused", "cancelled", "upcoming", "unknown"] as const;
export type WorkStatus = (typeof WORK_STATUSES)[number];

export const CONTENT_RATINGS = ["safe", "suggestive", "erotica", "pornographic", "unknown"] as const;
export type ContentRating = (typeof CONTENT_RATINGS)[number];

/** `main` is what the provider itself puts first; the others say how the text is written. */
export const TITLE_KINDS = ["main", "english", "romanised", "native", "synonym"] as const;
export type TitleKind = (typeof TITLE_KINDS)[number];

/** `lang` is a BCP 47 tag (`ja-Latn` for romanised Japanese) or null when the provider does not say. */
export interface WorkTitle {
  text: string;
  lang: string | null;
  kind: TitleKind;
}

/**
 * Ids of other catalogues, always strings, already normalised: `mal` MyAnimeList, `al` AniList, `kt` Kitsu (the number, never the
 * slug), `mu` MangaUpdates (the API's number, never the base-36 slug), `md` MangaDex, `ol` Open Library work, `tmdb` TMDb (`movie/603`, `tv/1396`: they
 * are numbered apart), `imdb`.
 */
export const ID_NAMESPACES = ["mal", "al", "kt", "mu", "md", "ol", "tmdb", "imdb"] as const;
export type IdNamespace = (typeof ID_NAMESPACES)[number];
export type CrossIds = Partial<Record<IdNamespace, string>>;

/** One work as one provider describes it, in neutral terms. Text is plain (no HTML, no Markdown). */
export interface WorkRecord {
  externalId: string;
  titles: WorkTitle[];
  type: WorkType;
  year: number | null;
  status: WorkStatus;
  authors: string[];
  description: string | null;
  coverUrl: string | null;
  contentRating: ContentRating;
  tags: string[];
  /** Languages it can be read in at this provider, BCP 47; empty when unknown. */
  languages: string[];
  /** Own id included, when the provider's ids are one of the namespaces. */
  ids: CrossIds;
  url: string | null;
}
