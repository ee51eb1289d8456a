import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { TLSSocket } from "node:tls";

const CHANNEL = "undici:client:connected";

interface ConnectedEvent {
  connectParams: { protocol: string; hostname: string; port?: string | number | null };
  socket: unknown;
}

/** When certificates end, by origin: of each the one that its newest connection showed. */
export interface TlsExpiry {
  /** Epoch milliseconds; null when there was no connection with TLS. */
  find(origin: string): number | null;
  stop(): void;
}

/** Looks at the certificate of each new connection to the outside, without making any of its own. */
export function observeTlsExpiry(): TlsExpiry {
  const ends = new Map<string, number>();

  function onConnected(message: unknown): void {
    // Safe because undici documents these fields of its channel.
    const { connectParams, socket } = message as ConnectedEvent;
    if (!(socket instanceof TLSSocket)) return;
    const { protocol, hostname, port } = connectParams;
    const address = `${protocol}//${hostname}${port ? `:${port}` : ""}`;
    const endsAt = Date.parse(socket.getPeerCertificate().valid_to);
    if (URL.canParse(address) && Number.isFinite(endsAt)) ends.set(new URL(address).origin, endsAt);
  }

  subscribe(CHANNEL, onConnected);
  return { find: (origin) => ends.get(origin) ?? null, stop: () => void unsubscribe(CHANNEL, onConnected) };
}
