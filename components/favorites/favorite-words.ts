import type { ReadingStatus } from "@/lib/favorites/reading-status";

export const READING_WORDS = {
  planned: "Planned",
  reading: "Reading",
  completed: "Completed",
  on_hold: "On hold",
  dropped: "Dropped",
  rereading: "Rereading",
} as const satisfies Record<ReadingStatus, string>;

/** Every rating there is: 5, 4.5 … 0. */
export const RATINGS = Array.from({ length: 11 }, (_, index) => 5 - index / 2);
