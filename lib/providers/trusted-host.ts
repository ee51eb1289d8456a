import type { Operation, ProviderAdapter } from "./provider";

/**
 * Whether a provider's requests may go there: its base URL's host, or one that its adapter trusts. `*.example.org` trusts every name below
 * example.org, `*` every public host (pictures of a catalogue that anyone may have filled).
 */
export function isTrustedHost(url: URL, base: URL, { trustedHosts = [] }: ProviderAdapter): boolean {
  if (url.hostname === base.hostname) return true;
  return trustedHosts.some((trusted) => {
    if (trusted === "*") return true;
    return trusted.startsWith("*.") ? url.hostname.endsWith(trusted.slice(1)) : url.hostname === trusted;
  });
}

/**
 * Whether the host may lie at a private address: only the base URL's own, and only when an administrator set that base URL (by the
 * environment or in the settings), which is when it is not the adapter's default.
 */
export function mayBePrivate(url: URL, base: URL, { defaultBaseUrl }: ProviderAdapter): boolean {
  if (url.hostname !== base.hostname) return false;
  return defaultBaseUrl === null || base.hostname !== new URL(defaultBaseUrl).hostname;
}

/** The class of an address that we refuse to call: one picture's address says nothing about the provider's settings. */
export function refusalClass(operation: Operation): "client" | "config" {
  return operation === "cover" || operation === "download" ? "client" : "config";
}
