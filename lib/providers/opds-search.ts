import type { OpdsFeed, OpdsLink } from "./opds-feed";
import { expandTemplate, findFeedTemplate } from "./opensearch";
import { ProviderError } from "./outcome";
import type { TextResponse } from "./provider";
import { expandUriTemplate, hasVariable } from "./uri-template";
import { toWebUrl } from "./web-url";

/** What catalogues of OPDS 2.0 call the text of a search. */
const QUERY_NAMES = ["query", "searchTerms", "q"];

/**
 * The address of a search, from the root feed's search link: a template of OpenSearch or of RFC 6570, or the way to an OpenSearch description
 * with one. Throws `config` when the feed offers none.
 */
export async function findSearchUrl(
  root: OpdsFeed,
  text: string,
  get: (url: string) => Promise<TextResponse>,
): Promise<string> {
  const links = root.links.filter(({ rels }) => rels.includes("search"));
  const url =
    expand(
      links.find(({ href }) => isTemplate(href)),
      text,
    ) ?? (await expandDescription(links, text, get));
  if (url) return url;
  throw new ProviderError({ class: "config", message: "The feed offers no search: is it the catalogue's root?" });
}

async function expandDescription(
  links: readonly OpdsLink[],
  text: string,
  get: (url: string) => Promise<TextResponse>,
): Promise<string | null> {
  const description = links.find(({ type }) => /opensearchdescription/.test(type)) ?? links[0];
  const url = description && toWebUrl(description.href, description.base);
  if (!url) return null;
  const response = await get(url);
  const href = findFeedTemplate(response);
  return href ? expand({ href, base: response.url }, text) : null;
}

function isTemplate(href: string): boolean {
  return href.includes("{searchTerms") || hasVariable(href, QUERY_NAMES);
}

function expand(template: Pick<OpdsLink, "href" | "base"> | undefined, text: string): string | null {
  if (!template) return null;
  const { href, base } = template;
  const values = Object.fromEntries(QUERY_NAMES.map((name) => [name, text]));
  const path = href.includes("{searchTerms")
    ? expandTemplate(href, { searchTerms: text })
    : expandUriTemplate(href, values);
  return toWebUrl(path, base);
}
