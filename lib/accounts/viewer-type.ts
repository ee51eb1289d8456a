export const ROLES = ["user", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = [
  "search:read",
  "favorites:read",
  "favorites:write",
  "providers:read",
  "providers:write",
  "admin",
  "metrics",
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks: the account behind a session or an API key, read from the database on each request. */
export interface Viewer {
  id: string;
  email: string;
  name: string;
  role: Role;
  timeZone: string;
  theme: "system" | "light" | "dark";
  titleLanguage: "english" | "romanised" | "native";
  showAdult: boolean;
  hiddenProviders: readonly string[];
  defaultProviders: readonly string[];
  providerCheckInterval: number | null;
  /** How it signed in; a key carries the scopes it is limited to. */
  credential: { kind: "session"; sessionId: string } | { kind: "key"; keyId: string; scopes: readonly Scope[] };
}
