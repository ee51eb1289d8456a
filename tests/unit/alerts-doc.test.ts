import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALERT_RULES } from "@/lib/health/alerts/alert";

const TEXT = readFileSync("docs/alerts.md", "utf8");
const SECRET = "a long random text";

interface Sample {
  isSigned(body: Buffer, signature: string | undefined, secret: string): boolean;
  createReceiver(secret: string, onAlert: (alert: unknown) => void): Server;
}

let folder: string;
let sample: Sample;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "yagura-docs-"));
  const [, code = ""] = /```js\n([\s\S]*?)```/.exec(TEXT) ?? [];
  const file = join(folder, "receiver.mjs");
  writeFileSync(file, code);
  sample = await import(/* @vite-ignore */ pathToFileURL(file).href);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sign = (body: string, secret = SECRET) => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

describe("docs/alerts.md", () => {
  it("names every rule", () => {
    for (const rule of ALERT_RULES) expect(TEXT).toContain(`| \`${rule}\` |`);
  });

  it("shows a check of signatures that holds", () => {
    const body = '{"text":"Kitsu ist ausgefallen – é"}';
    expect(sample.isSigned(Buffer.from(body), sign(body), SECRET)).toBe(true);
    expect(sample.isSigned(Buffer.from(`${body} `), sign(body), SECRET)).toBe(false);
    expect(sample.isSigned(Buffer.from(body), sign(body, "another"), SECRET)).toBe(false);
    expect(sample.isSigned(Buffer.from(body), undefined, SECRET)).toBe(false);
  });

  it("shows a receiver that hands on what is signed, once", async () => {
    const alerts: unknown[] = [];
    const server = sample.createReceiver(SECRET, (alert) => alerts.push(alert));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const body = '{"id":"a1","event":"firing"}';
    const post = async (signature: string) => {
      const headers = { "X-Yagura-Signature": signature, "Idempotency-Key": "a1:firing" };
      return (await fetch(url, { method: "POST", body, headers })).status;
    };
    expect([await post(sign(body)), await post(sign(body)), await post(sign(body, "another"))]).toEqual([
      204, 204, 401,
    ]);
    expect(alerts).toEqual([{ id: "a1", event: "firing" }]);
    await new Promise((resolve) => server.close(resolve));
  });
});
