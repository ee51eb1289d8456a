import type { Logger } from "pino";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { ProviderCall } from "@/lib/providers/provider";
import type { Reachability } from "./connectivity-canaries";
import { type HostSign, isRecentSign, looksCutOff } from "./engine/connectivity";
import { withJitter } from "./engine/probing";
import type { SetTimer } from "./timers";

/** A canary's good answer spares the next question for so long. */
const FRESH_MS = 2000;
const LOOK_MS = 5000;
const LATER_LOOK_MS = 15_000;
const EARLY_LOOKS = 12;
const HOSTS_PER_LOOK = 12;
/** These say nothing about the way to the host. */
const NO_SIGN: ReadonlySet<OutcomeClass> = new Set(["cancelled", "internal", "tainted", "dependency", "self_offline"]);

/** Our own connection is gone. Instants are epoch milliseconds. */
export interface OwnOutage {
  /** When the first call failed because of it. */
  since: number;
  /** What showed it: hosts that fail together, or canaries on the internet. */
  cause: "hosts" | "canaries";
}

export type CallSign = Pick<ProviderCall, "origin" | "startedAt" | "unreachable" | "class" | "httpStatus">;

/** Tells our own outages from those of others. */
export interface ConnectivityWatch {
  /** Takes in what a call tells about the way to its host; an outage may begin or end right then. */
  hear(call: CallSign): void;
  findOutage(): OwnOutage | null;
  /** Whether that this host cannot be reached is our own doing now. Not said of one that answered all the same. */
  covers(origin: string): boolean;
  stop(): void;
}

interface WatchOptions {
  reachability: Reachability;
  clock: () => number;
  random: () => number;
  setTimer: SetTimer;
  log: Logger;
  /** Of the providers in use. */
  origins: () => readonly string[];
  onLost: (outage: OwnOutage) => void;
  onBack: (outage: OwnOutage) => void;
}

interface KnownSign extends HostSign {
  /** Start of the first call of those that found no sign of it. */
  failingSince: number;
}

/**
 * Asks the canaries when a host on the internet gives no sign, and compares all hosts with each other. While cut off it looks every few
 * seconds whether the way is open again, by connections alone: nobody is sent a request.
 */
export function createConnectivityWatch(options: WatchOptions): ConnectivityWatch {
  const { reachability, clock, random, setTimer, log, origins, onLost, onBack } = options;
  const hosts = new Map<string, KnownSign>();
  let outage: OwnOutage | null = null;
  /** The last proof that the internet was there. */
  let seenAt = 0;
  let asking = false;
  let looks = 0;
  let cancelLook: (() => void) | null = null;
  let stopped = false;

  function note(origin: string, unreachable: boolean, at: number): void {
    const known = hosts.get(origin);
    const failingSince = known?.unreachable ? known.failingSince : at;
    hosts.set(origin, { at: clock(), unreachable, failingSince });
    if (!unreachable && reachability.isPublic(origin)) seenAt = clock();
  }

  function begin(cause: OwnOutage["cause"]): void {
    const now = clock();
    const failing = [...hosts].filter(
      ([origin, sign]) => sign.unreachable && (cause === "hosts" || reachability.isPublic(origin)),
    );
    const known = failing.map(([, { failingSince }]) => failingSince);
    // No further back than the last proof of the contrary.
    const earliest = cause === "canaries" ? seenAt : now - 60_000;
    outage = { since: Math.max(earliest, Math.min(now, ...known)), cause };
    looks = 0;
    log.warn(
      { event: "self.offline", since: outage.since, cause, hosts: failing.map(([origin]) => origin) },
      "Yagura's own connection is lost: failures do not count and checks wait until it is back",
    );
    planLook();
    onLost(outage);
  }

  function end(): void {
    const ended = outage;
    if (!ended) return;
    if (ended.cause === "canaries" && looksCutOff(hosts.values(), clock())) {
      outage = { ...ended, cause: "hosts" };
      return;
    }
    outage = null;
    cancelLook?.();
    cancelLook = null;
    for (const [origin, sign] of hosts) if (sign.unreachable) hosts.delete(origin);
    log.info({ event: "self.online", since: ended.since }, "Yagura's own connection is back");
    onBack(ended);
  }

  function forgetOld(): void {
    const now = clock();
    for (const [origin, sign] of hosts) if (!isRecentSign(sign, now)) hosts.delete(origin);
  }

  /** While cut off a host's last sign holds, however old. */
  function isStillCutOff(): boolean {
    const now = clock();
    const used = new Set(origins());
    const signs = [...hosts].flatMap(([origin, sign]) => (used.has(origin) ? { ...sign, at: now } : []));
    return looksCutOff(signs, now);
  }

  /** False only when no canary answers and no other host on the internet can be connected to. */
  async function askInternet(): Promise<boolean | null> {
    const askedAt = clock();
    const answer = await reachability.askCanaries();
    if (answer !== false) return answer;
    const others = sample(origins().filter((origin) => reachability.isPublic(origin)));
    const reached = await Promise.all(others.map((origin) => reachability.reach(origin)));
    return reached.includes(true) || seenAt > askedAt;
  }

  async function verify(): Promise<void> {
    if (asking || stopped || clock() - seenAt < FRESH_MS) return;
    asking = true;
    const answer = await askInternet();
    asking = false;
    if (stopped) return;
    if (answer) seenAt = clock();
    else if (answer === false && outage === null) begin("canaries");
  }

  function planLook(): void {
    const ms = withJitter(looks < EARLY_LOOKS ? LOOK_MS : LATER_LOOK_MS, random());
    cancelLook = setTimer(() => void look(), ms);
  }

  async function look(): Promise<void> {
    looks++;
    if (outage?.cause === "canaries") {
      if (await askInternet()) {
        seenAt = clock();
        end();
      }
    } else if (outage) {
      const lost = sample([...hosts].flatMap(([origin, { unreachable }]) => (unreachable ? origin : [])));
      const answers = await Promise.all(
        lost.map(async (origin) => [origin, await reachability.reach(origin)] as const),
      );
      for (const [origin, reached] of answers) if (reached) note(origin, false, clock());
      if (!isStillCutOff()) end();
    }
    if (outage && !stopped) planLook();
  }

  function sample(of: readonly string[]): string[] {
    const left = [...new Set(of)];
    while (left.length > HOSTS_PER_LOOK) left.splice(Math.floor(random() * left.length), 1);
    return left;
  }

  return {
    hear({ origin, startedAt, unreachable, class: outcome, httpStatus }) {
      if (stopped || NO_SIGN.has(outcome)) return;
      if (!outage) forgetOld();
      // Silence until the deadline may have been the connection's or the host's: no proof of either.
      if (!unreachable && outcome === "timeout" && httpStatus === null) {
        if (!outage) hosts.set(origin, { at: clock(), unreachable: false, failingSince: startedAt });
        return;
      }
      note(origin, unreachable, startedAt);
      if (outage) {
        const isOver = outage.cause === "hosts" ? !isStillCutOff() : !unreachable && reachability.isPublic(origin);
        if (isOver) end();
      } else if (unreachable) {
        if (looksCutOff(hosts.values(), clock())) begin("hosts");
        else if (reachability.isPublic(origin)) void verify();
      }
    },
    findOutage: () => outage,
    covers(origin) {
      if (!outage) return false;
      return outage.cause === "hosts" ? hosts.get(origin)?.unreachable !== false : reachability.isPublic(origin);
    },
    stop() {
      stopped = true;
      cancelLook?.();
    },
  };
}
