import type { CrossIds, WorkTitle, WorkType } from "@/lib/providers/work";
import type { ProviderItem } from "../item";

export interface ItemSketch {
  provider: string;
  id?: string;
  /** The first is the main one. */
  titles: string[];
  english?: string;
  native?: string;
  type?: WorkType;
  year?: number | null;
  authors?: string[];
  ids?: CrossIds;
  rank?: number;
  knownAs?: string;
}

/** A provider's hit with sensible fillings for all that a test does not say. */
export function anItem(sketch: ItemSketch): ProviderItem {
  const externalId = sketch.id ?? sketch.titles[0] ?? "?";
  const sourceId = `id:${sketch.provider}:${externalId}`;
  const titles: WorkTitle[] = sketch.titles.map((text, place) => ({
    text,
    lang: null,
    kind: place === 0 ? "main" : "synonym",
  }));
  if (sketch.english) titles.push({ text: sketch.english, lang: "en", kind: "english" });
  if (sketch.native) titles.push({ text: sketch.native, lang: "ja", kind: "native" });
  return {
    providerId: sketch.provider,
    externalId,
    titles,
    type: sketch.type ?? "manga",
    year: sketch.year ?? null,
    status: "unknown",
    authors: sketch.authors ?? [],
    description: null,
    coverUrl: null,
    contentRating: "safe",
    tags: [],
    languages: [],
    ids: sketch.ids ?? {},
    url: null,
    rank: sketch.rank ?? 1,
    titleId: sketch.knownAs ?? sourceId,
    sourceId,
    known: sketch.knownAs !== undefined,
  };
}
