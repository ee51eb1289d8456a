import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import { kindOfAddress } from "@/lib/providers/network-guard";

const CANARY_TIMEOUT_MS = 1500;
const REACH_TIMEOUT_MS = 1500;
const DEFAULT_PORT = 443;
const LAST_PORT = 65_535;
/** Names that are never found on the internet (RFC 6761, 6762, 8375, 9476 and what home routers hand out). */
const LOCAL_NAME = /(^|\.)(localhost|local|lan|home|internal|intranet|home\.arpa)$/i;
const KNOWN_FOR_MS = 60 * 60_000;
const UNKNOWN_FOR_MS = 60_000;

/** A place on the internet that is nearly always there. */
export type Canary = { kind: "name"; name: string } | { kind: "address"; host: string; port: number };

/** What the way out looks like, asked with a deadline of 1.5 s each. Nothing here rejects. */
export interface Reachability {
  /** Whether the internet is there; null when there are no canaries. */
  askCanaries(): Promise<boolean | null>;
  /** Whether a connection to the origin's host can be made, or is at least refused. */
  reach(origin: string): Promise<boolean>;
  /** Hosts of a home network say nothing about the internet, nor it about them. */
  isPublic(origin: string): boolean;
}

interface Ports {
  canaries: readonly Canary[];
  clock: () => number;
  /** Addresses of a name; rejects when it has none. */
  resolve?: (name: string) => Promise<readonly string[]>;
  /** How a connection went. */
  dial?: (host: string, port: number, timeoutMs: number) => Promise<"connected" | "refused" | "silent">;
}

/** `name`, `address` (port 443) or `host:port`, e.g. `one.one.one.one`, `1.1.1.1:443`, `[2606:4700:4700::1111]:443`; null when it is none. */
export function parseCanary(text: string): Canary | null {
  if (isIP(text)) return { kind: "address", host: text, port: DEFAULT_PORT };
  const [, host, port] = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (!host) return null;
  if (!port)
    return host.startsWith("[")
      ? { kind: "address", host: bare(host), port: DEFAULT_PORT }
      : { kind: "name", name: host };
  return Number(port) > 0 && Number(port) <= LAST_PORT
    ? { kind: "address", host: bare(host), port: Number(port) }
    : null;
}

/**
 * The internet is there when any canary with an address can be connected to, whatever names do: a resolver that is broken does not cut
 * one off from hosts already known. Names decide where the list has nothing else.
 */
export function createReachability(ports: Ports): Reachability {
  const { canaries, clock, resolve = resolveBySystem, dial = dialOverTcp } = ports;
  const scopes = new Map<string, { isPublic: boolean; until: number }>();
  const addresses = canaries.filter((canary) => canary.kind === "address");
  const names = canaries.filter((canary) => canary.kind === "name");

  async function resolves(name: string): Promise<boolean> {
    return within(
      resolve(name).then((found) => found.length > 0),
      CANARY_TIMEOUT_MS,
    );
  }

  /** What the text of an origin says, or null where only its addresses can. */
  function scopeOf(origin: string): boolean | null {
    if (!URL.canParse(origin)) return false;
    const hostname = bare(new URL(origin).hostname);
    if (isIP(hostname)) return kindOfAddress(hostname) === "public";
    return !hostname.includes(".") || LOCAL_NAME.test(hostname) ? false : null;
  }

  async function learnScope(origin: string): Promise<void> {
    const found = await resolve(bare(new URL(origin).hostname)).catch(() => []);
    if (found.length === 0) return;
    const isPublic = found.some((address) => kindOfAddress(address) === "public");
    scopes.set(origin, { isPublic, until: clock() + KNOWN_FOR_MS });
  }

  return {
    async askCanaries() {
      if (addresses.length > 0) {
        return anyOf(
          addresses.map(async ({ host, port }) => (await dial(host, port, CANARY_TIMEOUT_MS)) === "connected"),
        );
      }
      return names.length > 0 ? anyOf(names.map(({ name }) => resolves(name))) : null;
    },
    async reach(origin) {
      if (!URL.canParse(origin)) return false;
      const { hostname, port, protocol } = new URL(origin);
      const standard = protocol === "https:" ? DEFAULT_PORT : 80;
      return (await dial(bare(hostname), port ? Number(port) : standard, REACH_TIMEOUT_MS)) !== "silent";
    },
    isPublic(origin) {
      const known = scopes.get(origin);
      if (known && clock() < known.until) return known.isPublic;
      const said = scopeOf(origin);
      const isPublic = said ?? known?.isPublic ?? true;
      scopes.set(origin, { isPublic, until: said === null ? clock() + UNKNOWN_FOR_MS : Number.POSITIVE_INFINITY });
      if (said === null) void learnScope(origin);
      return isPublic;
    },
  };
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** True as soon as one is, false when none was. */
function anyOf(answers: readonly Promise<boolean>[]): Promise<boolean> {
  const hits = answers.map(async (answer) => {
    if (!(await answer)) throw new Error("no");
    return true;
  });
  return Promise.any(hits).catch(() => false);
}

function within(answer: Promise<boolean>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeoutMs);
    answer
      .catch(() => false)
      .then((value) => {
        clearTimeout(timer);
        resolve(value);
      });
  });
}

async function resolveBySystem(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

/** The time covers the look-up of a name too. */
function dialOverTcp(host: string, port: number, timeoutMs: number): Promise<"connected" | "refused" | "silent"> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (how: "connected" | "refused" | "silent") => {
      clearTimeout(timer);
      socket.destroy();
      resolve(how);
    };
    const timer = setTimeout(() => end("silent"), timeoutMs);
    socket.once("connect", () => end("connected"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code === "ECONNREFUSED" ? "refused" : "silent"));
  });
}
