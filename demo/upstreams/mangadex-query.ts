/** Says what is wrong with the values of one parameter; null when nothing is. */
type Rule = (values: readonly string[]) => string | null;

const ORDER_KEYS = [
  "title",
  "year",
  "createdAt",
  "updatedAt",
  "latestUploadedChapter",
  "followedCount",
  "relevance",
  "rating",
];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOMENT = /^\d{4}-[0-1]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d$/;

const matching = (pattern: RegExp, said: string): Rule => {
  return (values) => (values.every((value) => pattern.test(value)) ? null : said);
};
const oneOf = (...allowed: readonly string[]): Rule => {
  return (values) => {
    const wrong = values.find((value) => !allowed.includes(value));
    return wrong === undefined ? null : `Does not have a value in the enumeration [${allowed.join(", ")}]: ${wrong}`;
  };
};
const once =
  (rule: Rule): Rule =>
  (values) =>
    values.length > 1 ? "Must be given once" : rule(values);
const text = once(() => null);
const whole = (most: number): Rule =>
  once(([value = ""]) =>
    /^\d+$/.test(value) && Number(value) <= most ? null : `Must be an integer from 0 to ${most}`,
  );
const uuids = matching(UUID, "Does not match the format uuid");
const language = matching(/^[a-zA-Z-]{2,5}$/, "Does not match the pattern of a language");

/** GET /manga/{id} */
export const MANGA_RULES: Readonly<Record<string, Rule>> = {
  "includes[]": oneOf("manga", "cover_art", "author", "artist", "tag", "creator"),
};

/** GET /manga. Dates and `hasAvailableChapters` are checked but narrow nothing: every work here was updated and has chapters. */
export const MANGA_LIST_RULES: Readonly<Record<string, Rule>> = {
  ...MANGA_RULES,
  ...Object.fromEntries(ORDER_KEYS.map((key) => [`order[${key}]`, once(oneOf("asc", "desc"))])),
  limit: whole(100),
  offset: whole(10_000),
  title: text,
  year: once(matching(/^(\d{4}|none)$/, "Must be a year or none")),
  authorOrArtist: once(uuids),
  "authors[]": uuids,
  "artists[]": uuids,
  "includedTags[]": uuids,
  includedTagsMode: once(oneOf("AND", "OR")),
  "excludedTags[]": uuids,
  excludedTagsMode: once(oneOf("AND", "OR")),
  "status[]": oneOf("ongoing", "completed", "hiatus", "cancelled"),
  "originalLanguage[]": language,
  "excludedOriginalLanguage[]": language,
  "availableTranslatedLanguage[]": language,
  "publicationDemographic[]": oneOf("shounen", "shoujo", "josei", "seinen", "none"),
  "ids[]": (values) => (values.length > 100 ? "Must have at most 100 items" : uuids(values)),
  "contentRating[]": oneOf("safe", "suggestive", "erotica", "pornographic"),
  createdAtSince: once(matching(MOMENT, "Must look like 2020-01-31T00:00:00")),
  updatedAtSince: once(matching(MOMENT, "Must look like 2020-01-31T00:00:00")),
  hasAvailableChapters: once(oneOf("0", "1", "true", "false")),
};

/** The first thing that is wrong with the parameters, named by its parameter; a name without a rule is wrong. */
export function checkMangaQuery(query: URLSearchParams, rules: Readonly<Record<string, Rule>>): string | null {
  for (const name of new Set(query.keys())) {
    const rule = rules[name];
    if (!rule)
      return `Error validating /${name}: The property ${name} is not defined and additional properties are not allowed`;
    const problem = rule(query.getAll(name));
    if (problem) return `Error validating /${name}: ${problem}`;
  }
  return null;
}

export function checkUuid(name: string, value: string): string | null {
  return UUID.test(value) ? null : `Error validating /${name}: Does not match the format uuid`;
}
