import { createHash } from "node:crypto";
import type { Reply } from "./reply";
import { reply } from "./reply";
import type { Call } from "./route";

interface File {
  bytes: Uint8Array;
  contentType: string;
  name: string;
}

/** A file with ranges after RFC 9110: one range of bytes, `If-Range` with its ETag, 416 beyond its end. */
export function replyFile(call: Call, { bytes, contentType, name }: File): Reply {
  const etag = `"${createHash("sha1").update(bytes).digest("hex").slice(0, 16)}"`;
  const headers = {
    "accept-ranges": "bytes",
    etag,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
  const whole = () => reply(contentType)(200, bytes, headers);
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(call.headers.range ?? "") ?? [];
  if (first === "" && last === "") return whole();
  const condition = call.headers["if-range"];
  if (condition !== undefined && condition !== etag) return whole();
  const size = bytes.length;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(size - 1, Number(last));
  if (start >= size || start > end)
    return reply("text/plain")(416, "", { ...headers, "content-range": `bytes */${size}` });
  return reply(contentType)(206, bytes.subarray(start, end + 1), {
    ...headers,
    "content-range": `bytes ${start}-${end}/${size}`,
  });
}
