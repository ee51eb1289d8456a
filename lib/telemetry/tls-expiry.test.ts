import { channel } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { observeTlsExpiry, type TlsExpiry } from "./tls-expiry";

const connected = channel("undici:client:connected");
let tls: TlsExpiry | null = null;
afterEach(() => tls?.stop());

function connect(connectParams: Record<string, unknown>, validTo: string | undefined): void {
  const socket = new TLSSocket(new Socket());
  Object.defineProperty(socket, "getPeerCertificate", { value: () => ({ valid_to: validTo }) });
  connected.publish({ connectParams, socket });
}

describe("the end of a certificate", () => {
  it("is that of the newest connection to the origin", () => {
    tls = observeTlsExpiry();
    connect({ protocol: "https:", hostname: "api.kitsu.example", port: "" }, "Jan  1 00:00:00 2027 GMT");
    connect({ protocol: "https:", hostname: "api.kitsu.example", port: "" }, "Mar  1 12:00:00 2027 GMT");
    connect({ protocol: "https:", hostname: "books.example", port: 8443 }, "Feb  1 00:00:00 2027 GMT");
    expect(tls.find("https://api.kitsu.example")).toBe(Date.UTC(2027, 2, 1, 12));
    expect(tls.find("https://books.example:8443")).toBe(Date.UTC(2027, 1, 1));
    expect(tls.find("https://other.example")).toBeNull();
  });

  it("is not known without TLS, or without a certificate", () => {
    tls = observeTlsExpiry();
    connected.publish({ connectParams: { protocol: "http:", hostname: "a.example", port: 80 }, socket: new Socket() });
    connect({ protocol: "https:", hostname: "b.example" }, undefined);
    expect([tls.find("http://a.example"), tls.find("https://b.example")]).toEqual([null, null]);
  });
});
