import { authorKey } from "./normalise";
import { memoByText } from "./text-memo";

const REMEMBERED_MAX = 2_000;

/** `authorKey`, worked out once for each spelling of late. */
export const authorKeyOf = memoByText(authorKey, REMEMBERED_MAX);
