import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { remember } from "@/lib/remember";
import { PEER_HEADER } from "./client-address";

/**
 * Writes the socket's address into each request's headers, before Next sees it: route handlers get no socket, and Next fills
 * `X-Forwarded-For` only when the client sent none. Call once at start.
 */
export function stampPeerAddresses(): void {
  remember("peer-addresses", () => {
    subscribe("http.server.request.start", (message) => {
      // Safe because Node documents this channel's message as { request, response, socket, server }.
      const { request } = message as { request: IncomingMessage };
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
    });
    return true;
  });
}
