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

const MASK = "•••";

/** The address as admins see it: a key in it is as hidden as any other secret. */
export function maskAddress(baseUrl: string): string {
  return listAddressKeys(baseUrl).reduce((masked, key) => masked.replaceAll(key, MASK), baseUrl);
}

/**
 * What an admin means who was shown the masked address and sends it back, perhaps changed: the keys stand where they stood. Null where they
 * cannot: another host must not get them, nor one that never had any.
 */
export function unmaskAddress(text: string, before: string | null | undefined): string | null {
  if (!text.includes(MASK)) return text;
  if (!before || !URL.canParse(text) || new URL(text).origin !== new URL(before).origin) return null;
  const whole = listAddressKeys(before).reduce((shown, key) => shown.replace(MASK, () => key), text);
  return whole.includes(MASK) ? null : whole;
}
