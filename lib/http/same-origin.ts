import { comesFromTrustedProxy } from "./client-address";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export interface OriginRules {
  trustedProxies: readonly string[];
  /** NEXTAUTH_URL */
  publicUrl: string | undefined;
}

export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method.toUpperCase());
}

/**
 * Whether a request that carries a cookie was sent by our own pages. Browsers name the origin on every unsafe request; a
 * client that sends neither `Origin` nor `Sec-Fetch-Site` is no browser, and nobody can make it act for another.
 */
export function isSameOrigin(headers: Headers, rules: OriginRules): boolean {
  const site = headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") return false;
  const origin = headers.get("origin");
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  return ownHosts(headers, rules).includes(new URL(origin).host);
}

function ownHosts(headers: Headers, { trustedProxies, publicUrl }: OriginRules): string[] {
  const hosts = [headers.get("host")];
  if (comesFromTrustedProxy(headers, trustedProxies)) hosts.push(headers.get("x-forwarded-host"));
  if (publicUrl) hosts.push(new URL(publicUrl).host);
  return hosts.filter((host) => host !== null).map((host) => host.toLowerCase());
}
