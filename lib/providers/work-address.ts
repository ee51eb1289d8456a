import { toCrossIds } from "./ids";
import type { CrossIds, IdNamespace } from "./work";

/** Host and the path's part that holds the id. Kitsu's slugs are no ids and stay words. */
const ADDRESSES: readonly { host: RegExp; path: RegExp; namespace: IdNamespace }[] = [
  { host: /^(www\.)?mangadex\.org$/, path: /^\/(?:title|manga)\/([\da-f-]{36})/i, namespace: "md" },
  { host: /^(www\.)?anilist\.co$/, path: /^\/manga\/(\d+)/, namespace: "al" },
  { host: /^(www\.)?myanimelist\.net$/, path: /^\/manga\/(\d+)/, namespace: "mal" },
  { host: /^(www\.)?kitsu\.(app|io)$/, path: /^\/manga\/(\d+)/, namespace: "kt" },
  { host: /^(www\.)?mangaupdates\.com$/, path: /^\/series\/([\da-z]{1,8})(?:\/|$)/i, namespace: "mu" },
  { host: /^(www\.)?openlibrary\.org$/, path: /^\/works\/(OL\d+W)/i, namespace: "ol" },
  { host: /^(www\.)?themoviedb\.org$/, path: /^\/((?:movie|tv)\/\d+)/, namespace: "tmdb" },
];

/** The catalogue's id in the address of a work's page, as it is written there; null for any other text. */
export function parseWorkAddress(text: string): { namespace: IdNamespace; id: string } | null {
  const url = /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  const address = url && ADDRESSES.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname));
  const id = address?.path.exec(url?.pathname ?? "")?.[1];
  return address && id ? { namespace: address.namespace, id } : null;
}

/** The ids of other catalogues in a work's links. */
export function listLinkedIds(urls: readonly string[]): CrossIds {
  const found = urls.flatMap((url) => parseWorkAddress(url) ?? []);
  return toCrossIds(Object.fromEntries(found.map(({ namespace, id }) => [namespace, id])));
}
