const RECENT_MS = 60_000;
const FEWEST_HOSTS = 3;
const MANY_HOSTS = 8;
const SHARE = 0.8;
const SHARE_OF_MANY = 0.6;

/** How the last call to a host went, as far as the way there is concerned. `at` in epoch milliseconds. */
export interface HostSign {
  at: number;
  /** No sign of the host. One that refused or broke a connection has given a sign. */
  unreachable: boolean;
}

/**
 * Whether the way out is gone, judged by the hosts alone: of those called in the last 60 s at least three cannot be reached, and these
 * are at least 80 % (60 % from eight hosts on). One dead host is one dead host.
 */
export function looksCutOff(hosts: Iterable<HostSign>, now: number): boolean {
  let called = 0;
  let unreachable = 0;
  for (const host of hosts) {
    if (now - host.at > RECENT_MS) continue;
    called++;
    if (host.unreachable) unreachable++;
  }
  const share = called >= MANY_HOSTS ? SHARE_OF_MANY : SHARE;
  return unreachable >= FEWEST_HOSTS && unreachable >= called * share;
}

/** Signs older than this say nothing any more. */
export function isRecentSign({ at }: HostSign, now: number): boolean {
  return now - at <= RECENT_MS;
}
