import { z } from "zod";
import { attachmentHeaders } from "@/lib/http/attachment";
import { parseFileRange } from "@/lib/http/file-range";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import type { FileStream } from "@/lib/providers/provider";
import { getRuntime } from "@/lib/runtime";

export const GET = route(
  {
    access: "user",
    scope: "search:read",
    tag: "Titles",
    summary: "One file of a work, as it comes from its provider",
    description:
      "Always an attachment. `Range` (one range of bytes) and `If-Range` are handed on: 206 where the provider can, else the whole file; 416 beyond its end. 403 for a file larger than `download_max_mib` of the settings.",
    params: z.object({ id: z.string().min(1).max(100), file_id: z.string().min(1).max(100) }),
    produces: "application/octet-stream",
  },
  async ({ params, request, signal, requestId }) => {
    const part = parseFileRange(request.headers);
    const { file, stream } = await getRuntime().titleFiles.open(params.id, params.file_id, { part, signal, requestId });
    return new Response(stream.body, {
      status: stream.status,
      headers: { ...attachmentHeaders(file), ...toBodyHeaders(stream) },
    });
  },
);

/** What the upstream says of the bytes themselves. */
function toBodyHeaders({ length, contentRange, acceptsRanges, etag, lastModified }: FileStream) {
  return {
    "Accept-Ranges": acceptsRanges ? "bytes" : "none",
    ...(length !== null && { "Content-Length": String(length) }),
    ...(contentRange !== null && { "Content-Range": contentRange }),
    ...(etag !== null && { ETag: etag }),
    ...(lastModified !== null && { "Last-Modified": lastModified }),
  };
}

// HEAD would ask the provider for a file that nobody wants.
export const { OPTIONS, HEAD, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
