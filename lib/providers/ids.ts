import { type CrossIds, ID_NAMESPACES, type IdNamespace } from "./work";

/** MangaUpdates renumbered its series: numbers up to this one are of the old kind and mean nothing to the API. */
const OLD_MANGAUPDATES_ID_MAX = 200_591;

const PARSERS: Readonly<Record<IdNamespace, (text: string) => string | null>> = {
  mal: parseNumber,
  al: parseNumber,
  kt: parseNumber,
  mu: parseMangaUpdatesId,
  md: (text) => (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text.toLowerCase() : null),
  ol: (text) => /OL\d+W/.exec(text)?.[0] ?? null,
  tmdb: (text) => {
    const [, kind, number = ""] = /^(movie|tv)\/(\d+)$/.exec(text) ?? [];
    const digits = parseNumber(number);
    return kind && digits ? `${kind}/${digits}` : null;
  },
  imdb: (text) => (/^tt\d+$/.test(text) ? text : null),
};

/** Ids of other catalogues as strings in their one spelling; slugs where a number is meant, zeros and empty ones are left out. */
export function toCrossIds(raw: Partial<Record<IdNamespace, unknown>>): CrossIds {
  const ids: CrossIds = {};
  for (const namespace of ID_NAMESPACES) {
    const value = raw[namespace];
    if (typeof value !== "string" && typeof value !== "number") continue;
    const id = PARSERS[namespace](String(value).trim());
    if (id) ids[namespace] = id;
  }
  return ids;
}

/** The API's number for a number or the base-36 slug of the web address (`m9j8pqm` → `48465726286`); null for ids of the old kind. */
export function parseMangaUpdatesId(text: string): string | null {
  if (/^\d+$/.test(text)) return Number(text) > OLD_MANGAUPDATES_ID_MAX ? parseNumber(text) : null;
  return /^[\da-z]{1,8}$/i.test(text) ? String(Number.parseInt(text, 36)) : null;
}

/** The other way: `48465726286` → `m9j8pqm`. */
export function toMangaUpdatesSlug(id: string): string {
  return Number(id).toString(36);
}

function parseNumber(text: string): string | null {
  const digits = /^0*([1-9]\d{0,14})$/.exec(text)?.[1];
  return digits ?? null;
}
