import { z } from "zod";
import { AppError } from "@/lib/errors";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";

const WIDTHS = { "160": 160, "320": 320, "640": 640 } as const;

export const GET = route(
  {
    access: "user",
    scope: "search:read",
    tag: "Titles",
    summary: "A work's cover, or a drawn one",
    params: z.object({ id: z.string().min(1).max(100) }),
    query: z.object({ w: z.enum(["160", "320", "640"]).default("320") }),
    produces: "image/webp",
  },
  async ({ params, query, request, requestId }) => {
    const format = /\bimage\/avif\b/.test(request.headers.get("accept") ?? "") ? "avif" : "webp";
    const cover = await getRuntime().covers.find(params.id, { width: WIDTHS[query.w], format, requestId });
    if (!cover) throw new AppError("not_found", "There is no such title.");
    const headers = {
      ETag: cover.etag,
      Vary: "Accept",
      // A drawn cover may be the sign of an outage: the real one must get its chance.
      "Cache-Control": cover.isPlaceholder ? "private, max-age=300" : "private, max-age=31536000, immutable",
    };
    const known = request.headers
      .get("if-none-match")
      ?.split(",")
      .some((tag) => tag.trim().replace(/^W\//, "") === cover.etag);
    if (known) return new Response(null, { status: 304, headers });
    return new Response(new Uint8Array(cover.bytes), { headers: { ...headers, "Content-Type": cover.contentType } });
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
