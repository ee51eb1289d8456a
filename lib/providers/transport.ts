import { isIP } from "node:net";
import { Agent, buildConnector, type Dispatcher } from "undici";
import { AddressRefusedError, createGuardedLookup, isAllowedAddress, type Resolve } from "./network-guard";

/** Keep-alive connections to the outside. */
export interface Transport {
  /** The connections to use: those that may lead to private addresses are never shared with those that may not. */
  dispatcher(options: { allowPrivate: boolean }): Dispatcher;
  close(): Promise<void>;
}

interface TransportOptions {
  /** How names become addresses; the system's resolver when left out. */
  resolve?: Resolve;
  connectTimeoutMs?: number;
  /** Extra certificate authorities, PEM. */
  ca?: string;
}

/** Shorter than a call's usual deadline, so that an unreachable host is told apart from a slow one. */
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
const CONNECTIONS_PER_ORIGIN = 128;

/** Every connection is checked when it is made: literal addresses by the connector, names by its lookup. */
export function createTransport(options: TransportOptions = {}): Transport {
  const guarded = createAgent(options, false);
  const allowing = createAgent(options, true);
  return {
    dispatcher: ({ allowPrivate }) => (allowPrivate ? allowing : guarded),
    async close() {
      await Promise.all([guarded.destroy(), allowing.destroy()]);
    },
  };
}

function createAgent(
  { resolve, connectTimeoutMs = CONNECT_TIMEOUT_MS, ca }: TransportOptions,
  allowPrivate: boolean,
): Agent {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: createGuardedLookup({ allowPrivate, ...(resolve && { resolve }) }),
    ...(ca && { ca }),
  });
  return new Agent({
    connect(target, callback) {
      if (isIP(target.hostname) && !isAllowedAddress(target.hostname, allowPrivate)) {
        callback(new AddressRefusedError(`The address ${target.hostname} is not open to providers.`), null);
      } else {
        connect(target, callback);
      }
    },
    connections: CONNECTIONS_PER_ORIGIN,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // One deadline per call covers both; these would only add timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
