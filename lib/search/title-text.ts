import { digitsOf, titleKey } from "./normalise";
import { memoByText } from "./text-memo";

/** A title with all that comparing it needs. */
export interface TitleText {
  key: string;
  digits: string;
  /** Alike but for width and case. */
  folded: string;
}

const REMEMBERED_MAX = 5_000;

/** Worked out once for each spelling of late. */
export const titleTextOf = memoByText<TitleText>((text) => {
  const key = titleKey(text);
  return { key, digits: digitsOf(key), folded: text.normalize("NFKC").toLowerCase() };
}, REMEMBERED_MAX);
