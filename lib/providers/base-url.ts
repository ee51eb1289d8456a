import { isIP } from "node:net";
import { kindOfAddress } from "./network-guard";

/** Why the text cannot be a provider's base URL, in one sentence; null when it can. */
export function findBaseUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return "The base URL is not a complete address such as https://example.org/api.";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "The base URL must start with http:// or https://.";
  if (url.username || url.password)
    return "The base URL must not hold a user name or password: they have fields of their own.";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) && kindOfAddress(host) === "forbidden")
    return "The base URL names an address that is closed to providers.";
  return null;
}

/** The URL as adapters get it: without fragment and trailing slash. */
export function normaliseBaseUrl(text: string): string {
  const url = new URL(text);
  url.hash = "";
  return url.search ? url.href : url.href.replace(/\/+$/, "");
}
