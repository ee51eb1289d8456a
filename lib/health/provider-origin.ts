import type { Provider } from "@/lib/providers/provider";

/** Scheme, host and port of a provider's base URL; its id while it has none. */
export function originOf({ id, config }: Pick<Provider, "id" | "config">): string {
  return URL.canParse(config.baseUrl) ? new URL(config.baseUrl).origin : id;
}
