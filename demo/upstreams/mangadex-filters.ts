import type { Work } from "../catalogue/work";
import { demographicOf, personId, statusOf, tagId, tagNames, translations, yearOf } from "./mangadex-manga";

const DEFAULT_RATINGS = ["safe", "suggestive", "erotica"];

/** Whether the filters of a list let the work through. */
export function matchesFilters(work: Work, query: URLSearchParams): boolean {
  const ratings = query.getAll("contentRating[]");
  const wanted = (name: string) => query.getAll(name);
  const within = (name: string, value: string) => wanted(name).length === 0 || wanted(name).includes(value);
  const people = { author: work.story.map(personId), artist: work.art.map(personId) };
  const some = (name: string, ids: readonly string[]) =>
    !query.has(name) || wanted(name).some((id) => ids.includes(id));
  const tags = tagNames(work).map(tagId);
  const included = wanted("includedTags[]");
  const excluded = wanted("excludedTags[]");
  const anyIncluded = query.get("includedTagsMode") === "OR";
  const allExcluded = query.get("excludedTagsMode") === "AND";
  const isExcluded = allExcluded ? excluded.every((id) => tags.includes(id)) : excluded.some((id) => tags.includes(id));
  return (
    (ratings.length ? ratings : DEFAULT_RATINGS).includes(work.rating) &&
    within("ids[]", work.ids.md) &&
    within("status[]", statusOf(work)) &&
    within("originalLanguage[]", work.language) &&
    !wanted("excludedOriginalLanguage[]").includes(work.language) &&
    within("publicationDemographic[]", demographicOf(work) ?? "none") &&
    within("year", String(yearOf(work) ?? "none")) &&
    some("availableTranslatedLanguage[]", translations(work)) &&
    some("authors[]", people.author) &&
    some("artists[]", people.artist) &&
    some("authorOrArtist", [...people.author, ...people.artist]) &&
    (included.length === 0 ||
      (anyIncluded ? included.some((id) => tags.includes(id)) : included.every((id) => tags.includes(id)))) &&
    (excluded.length === 0 || !isExcluded)
  );
}
