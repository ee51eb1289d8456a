export const READING_STATUSES = ["planned", "reading", "completed", "on_hold", "dropped", "rereading"] as const;
export type ReadingStatus = (typeof READING_STATUSES)[number];

export function isReadingStatus(word: string | null): word is ReadingStatus {
  return READING_STATUSES.some((status) => status === word);
}
