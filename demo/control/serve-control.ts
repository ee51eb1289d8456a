import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { faultSchema, NO_FAULT } from "../faults";
import { readCall } from "../upstreams/read-call";
import type { Reply } from "../upstreams/reply";
import { replyHtml, replyJson } from "../upstreams/reply";
import type { Call, Route } from "../upstreams/route";
import { matchRoute } from "../upstreams/route";
import type { RunningUpstream } from "../upstreams/serve-upstream";
import { controlPage } from "./control-page";

type Upstreams = Readonly<Record<string, RunningUpstream>>;

const ROUTES: readonly Route<Upstreams>[] = [
  { method: "GET", path: "/", handle: (_call, upstreams) => replyHtml(200, controlPage(Object.keys(upstreams))) },
  {
    method: "GET",
    path: "/upstreams",
    handle: (_call, upstreams) =>
      replyJson(
        200,
        Object.keys(upstreams).map((id) => toStatus(id, upstreams)),
      ),
  },
  { method: "DELETE", path: "/upstreams", handle: clearAll },
  { method: "PUT", path: "/upstreams/:id/fault", handle: putFault },
  { method: "DELETE", path: "/upstreams/:id/fault", handle: deleteFault },
];

/** The API that switches faults on and off while the upstreams run, with a page at `/`. */
export async function serveControl(
  upstreams: Upstreams,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer()
      .catch((error: unknown): Reply => replyJson(500, { error: String(error) }))
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));

    async function answer(): Promise<Reply> {
      const call = await readCall(request, `http://${host}`);
      const match = matchRoute(ROUTES, call.method, call.path);
      if (!match.found) return replyJson(match.status, { error: `No ${call.method} ${call.path}` });
      return match.route.handle({ ...call, params: match.params }, upstreams);
    }
  });
  server.listen(port, host);
  await once(server, "listening");
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function toStatus(id: string, upstreams: Upstreams) {
  const upstream = upstreams[id];
  return (
    upstream && {
      id,
      name: upstream.name,
      baseUrl: upstream.baseUrl,
      fault: upstream.fault(),
      calls: upstream.calls(),
      staticCalls: upstream.staticCalls(),
    }
  );
}

async function putFault(call: Call, upstreams: Upstreams): Promise<Reply> {
  const id = call.params.id ?? "";
  const upstream = upstreams[id];
  if (!upstream) return unknown(id);
  const parsed = faultSchema.safeParse(readJson(call.body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return replyJson(400, { error: `${issue?.path.join(".") || "body"}: ${issue?.message}` });
  }
  await upstream.setFault(parsed.data);
  return replyJson(200, toStatus(id, upstreams));
}

async function deleteFault(call: Call, upstreams: Upstreams): Promise<Reply> {
  const id = call.params.id ?? "";
  const upstream = upstreams[id];
  if (!upstream) return unknown(id);
  await upstream.setFault(NO_FAULT);
  return replyJson(200, toStatus(id, upstreams));
}

async function clearAll(_call: Call, upstreams: Upstreams): Promise<Reply> {
  for (const upstream of Object.values(upstreams)) {
    await upstream.setFault(NO_FAULT);
    upstream.resetCalls();
  }
  return replyJson(
    200,
    Object.keys(upstreams).map((id) => toStatus(id, upstreams)),
  );
}

function unknown(id: string): Reply {
  return replyJson(404, { error: `There is no upstream ${id}` });
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}
