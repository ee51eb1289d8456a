/** An event and its number. Numbers rise, not always by one. */
export interface Numbered<Event> {
  id: number;
  event: Event;
}

/** Tells what happens to whoever listens now, and keeps the newest for those who come back. */
export interface EventBus<Event> {
  /** `id` is the number that the event has elsewhere; without it, or when it is not above the last, the next one is taken. */
  publish(event: Event, id?: number): Numbered<Event>;
  /** Listeners are called at once and must be quick. The answer ends the subscription. */
  subscribe(listener: (numbered: Numbered<Event>) => void): () => void;
  /** What came after `id`, oldest first; null when that cannot be told, since some are no longer kept or the number is of no event. */
  since(id: number): readonly Numbered<Event>[] | null;
  /** Of the newest event; where numbering began when there was none. */
  lastId(): number;
}
