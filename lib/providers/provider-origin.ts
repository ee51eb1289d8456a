import type { Provider } from "./provider";

/** Scheme, host and port of a provider: all that people other than admins see of its address. Null while it has none. */
export function findOrigin({ config }: Pick<Provider, "config">): string | null {
  return URL.canParse(config.baseUrl) ? new URL(config.baseUrl).origin : null;
}
