import { parseAtom } from "./atom";
import type { OpdsFeed } from "./opds-feed";
import { parseOpdsJson } from "./opds-json";
import type { TextResponse } from "./provider";

/** What to ask for, so that a server that speaks both answers in the newer. */
export const OPDS_ACCEPT =
  "application/opds+json, application/atom+xml;profile=opds-catalog;q=0.9, application/atom+xml;q=0.8, application/xml;q=0.7, */*;q=0.1";

/** A feed of whichever OPDS it is; by its media type or, where that says nothing, its first character. Throws `ProviderError`. */
export function parseOpds(response: TextResponse): OpdsFeed {
  const isJson = /\bjson\b/i.test(response.contentType) || /^\s*\{/.test(response.text);
  return isJson ? parseOpdsJson(response) : parseAtom(response);
}
