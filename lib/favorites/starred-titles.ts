import { LRUCache } from "lru-cache";

/** Which titles are whose favorites, as a search wants to know time and again. */
export interface StarredTitles {
  /** Those of the titles that are the viewer's favorites. Asks `find` only for titles that it was not asked for of late. */
  among(viewerId: string, titleIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** To be told after each change of a viewer's stars. */
  forget(viewerId: string): void;
}

interface Options {
  find: (viewerId: string, titleIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Epoch milliseconds. */
  clock: () => number;
}

/** One viewer's titles and whether they are favorites. A new book is begun when stars change, so that an answer on its way is not kept. */
interface Book {
  beganAt: number;
  states: Map<string, boolean>;
}

const VIEWERS_MAX = 500;
const TITLES_MAX = 5_000;
/** A star that was set by another process shows after this time at the latest. */
const KEPT_MS = 10_000;

export function createStarredTitles({ find, clock }: Options): StarredTitles {
  const books = new LRUCache<string, Book>({ max: VIEWERS_MAX });

  function open(viewerId: string): Book {
    const book = books.get(viewerId);
    if (book && clock() - book.beganAt < KEPT_MS && book.states.size < TITLES_MAX) return book;
    const fresh: Book = { beganAt: clock(), states: new Map() };
    books.set(viewerId, fresh);
    return fresh;
  }

  return {
    async among(viewerId, titleIds) {
      const { states } = open(viewerId);
      const unknown = titleIds.filter((id) => !states.has(id));
      if (unknown.length > 0) {
        const found = await find(viewerId, unknown);
        for (const id of unknown) states.set(id, found.has(id));
      }
      return new Set(titleIds.filter((id) => states.get(id)));
    },
    forget(viewerId) {
      books.delete(viewerId);
    },
  };
}
