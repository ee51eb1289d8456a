import type { AdapterConfig, ConfigField } from "./provider";

/**
 * The header for a request to `url` (empty: the base URL itself), from the settings `username` and `password`. Credentials go to the
 * provider's own origin alone, wherever its links may lead.
 */
export function basicAuth(config: AdapterConfig, url: string): Record<string, string> {
  const { username = "", password = "" } = config;
  if (username === "" || !(url === "" || isOwnOrigin(config, url))) return {};
  return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

/** Whether an absolute address has the base URL's scheme, host and port. */
export function isOwnOrigin({ baseUrl }: AdapterConfig, url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(baseUrl).origin;
}

/** The settings that `basicAuth` reads, for an adapter's `configFields`. */
export const CREDENTIAL_FIELDS: readonly ConfigField[] = [
  { key: "username", label: "User name", type: "text", required: false, secret: false, help: "If it asks for one." },
  { key: "password", label: "Password", type: "secret", required: false, secret: true, help: "If it asks for one." },
];
