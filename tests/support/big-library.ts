import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const MEBIBYTE = 1024 * 1024;
export const LIBRARY_KEY = "b7e23ec2-9af2-4a5c-8d3e-5f1c2a6b7d89";

export interface BigLibrary {
  baseUrl: string;
  /** Of the download that was asked for last. */
  last(): { bytes: number; closedAt: number | null; range: string | null };
  stop(): Promise<void>;
}

/** A catalogue of OPDS 2.0 with one book of any size, made up while it is sent and never in memory as a whole. */
export async function startBigLibrary(sizeBytes: number): Promise<BigLibrary> {
  const root = `/opds/${LIBRARY_KEY}`;
  let last = { bytes: 0, closedAt: null as number | null, range: null as string | null };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://library");
    const feed = (more: object) => {
      response.setHeader("content-type", "application/opds+json");
      response.end(JSON.stringify({ metadata: { title: "Library" }, ...more }));
    };
    if (pathname === root) return feed(toRoot(root));
    if (pathname === `${root}/search`) {
      const isFound = /big/i.test(searchParams.get("query") ?? "");
      return feed({ links: [{ rel: "self", href: pathname }], publications: isFound ? [toBook(root, sizeBytes)] : [] });
    }
    if (pathname !== `${root}/file`) return response.writeHead(404).end();
    last = { bytes: 0, closedAt: null, range: request.headers.range ?? null };
    const download = last;
    response.once("close", () => {
      download.closedAt = performance.now();
    });
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const start = from === undefined ? 0 : Number(from);
    response.writeHead(from === undefined ? 200 : 206, {
      "content-type": "application/epub+zip",
      "content-length": sizeBytes - start,
      "accept-ranges": "bytes",
      ...(from !== undefined && { "content-range": `bytes ${start}-${sizeBytes - 1}/${sizeBytes}` }),
    });
    return void pour(response, sizeBytes - start, download);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${root}`,
    last: () => last,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function pour(response: ServerResponse, sizeBytes: number, progress: { bytes: number }): Promise<void> {
  const chunk = Buffer.alloc(MEBIBYTE, 7);
  const closed = once(response, "close");
  while (progress.bytes < sizeBytes && !response.destroyed) {
    const part = chunk.subarray(0, Math.min(MEBIBYTE, sizeBytes - progress.bytes));
    progress.bytes += part.length;
    if (!response.write(part)) await Promise.race([once(response, "drain"), closed]);
  }
  response.end();
}

function toRoot(root: string) {
  return {
    links: [
      { rel: "self", href: root },
      { rel: "search", href: `${root}/search{?query}`, type: "application/opds+json", templated: true },
    ],
    navigation: [{ title: "Everything", href: `${root}/search?query=big`, rel: "subsection" }],
  };
}

function toBook(root: string, sizeBytes: number) {
  return {
    metadata: { identifier: "urn:big:1", title: "The Big Book of Sizes", author: "Ann Other", language: "en" },
    links: [
      { rel: "http://opds-spec.org/acquisition", href: `${root}/file`, type: "application/epub+zip", size: sizeBytes },
    ],
  };
}
