import type { RequestListener } from "node:http";
import { createServer } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CallEnd, createCallEnd, endCall } from "./deadline";
import { createHttpClient, type HttpClientOptions, toUserAgent } from "./http-client";
import type { Resolve } from "./network-guard";
import { ProviderError, type ProviderFailure } from "./outcome";
import type { HttpClient, HttpRequest, Operation, ProviderAdapter } from "./provider";
import { fakeAdapter, fakeProvider } from "./testing/fake-provider";
import { startTestServer } from "./testing/test-server";
import { createTransport } from "./transport";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function serve(listener: RequestListener) {
  const server = await startTestServer(listener);
  cleanUps.push(server.close);
  return server;
}

interface Setup {
  baseUrl: string;
  adapter?: Partial<ProviderAdapter>;
  operation?: Operation;
  end?: CallEnd;
  resolve?: Resolve;
  more?: Partial<HttpClientOptions>;
}

function client({ baseUrl, adapter, operation = "search", end = createCallEnd(), resolve, more }: Setup): HttpClient {
  const transport = createTransport(resolve ? { resolve } : {});
  cleanUps.push(transport.close);
  return createHttpClient({
    transport,
    provider: fakeProvider({ adapter: fakeAdapter(adapter), config: { baseUrl } }),
    operation,
    end,
    userAgent: toUserAgent("1.2.3", "https://yagura.example"),
    clock: () => 0,
    ...more,
  });
}

const anything = z.unknown();

async function failureOf(promise: Promise<unknown>): Promise<ProviderFailure> {
  const error = await promise.then(
    () => null,
    (thrown) => thrown,
  );
  if (!(error instanceof ProviderError))
    throw new Error(`Expected a ProviderError, got ${String(error)}`, { cause: error });
  return error.failure;
}

async function failureFrom(
  listener: RequestListener,
  setup: Partial<Setup> = {},
  request: HttpRequest = { path: "/" },
) {
  const { url } = await serve(listener);
  return failureOf(client({ baseUrl: url, ...setup }).json(request, anything));
}

const json: RequestListener = (_, response) => {
  response.setHeader("content-type", "application/json").end('{"ok":true}');
};

describe("a good answer", () => {
  it("comes from an honest request", async () => {
    let seen: unknown;
    const { url } = await serve((request, response) => {
      seen = { method: request.method, url: request.url, headers: request.headers };
      json(request, response);
    });
    const http = client({ baseUrl: `${url}/v1` });
    const answer = await http.json(
      { method: "POST", path: "/search", query: { "a[]": ["1", "2"] }, headers: { "X-Key": "k" }, json: { q: "x" } },
      z.object({ ok: z.boolean() }),
    );
    expect(answer).toEqual({ ok: true });
    expect(seen).toMatchObject({
      method: "POST",
      url: "/v1/search?a%5B%5D=1&a%5B%5D=2",
      headers: {
        "user-agent": "Yagura/1.2.3 (+https://yagura.example)",
        accept: "application/json",
        "content-type": "application/json",
        "x-key": "k",
      },
    });
    expect(seen).not.toHaveProperty("headers.via");
  });

  it.each(["application/vnd.api+json", "text/json; charset=utf-8", "application/opds+json", null])(
    "may call its JSON %s",
    async (type) => {
      const { url } = await serve((_, response) => {
        if (type) response.setHeader("content-type", type);
        response.end('{"ok":true}');
      });
      expect(await client({ baseUrl: url }).json({ path: "/" }, anything)).toEqual({ ok: true });
    },
  );

  it.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("may be packed with %s", async (encoding, pack) => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": encoding });
      response.end(pack('{"ok":true}'));
    });
    expect(await client({ baseUrl: url }).json({ path: "/" }, anything)).toEqual({ ok: true });
  });

  it("may have a status that the request accepts", async () => {
    const { url } = await serve(
      (_, response) => void response.writeHead(404, { "content-type": "text/xml" }).end("<e/>"),
    );
    const answer = await client({ baseUrl: url }).text({ path: "/x", accept: [404] });
    expect(answer).toEqual({ status: 404, contentType: "text/xml", text: "<e/>", url: `${url}/x` });
  });

  it("is read in the charset that it names", async () => {
    const { url } = await serve((_, response) => {
      response.setHeader("content-type", "text/plain; charset=iso-8859-1").end(Buffer.from([0xe9]));
    });
    expect((await client({ baseUrl: url }).text({ path: "/" })).text).toBe("é");
  });
});

describe("faults of the provider", () => {
  it("refuses the connection: network", async () => {
    const { url, close } = await startTestServer(json);
    await close();
    expect(await failureOf(client({ baseUrl: url }).json({ path: "/" }, anything))).toMatchObject({
      class: "network",
      message: "The connection was refused.",
    });
  });

  it("has a name that does not exist: dns", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("nope"), { code: "ENOTFOUND" }));
    const http = client({ baseUrl: "http://x.invalid", resolve });
    expect((await failureOf(http.json({ path: "/" }, anything))).class).toBe("dns");
  });

  it("closes the connection in the middle of the body: network", async () => {
    const failure = await failureFrom((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write('{"ok"');
      setImmediate(() => response.destroy());
    });
    expect(failure.class).toBe("network");
  });

  it("speaks no TLS: tls", async () => {
    const { port } = await serve(json);
    const http = client({ baseUrl: `https://127.0.0.1:${port}` });
    expect((await failureOf(http.json({ path: "/" }, anything))).class).toBe("tls");
  });

  it("speaks no HTTP: contract", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.2\r\n", () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanUps.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const http = client({ baseUrl: `http://127.0.0.1:${port}` });
    expect((await failureOf(http.json({ path: "/" }, anything))).class).toBe("contract");
  });

  it("cuts JSON off: contract", async () => {
    const failure = await failureFrom((_, response) => {
      response.setHeader("content-type", "application/json").end('{"data":[{"id":');
    });
    expect(failure).toMatchObject({ class: "contract", message: "The answer is damaged or cut off.", httpStatus: 200 });
  });

  it("answers with a web page: contract", async () => {
    const failure = await failureFrom((_, response) => {
      response.setHeader("content-type", "text/html").end("<html>maintenance</html>");
    });
    expect(failure).toMatchObject({ class: "contract", message: "Answered with a web page instead of data." });
  });

  it("answers with text: contract", async () => {
    const failure = await failureFrom((_, response) => void response.setHeader("content-type", "text/plain").end("hi"));
    expect(failure).toMatchObject({ class: "contract", message: "The answer is not JSON." });
  });

  it("answers with JSON of another form: contract, naming the place", async () => {
    const { url } = await serve(json);
    const failure = await failureOf(client({ baseUrl: url }).json({ path: "/" }, z.object({ ok: z.string() })));
    expect(failure).toMatchObject({ class: "contract", httpStatus: 200 });
    expect(failure.message).toContain("at ok");
  });

  it.each([
    ["by its length", { "content-length": String(11 * 1024 * 1024) }],
    ["by its body", {}],
  ])("sends more than 10 MiB, seen %s: contract", async (_, headers) => {
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const failure = await failureFrom((__, response) => {
      response.writeHead(200, { "content-type": "application/json", ...headers });
      const write = () => {
        while (!response.destroyed && response.write(chunk));
        response.once("drain", write);
      };
      write();
    });
    expect(failure).toMatchObject({ class: "contract", message: "The answer is larger than 10 MiB." });
  });

  it("sends a small packet that unpacks to more than 10 MiB: contract", async () => {
    const failure = await failureFrom((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync(Buffer.alloc(11 * 1024 * 1024)));
    });
    expect(failure.message).toBe("The answer is larger than 10 MiB.");
  });

  it.each([
    ["the headers", false],
    ["the body", true],
  ])("hangs before %s: the call's own end, whatever it is", async (_, sendsHeaders) => {
    const end = createCallEnd();
    const failure = await failureFrom(
      (__, response) => {
        if (sendsHeaders) {
          response.writeHead(200, { "content-type": "application/json" });
          response.write('{"a":');
        }
        setImmediate(() => endCall(end, new ProviderError({ class: "timeout", message: "Too slow." })));
      },
      { end },
    );
    expect(failure).toMatchObject({ class: "timeout", message: "Too slow." });
  });

  it("answers with a status that says why", async () => {
    const failure = await failureFrom((_, response) => void response.writeHead(429, { "retry-after": "30" }).end());
    expect(failure).toMatchObject({ class: "throttled", httpStatus: 429, retryAt: 30_000 });
  });

  it("hides its failure in a 200, where the adapter's judge finds it", async () => {
    const judge: ProviderAdapter["judge"] = ({ json }) =>
      JSON.stringify(json).includes("true") ? { class: "quota" } : null;
    expect((await failureFrom(json, { adapter: { judge } })).class).toBe("quota");
  });
});

describe("redirects", () => {
  it("are followed at the same origin, headers and all", async () => {
    const { url } = await serve((request, response) => {
      if (request.url === "/old") response.writeHead(301, { location: "/new" }).end();
      else response.setHeader("content-type", "text/plain").end(`${request.url} ${request.headers["x-key"]}`);
    });
    const answer = await client({ baseUrl: url }).text({ path: "/old", headers: { "x-key": "k" } });
    expect(answer).toMatchObject({ text: "/new k", url: `${url}/new` });
  });

  it("keep a POST's body, which is a question and no deed", async () => {
    const { url } = await serve((request, response) => {
      if (request.url === "/old") response.writeHead(302, { location: "/new" }).end();
      else request.pipe(response.setHeader("content-type", "application/json"));
    });
    const answer = await client({ baseUrl: url }).json({ method: "POST", path: "/old", json: { q: 1 } }, anything);
    expect(answer).toEqual({ q: 1 });
  });

  it("to another port or host are refused as a wrong setting, without calling it", async () => {
    let calls = 0;
    const other = await serve((request, response) => {
      calls++;
      json(request, response);
    });
    const failure = await failureFrom(
      (_, response) => void response.writeHead(302, { location: `${other.url}/x?key=1` }).end(),
    );
    expect(failure).toMatchObject({ class: "config", message: `Redirected to another host: ${other.url}.` });
    expect(calls).toBe(0);
  });

  it("of a cover say nothing about the provider's settings", async () => {
    const { url } = await serve(
      (_, response) => void response.writeHead(302, { location: "https://evil.example/" }).end(),
    );
    const http = client({ baseUrl: url, operation: "cover" });
    expect((await failureOf(http.image({ path: "/a.png" }))).class).toBe("client");
  });

  it("to a trusted host are followed without anything that could be a credential", async () => {
    let seen: Record<string, unknown> = {};
    const trusted = await serve((request, response) => {
      seen = request.headers;
      response.setHeader("content-type", "text/plain").end("from there");
    });
    const { url } = await serve((_, response) => {
      response.writeHead(302, { location: `http://cdn.example:${trusted.port}/a` }).end();
    });
    // Both names lead to this machine; only the base URL's may, so the trusted one has to be let in by hand.
    const transport = createTransport({ resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
    cleanUps.push(transport.close);
    const open = { dispatcher: () => transport.dispatcher({ allowPrivate: true }), close: transport.close };
    const http = client({ baseUrl: url, adapter: { trustedHosts: ["cdn.example"] }, more: { transport: open } });
    const answer = await http.text({
      path: "/",
      headers: { authorization: "Basic x", "x-api-key": "k", cookie: "c=1" },
    });
    expect(answer.text).toBe("from there");
    expect(seen).toMatchObject({ "user-agent": expect.stringContaining("Yagura") });
    for (const name of ["authorization", "x-api-key", "cookie"]) expect(seen).not.toHaveProperty(name);
  });

  it("end after five", async () => {
    const failure = await failureFrom((_, response) => void response.writeHead(302, { location: "/" }).end());
    expect(failure).toMatchObject({ class: "config", message: "Redirected more than 5 times." });
  });
});

describe("hosts that a provider may reach", () => {
  it("are not those of any URL that an answer names", async () => {
    const { url } = await serve(json);
    const failure = await failureOf(client({ baseUrl: url }).text({ path: "http://169.254.169.254/latest/meta-data" }));
    expect(failure.class).toBe("config");
  });

  it("do not include private addresses behind the names of an adapter's own hosts", async () => {
    const { port } = await serve(json);
    const baseUrl = `http://api.fake.example:${port}`;
    const http = client({
      baseUrl,
      adapter: { defaultBaseUrl: baseUrl },
      resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    });
    const failure = await failureOf(http.json({ path: "/" }, anything));
    expect(failure).toMatchObject({ class: "config" });
    expect(failure.message).toContain("private address");
  });

  it("include a private address that an administrator set as the base URL, under any of its ports", async () => {
    const covers = await serve((_, response) => void response.setHeader("content-type", "text/plain").end("there"));
    const { url } = await serve(json);
    expect((await client({ baseUrl: url }).text({ path: `${covers.url}/a` })).text).toBe("there");
  });

  it("never include the address at which clouds keep credentials", async () => {
    const http = client({ baseUrl: "http://169.254.169.254" });
    expect((await failureOf(http.json({ path: "/" }, anything))).class).toBe("config");
    const byName = client({
      baseUrl: "http://x.example",
      resolve: async () => [{ address: "169.254.169.254", family: 4 }],
    });
    expect((await failureOf(byName.json({ path: "/" }, anything))).class).toBe("config");
  });
});

describe("pictures", () => {
  const png = Buffer.from("89504e470d0a1a0a0000", "hex");

  it("are known by their first bytes, not by what the header says", async () => {
    const { url } = await serve((_, response) => void response.setHeader("content-type", "text/plain").end(png));
    const image = await client({ baseUrl: url, operation: "cover" }).image({ path: "/a" });
    expect(image.contentType).toBe("image/png");
    expect(Buffer.from(image.bytes)).toEqual(png);
  });

  it("are rasters only", async () => {
    const { url } = await serve(
      (_, response) => void response.setHeader("content-type", "image/svg+xml").end("<svg/>"),
    );
    const failure = await failureOf(client({ baseUrl: url, operation: "cover" }).image({ path: "/a" }));
    expect(failure).toMatchObject({ class: "contract", message: "What came back is no picture." });
  });
});
