import type { ProviderItem } from "./item";

/** Weight by provider id, from its priority; a provider that is not named weighs 1. Server and browser must be given the same. */
export type ProviderWeights = Readonly<Record<string, number>>;

// How well each catalogue identifies and describes a work, best first: cross-ids, one entry per work, checked metadata.
const FIXED_ORDER = [
  "mangadex",
  "anilist",
  "mangaupdates",
  "kitsu",
  "jikan",
  "tmdb",
  "komga",
  "openlibrary",
  "opds",
  "opensubtitles",
];

/** 0.5 for priority 0, 1 for the default of 50, 1.5 for 100. */
export function toWeight(priority: number): number {
  return 0.5 + priority / 100;
}

/** Sorts the strongest source first: by weight, then by a fixed order of providers, then by names alone. Total and input-independent. */
export function compareStrength(weights: ProviderWeights): (a: ProviderItem, b: ProviderItem) => number {
  const places = new Map<string, number>();
  const placeOf = (providerId: string): number => {
    const place = places.get(providerId) ?? fixedPlace(providerId);
    places.set(providerId, place);
    return place;
  };
  return (a, b) => {
    if (a.providerId === b.providerId) return compareText(a.externalId, b.externalId);
    return (
      (weights[b.providerId] ?? 1) - (weights[a.providerId] ?? 1) ||
      placeOf(a.providerId) - placeOf(b.providerId) ||
      compareText(a.providerId, b.providerId)
    );
  };
}

/** By code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fixedPlace(providerId: string): number {
  const place = FIXED_ORDER.findIndex((name) => providerId === name || providerId.startsWith(`${name}-`));
  return place < 0 ? FIXED_ORDER.length : place;
}
