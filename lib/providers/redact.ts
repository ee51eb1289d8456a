import { listAddressKeys } from "./address-keys";
import type { Provider } from "./provider";

const SHORTEST_SECRET = 4;

/** The message without the provider's secrets and with addresses cut down to their origin: it goes to logs, pages and the database. */
export function redact(message: string, { adapter, config }: Pick<Provider, "adapter" | "config">): string {
  const fields = adapter.configFields.filter((field) => field.secret).map((field) => config[field.key] ?? "");
  const secrets = [...fields, ...listAddressKeys(config.baseUrl)].filter(({ length }) => length >= SHORTEST_SECRET);
  const spelled = secrets.flatMap((secret) => listSpellings(secret, config["username"] ?? ""));
  const withoutSecrets = spelled.reduce((text, spelling) => text.replaceAll(spelling, "•••"), message);
  return withoutSecrets.replaceAll(/(https?:\/\/)(?:[^\s/?#@]*@)?([^\s/?#]+)[^\s"'<>]*/gi, "$1$2");
}

/** As it is, and as it travels: in an address, and as either half of Basic credentials. An upstream may say back what it was sent. */
function listSpellings(secret: string, username: string): string[] {
  const pairs = [`${username}:${secret}`, `${secret}:`].map((pair) => Buffer.from(pair).toString("base64"));
  return [...pairs.map((text) => text.replace(/=+$/, "")), secret, encodeURIComponent(secret)];
}
