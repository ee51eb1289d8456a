import type { ProviderAdapter } from "./provider";

type Own = Pick<ProviderAdapter, "id" | "name" | "rate" | "configFields" | "check"> &
  Required<Pick<ProviderAdapter, "search" | "details" | "files" | "download">> &
  Partial<ProviderAdapter>;

/** What catalogues that people run themselves have in common, around what is an adapter's own. */
export function ownServer(own: Own): ProviderAdapter {
  return {
    kind: "catalogue",
    multi: true,
    enabledByDefault: true,
    defaultBaseUrl: null,
    checkInterval: null,
    ...own,
  };
}
