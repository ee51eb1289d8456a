import { toMangaUpdatesSlug } from "@/lib/providers/ids";
import { type CrossIds, ID_NAMESPACES, type IdNamespace } from "@/lib/providers/work";

/** A work's page at a catalogue that counts works in one of the namespaces. */
export interface CrossLink {
  namespace: IdNamespace;
  /** Of the catalogue. */
  name: string;
  id: string;
  url: string;
  /** The built-in provider that asks this catalogue; null when none does. */
  providerId: string | null;
}

const CATALOGUES = {
  mal: { name: "MyAnimeList", providerId: "jikan", toUrl: (id) => `https://myanimelist.net/manga/${id}` },
  al: { name: "AniList", providerId: "anilist", toUrl: (id) => `https://anilist.co/manga/${id}` },
  kt: { name: "Kitsu", providerId: "kitsu", toUrl: (id) => `https://kitsu.app/manga/${id}` },
  mu: {
    name: "MangaUpdates",
    providerId: "mangaupdates",
    toUrl: (id) => `https://www.mangaupdates.com/series/${toMangaUpdatesSlug(id)}`,
  },
  md: { name: "MangaDex", providerId: "mangadex", toUrl: (id) => `https://mangadex.org/title/${id}` },
  ol: { name: "Open Library", providerId: "openlibrary", toUrl: (id) => `https://openlibrary.org/works/${id}` },
  tmdb: { name: "TMDB", providerId: "tmdb", toUrl: (id) => `https://www.themoviedb.org/${id}` },
  imdb: { name: "IMDb", providerId: null, toUrl: (id) => `https://www.imdb.com/title/${id}/` },
} as const satisfies Record<IdNamespace, { name: string; providerId: string | null; toUrl: (id: string) => string }>;

/** Where a work with these ids has its pages, in the order of the namespaces. */
export function toCrossLinks(ids: CrossIds): CrossLink[] {
  return ID_NAMESPACES.flatMap((namespace) => {
    const id = ids[namespace];
    const { name, providerId, toUrl } = CATALOGUES[namespace];
    return id ? [{ namespace, name, id, url: toUrl(id), providerId }] : [];
  });
}
