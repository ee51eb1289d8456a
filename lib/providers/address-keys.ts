import type { AdapterConfig } from "./provider";

/** As long as keys are, and with a digit, as words of a path seldom are. */
const KEY_LIKE = /^(?=.*\d)[\w.~-]{16,}$/;
const KEY_NAME = /key|token|secret|pass|auth|sig/i;
const KEY_LENGTH_MIN = 4;

/** What in a base URL looks like a credential, for catalogues that have theirs in the address (Kavita's OPDS). */
export function listAddressKeys(baseUrl: string): string[] {
  if (!URL.canParse(baseUrl)) return [];
  const { pathname, search } = new URL(baseUrl);
  const parts = pathname.split("/").filter((part) => KEY_LIKE.test(part));
  const values = search
    .slice(1)
    .split("&")
    .flatMap((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return KEY_LIKE.test(value) || (KEY_NAME.test(name) && value.length >= KEY_LENGTH_MIN) ? [value] : [];
    });
  return [...parts, ...values];
}

/** An id or address that may be stored and shown: with a mark in place of each such key. `revealKeys` undoes it. */
export function concealKeys(text: string, { baseUrl }: AdapterConfig): string {
  return listAddressKeys(baseUrl).reduce((hidden, key, index) => hidden.replaceAll(key, `__key${index}__`), text);
}

export function revealKeys(text: string, { baseUrl }: AdapterConfig): string {
  return listAddressKeys(baseUrl).reduce((shown, key, index) => shown.replaceAll(`__key${index}__`, key), text);
}
