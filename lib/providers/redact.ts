import { listAddressKeys } from "./address-keys";
import type { Provider } from "./provider";

const SHORTEST_SECRET = 4;

/** The message without the provider's secrets and with addresses cut down to their origin: it goes to logs, pages and the database. */
export function redact(message: string, { adapter, config }: Pick<Provider, "adapter" | "config">): string {
  const fields = adapter.configFields.filter((field) => field.secret).map((field) => config[field.key] ?? "");
  const secrets = [...fields, ...listAddressKeys(config.baseUrl)].filter(({ length }) => length >= SHORTEST_SECRET);
  const withoutSecrets = secrets.reduce((text, secret) => text.replaceAll(secret, "•••"), message);
  return withoutSecrets.replaceAll(/(https?:\/\/)(?:[^\s/?#@]*@)?([^\s/?#]+)[^\s"'<>]*/gi, "$1$2");
}
