import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createCallProvider } from "./call-provider";
import type { DownloadInput, FileStream, ProviderCall } from "./provider";
import { fakeAdapter, fakeProvider } from "./testing/fake-provider";
import { startTestServer, type TestServer } from "./testing/test-server";
import { createTransport } from "./transport";

const MEBIBYTE = 1024 * 1024;
const INPUT: DownloadInput = {
  work: { externalId: "1", title: "Berserk" },
  fileId: "/file",
  part: null,
  bytesMax: 4096 * MEBIBYTE,
};

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function setUp(answer: RequestListener, { timeoutMs = 600 } = {}) {
  const server: TestServer = await startTestServer(answer);
  const transport = createTransport();
  const calls: ProviderCall[] = [];
  closing.push(
    () => server.close(),
    () => transport.close(),
  );
  const adapter = fakeAdapter({
    defaultBaseUrl: null,
    files: async () => [],
    download: ({ http }, input) => http.stream({ path: input.fileId }, input),
  });
  const provider = fakeProvider({ adapter, timeoutMs, config: { baseUrl: server.url } });
  const callProvider = createCallProvider({
    admit: () => ({ allowed: true, generation: 1 }),
    withdraw: () => {},
    observe: (call) => calls.push(call),
    http: { transport, userAgent: "Yagura/test" },
    clock: Date.now,
    random: () => 0,
  });
  const download = (input: Partial<DownloadInput> = {}, signal?: AbortSignal) =>
    callProvider({
      provider,
      operation: "download",
      source: "download",
      input: { ...INPUT, ...input },
      ...(signal && { signal }),
    });
  const open = async (input: Partial<DownloadInput> = {}, signal?: AbortSignal): Promise<FileStream> => {
    const result = await download(input, signal);
    if (!result.ok) throw new Error(`The download failed: ${JSON.stringify(result)}`);
    return result.value;
  };
  return { calls, download, open };
}

const text = ({ body }: FileStream) => new Response(body).text();
const send = (status: number, headers: Record<string, string>, body = "") => {
  const listener: RequestListener = (_, response) => response.writeHead(status, headers).end(body);
  return listener;
};

/** Writes mebibytes for as long as they are taken; tells how many went out. */
function pour(response: ServerResponse, mebibytes: number) {
  const chunk = Buffer.alloc(MEBIBYTE, 7);
  const poured = { mebibytes: 0, closed: once(response, "close") };
  void (async () => {
    for (; poured.mebibytes < mebibytes && !response.destroyed; poured.mebibytes++) {
      if (!response.write(chunk)) await Promise.race([once(response, "drain"), poured.closed]);
    }
    response.end();
  })();
  return poured;
}

describe("a download", () => {
  it("gives headers and body, and one sample when the body is over", async () => {
    const headers = {
      "content-type": "application/epub+zip",
      "accept-ranges": "bytes",
      etag: '"a"',
      "content-disposition": "attachment; filename=\"x.epub\"; filename*=UTF-8''b%C3%A9.epub",
    };
    const { calls, open } = await setUp(send(200, headers, "a book"));
    const file = await open();
    expect(file).toMatchObject({
      status: 200,
      contentType: "application/epub+zip",
      length: null,
      contentRange: null,
      acceptsRanges: true,
      etag: '"a"',
      fileName: "bé.epub",
    });
    expect(await text(file)).toBe("a book");
    expect(await file.ended).toBeNull();
    expect(calls).toMatchObject([{ class: "ok", operation: "download", source: "download", httpStatus: 200 }]);
  });

  it("hands a range on, and takes the whole where the upstream knows none", async () => {
    const { open } = await setUp((request, response) => {
      const part = request.headers.range === "bytes=2-5" && request.headers["if-range"] === '"a"';
      if (part) response.writeHead(206, { "content-range": "bytes 2-5/6" }).end("book");
      else response.end("a book");
    });
    const part = await open({ part: { range: "bytes=2-5", ifRange: '"a"' } });
    expect(part).toMatchObject({ status: 206, contentRange: "bytes 2-5/6", acceptsRanges: true });
    expect(await text(part)).toBe("book");
    expect(await text(await open({ part: { range: "bytes=2-5", ifRange: '"b"' } }))).toBe("a book");
  });

  it.each([
    ["a range beyond the end", send(416, { "content-range": "bytes */6" }), { class: "client", httpStatus: 416 }],
    ["a file that is gone", send(404, {}), { class: "client", httpStatus: 404 }],
    ["credentials that are refused", send(401, {}), { class: "auth" }],
    [
      "a sign-in page",
      send(200, { "content-type": "text/html" }, "<form><input type='password'></form>"),
      { class: "auth" },
    ],
    ["a web page", send(200, { "content-type": "text/html" }, "<p>Hello</p>"), { class: "contract" }],
    ["JSON", send(200, { "content-type": "application/json" }, "{}"), { class: "contract" }],
    ["a challenge", send(403, { "cf-mitigated": "challenge" }), { class: "challenge" }],
    ["an unwanted part", send(206, { "content-range": "bytes 0-1/6" }, "ab"), { class: "contract" }],
    ["packed bytes", send(200, { "content-encoding": "gzip" }, "ab"), { class: "contract" }],
    ["another host", send(302, { location: "http://elsewhere.invalid/" }), { class: "client" }],
    ["more than is allowed", send(200, { "content-length": "9" }, "too large"), { class: "client" }],
  ])("fails before its body for %s", async (_, answer, failure) => {
    const { calls, download } = await setUp(answer);
    expect(await download({ bytesMax: 8 })).toMatchObject({ ok: false, kind: "failed", failure });
    expect(calls).toMatchObject([failure]);
  });

  it("tries again while there are no headers", async () => {
    let requests = 0;
    const { calls, open } = await setUp((_, response) => {
      requests++;
      response.writeHead(requests === 1 ? 503 : 200).end("a book");
    });
    expect(await text(await open())).toBe("a book");
    expect(calls).toMatchObject([{ class: "ok", attempts: 2 }]);
  });

  it("may take longer than the deadline, as long as its headers do not", async () => {
    const { calls, open, download } = await setUp((request, response) => {
      if (request.url === "/silent") return;
      response.write("a");
      let left = 6;
      const timer = setInterval(() => {
        response.write("b");
        left--;
        if (left > 0) return;
        clearInterval(timer);
        response.end();
      }, 150);
    });
    expect(await text(await open())).toBe("abbbbbb");
    expect(await download({ fileId: "/silent" })).toMatchObject({ ok: false, failure: { class: "timeout" } });
    expect(calls.map((call) => call.class)).toEqual(["ok", "timeout"]);
    expect(calls[0]?.durationMs).toBeLessThan(600);
  });

  it("is broken off when the upstream falls silent, and when its connection breaks", async () => {
    const { calls, open } = await setUp((request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("a");
      if (request.url === "/broken") setTimeout(() => response.destroy(), 20);
    });
    await expect(text(await open())).rejects.toThrow(/stopped coming/);
    await expect(text(await open({ fileId: "/broken" }))).rejects.toThrow(/broke/);
    expect(calls.map((call) => call.class)).toEqual(["timeout", "network"]);
  });

  it("makes the upstream wait for a slow reader, whose pauses are no silence", async () => {
    let poured = { mebibytes: 0 };
    const { calls, open } = await setUp((_, response) => {
      poured = pour(response, 64);
    });
    const file = await open();
    const reader = file.body.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(poured.mebibytes).toBeLessThan(32);
    let bytes = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
    expect(bytes).toBeGreaterThan(63 * MEBIBYTE);
    await file.ended;
    expect(calls).toMatchObject([{ class: "ok" }]);
  });

  it("ends without blame when it grows beyond what is allowed", async () => {
    const { calls, open } = await setUp((_, response) => void pour(response, 64));
    await expect(text(await open({ bytesMax: 2 * MEBIBYTE }))).rejects.toThrow(/2 MiB/);
    expect(calls).toMatchObject([{ class: "client" }]);
  });

  it.each(["its signal", "its stream"])("stops the upstream at once when the reader leaves by %s", async (way) => {
    let closed: Promise<unknown> = Promise.resolve();
    const { calls, open } = await setUp((_, response) => {
      closed = pour(response, 1024).closed;
    });
    const leaving = new AbortController();
    const file = await open({}, leaving.signal);
    const reader = file.body.getReader();
    await reader.read();
    const leftAt = performance.now();
    if (way === "its signal") leaving.abort();
    else await reader.cancel();
    await closed;
    expect(performance.now() - leftAt).toBeLessThan(1000);
    await file.ended;
    expect(calls).toMatchObject([{ class: "cancelled" }]);
  });
});
