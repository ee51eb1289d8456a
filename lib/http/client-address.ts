import ipaddr from "ipaddr.js";

/** Written by `stampPeerAddresses` over whatever a client sent under this name. */
export const PEER_HEADER = "x-yagura-peer";

/**
 * The address that a request comes from. `X-Forwarded-For` counts only as far as it was written by trusted proxies: it is read
 * from the right, and the first address that is not a trusted proxy is the client. "unknown" without a peer.
 */
export function toClientAddress(headers: Headers, trustedProxies: readonly string[]): string {
  const peer = headers.get(PEER_HEADER);
  if (!peer) return "unknown";
  if (!isTrusted(peer, trustedProxies)) return normalise(peer);
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  let client = peer;
  for (const hop of hops.reverse()) {
    if (!ipaddr.isValid(hop)) break;
    client = hop;
    if (!isTrusted(hop, trustedProxies)) break;
  }
  return normalise(client);
}

/** Whether the connection itself comes from a proxy whose forwarded headers count. */
export function comesFromTrustedProxy(headers: Headers, trustedProxies: readonly string[]): boolean {
  const peer = headers.get(PEER_HEADER);
  return peer !== null && isTrusted(peer, trustedProxies);
}

function isTrusted(address: string, trustedProxies: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return trustedProxies.some((range) => {
    const [network, bits] = range.includes("/") ? ipaddr.parseCIDR(range) : [ipaddr.process(range), null];
    if (network.kind() !== parsed.kind()) return false;
    return parsed.match(network, bits ?? (parsed.kind() === "ipv4" ? 32 : 128));
  });
}

/** One spelling per address; an IPv4 address that came over an IPv6 socket is an IPv4 address. */
function normalise(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : "unknown";
}
