import type { WorkStatus, WorkType } from "./work";

/** What catalogues call the states of publication; they do not contradict each other. */
const STATUSES: ReadonlyMap<string, WorkStatus> = new Map(
  Object.entries<WorkStatus>({
    ongoing: "ongoing",
    releasing: "ongoing",
    current: "ongoing",
    publishing: "ongoing",
    complete: "finished",
    completed: "finished",
    finished: "finished",
    ended: "finished",
    hiatus: "paused",
    on_hiatus: "paused",
    cancelled: "cancelled",
    canceled: "cancelled",
    discontinued: "cancelled",
    abandoned: "cancelled",
    upcoming: "upcoming",
    unreleased: "upcoming",
    tba: "upcoming",
    not_yet_released: "upcoming",
    not_yet_published: "upcoming",
    released: "finished",
    returning_series: "ongoing",
    rumored: "upcoming",
    planned: "upcoming",
    pilot: "upcoming",
    in_production: "upcoming",
    post_production: "upcoming",
  }),
);

const TYPES: ReadonlyMap<string, WorkType> = new Map(
  Object.entries<WorkType>({
    manga: "manga",
    manhwa: "manhwa",
    manhua: "manhua",
    novel: "novel",
    light_novel: "novel",
    oneshot: "one_shot",
    one_shot: "one_shot",
    doujin: "doujinshi",
    doujinshi: "doujinshi",
    oel: "comic",
    artbook: "book",
  }),
);

/** The neutral status for a catalogue's word, whatever its case (`On Hiatus`, `NOT_YET_RELEASED`); `unknown` for a word not heard before. */
export function toStatus(word: string | null | undefined): WorkStatus {
  return find(STATUSES, word) ?? "unknown";
}

/** The neutral type for a catalogue's word, whatever its case; `unknown` for a word not heard before. */
export function toType(word: string | null | undefined): WorkType {
  return find(TYPES, word) ?? "unknown";
}

/** What a comic is called by the language that it was made in. */
export function toComicType(language: string | null | undefined): WorkType {
  if (!language) return "unknown";
  if (/^ja\b/.test(language)) return "manga";
  if (/^ko\b/.test(language)) return "manhwa";
  return /^zh\b/.test(language) ? "manhua" : "comic";
}

function find<Value>(words: ReadonlyMap<string, Value>, word: string | null | undefined): Value | undefined {
  if (!word) return undefined;
  return (
    words.get(word) ??
    words.get(
      word
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, "_"),
    )
  );
}
