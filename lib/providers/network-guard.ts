import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

export interface ResolvedAddress {
  address: string;
  family: number;
}
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** `public` may be called by anyone, `private` only where an admin named the host, `forbidden` never. */
type AddressKind = "public" | "private" | "forbidden";

/** Addresses at which clouds hand out credentials, outside the link-local range that is forbidden as a whole. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set(["100.100.100.200", "168.63.129.16", "fd00:ec2::254"]);

const FORBIDDEN_RANGES: ReadonlySet<string> = new Set(["linkLocal", "multicast", "broadcast"]);
/** IPv6 forms that carry an IPv4 address in their last 32 bits: what counts is that address. */
const EMBEDDING_RANGES: ReadonlySet<string> = new Set(["rfc6052", "rfc6145"]);

/** A connection that the guard did not allow. `code` is what `classify-error.ts` goes by. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
  readonly code = "YAGURA_ADDRESS_REFUSED";
}

/** Which kind of address it is; anything that is no IP address is `forbidden`. */
export function kindOfAddress(address: string): AddressKind {
  if (!ipaddr.isValid(address)) return "forbidden";
  const parsed = ipaddr.process(address);
  if (METADATA_ADDRESSES.has(parsed.toString())) return "forbidden";
  const range = parsed.range();
  if (EMBEDDING_RANGES.has(range)) return kindOfAddress(new ipaddr.IPv4(parsed.toByteArray().slice(-4)).toString());
  if (FORBIDDEN_RANGES.has(range)) return "forbidden";
  return range === "unicast" ? "public" : "private";
}

export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  const kind = kindOfAddress(address);
  return kind === "public" || (kind === "private" && allowPrivate);
}

/**
 * A `lookup` for `net.connect`: it hands over only addresses that may be called, and the connection goes to one of exactly those, so
 * that a name cannot change its meaning between check and use. Fails with `AddressRefusedError` when none is left.
 */
export function createGuardedLookup(options: { allowPrivate: boolean; resolve?: Resolve }): LookupFunction {
  const resolve = options.resolve ?? resolveBySystem;
  return (hostname, { all, family }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const wanted = addresses.filter((entry) => !isFamily(family) || entry.family === familyNumber(family));
        const allowed = wanted.filter(({ address }) => isAllowedAddress(address, options.allowPrivate));
        const [first] = allowed;
        if (!first) callback(refusedOrMissing(hostname, wanted.length), "", 0);
        else if (all) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
}

function refusedOrMissing(hostname: string, found: number): NodeJS.ErrnoException {
  if (found > 0) return new AddressRefusedError(`The address of ${hostname} is not open to providers.`);
  return Object.assign(new Error(`No address for ${hostname}`), { code: "ENOTFOUND" });
}

type Family = number | "IPv4" | "IPv6" | undefined;

function isFamily(family: Family): boolean {
  return family !== undefined && family !== 0;
}

function familyNumber(family: Family): number {
  if (family === "IPv4") return 4;
  return family === "IPv6" ? 6 : Number(family);
}

function resolveBySystem(hostname: string): Promise<ResolvedAddress[]> {
  return lookup(hostname, { all: true });
}
