import { findLink, type OpdsEntry, type OpdsFeed } from "./opds-feed";
import { ProviderError } from "./outcome";

/** How many feeds are read for one entry. */
const FEEDS_MAX = 12;
const ENTRY_TYPE = /type=entry/;

interface Options {
  isWanted: (entry: OpdsEntry) => boolean;
  /** The entry's id, where it may be part of an address. */
  id: string;
  /** Addresses to begin with, the root feed (empty) last. */
  start: readonly string[];
  read: (url: string) => Promise<OpdsFeed>;
}

/**
 * A catalogue's entry by its id, in full where the catalogue has it in full. OPDS has no address for an id, so it reads the addresses to begin
 * with and the root's sections with their next pages, first of all an address that other entries suggest. Sections that cannot be read are
 * passed over. Throws `client` when twelve feeds do not show it.
 */
export async function findOpdsEntry({ isWanted, id, start, read }: Options): Promise<OpdsEntry> {
  const queue = [...start];
  const seen = new Set<string>();
  for (let url = queue.shift(); url !== undefined && seen.size < FEEDS_MAX; url = queue.shift()) {
    if (seen.has(url)) continue;
    seen.add(url);
    const feed = url === "" ? await read(url) : await read(url).catch(passOver);
    const entry = feed.entries.find(isWanted);
    const full = entry && findLink(entry, "alternate", ENTRY_TYPE);
    if (entry) return full && full !== url ? ((await read(full)).entries[0] ?? entry) : entry;
    const [guess] = feed.entries.flatMap((sibling) => guessAddress(sibling, id) ?? []);
    const sections = url === "" ? feed.entries.map((each) => findLink(each, "subsection")) : [];
    if (guess) queue.unshift(guess);
    queue.push(...[...sections, findLink(feed, "next")].filter((following) => following !== null));
  }
  throw new ProviderError({ class: "client", message: "The catalogue's sections do not show this entry." });
}

/** Where one entry's address ends in its id (less `urn:…:`), those of the others do too. */
function guessAddress(sibling: OpdsEntry, id: string): string | null {
  const address = findLink(sibling, "alternate", ENTRY_TYPE);
  const ending = toEnding(sibling.id ?? "");
  return address?.endsWith(ending) ? `${address.slice(0, -ending.length)}${toEnding(id)}` : null;
}

function toEnding(id: string): string {
  return `/${encodeURIComponent(id.replace(/^urn:.*:/, ""))}`;
}

function passOver(error: unknown): OpdsFeed {
  if (!(error instanceof ProviderError) || !["auth", "client", "contract"].includes(error.failure.class)) throw error;
  return { links: [], entries: [], total: null };
}
