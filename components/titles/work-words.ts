import { formatLanguage } from "@/lib/format";
import type { WorkStatus, WorkTitle, WorkType } from "@/lib/providers/work";

/** Words for people; null where saying it would tell nothing. */
export const TYPE_WORDS = {
  manga: "Manga",
  manhwa: "Manhwa",
  manhua: "Manhua",
  novel: "Novel",
  one_shot: "One-shot",
  doujinshi: "Doujinshi",
  comic: "Comic",
  book: "Book",
  movie: "Film",
  tv: "Series",
  subtitle: "Subtitles",
  model: "Model",
  unknown: null,
} as const satisfies Record<WorkType, string | null>;

export const STATUS_WORDS = {
  ongoing: "ongoing",
  finished: "finished",
  paused: "paused",
  cancelled: "cancelled",
  upcoming: "upcoming",
  unknown: null,
} as const satisfies Record<WorkStatus, string | null>;

const AUTHORS_SHOWN = 2;

export interface WorkFacts {
  type: WorkType;
  year: number | null;
  status: WorkStatus;
  authors: readonly string[];
  /** Told of subtitles alone, which are in one. */
  languages?: readonly string[];
}

/** "1989 · Manga · Kentarou Miura, Studio Gaga · ongoing", without what nobody knows. */
export function toFactLine({ type, year, status, authors, languages = [] }: WorkFacts): string {
  const shown = authors.slice(0, AUTHORS_SHOWN).join(", ");
  const rest = authors.length > AUTHORS_SHOWN ? ` +${authors.length - AUTHORS_SHOWN}` : "";
  const language = type === "subtitle" ? languages.map(formatLanguage).join(", ") : null;
  return [language, year?.toString() ?? null, TYPE_WORDS[type], shown ? shown + rest : null, STATUS_WORDS[status]]
    .filter(Boolean)
    .join(" · ");
}

/** What stands on the drawn cover of a thing that never has a picture: a subtitle's language, or that it is a model. */
export function findCoverMark({ type, languages = [] }: Pick<WorkFacts, "type" | "languages">): string | null {
  if (type === "subtitle") return languages[0] ?? "CC";
  return type === "model" ? "AI" : null;
}

/** The language of a text among a work's titles, for its `lang`; undefined when nobody says. */
export function toLang(text: string, titles: readonly WorkTitle[]): string | undefined {
  return titles.find((title) => title.text === text)?.lang ?? undefined;
}

/** The title in the work's own script, when another one is shown. */
export function findNativeTitle(shown: string, titles: readonly WorkTitle[]): WorkTitle | null {
  return titles.find((title) => title.kind === "native" && title.text !== shown) ?? null;
}
