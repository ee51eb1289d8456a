import { z } from "zod";
import { AppError } from "@/lib/errors";
import { titleFileSchema, toTitleFileDto } from "@/lib/http/dto/title-files";
import { otherMethods } from "@/lib/http/other-methods";
import { paged, pageQuery } from "@/lib/http/paged";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";

export const GET = route(
  {
    access: "user",
    scope: "search:read",
    tag: "Titles",
    summary: "The files that a work can be had as, from all its providers that have `download`; 308 after a merge",
    description:
      "`X-Missing-Providers` names those whose files could not be listed now; when none of them could be, the answer is 503.",
    params: z.object({ id: z.string().min(1).max(100) }),
    query: z.object(pageQuery),
    response: z.array(titleFileSchema),
  },
  async ({ params, query: { page, limit }, requestId }) => {
    const list = await getRuntime().titleFiles.list(params.id, { requestId });
    if (!list) throw new AppError("not_found", "There is no such title.");
    const { titleId, files, missing } = list;
    if (titleId !== params.id) {
      return new Response(null, { status: 308, headers: { Location: `/api/v1/titles/${titleId}/files` } });
    }
    if (files.length === 0 && missing.length > 0) {
      const names = missing.map(({ providerName }) => providerName).join(", ");
      throw new AppError("unavailable", `The files could not be listed now by ${names}.`, { retryAfterSeconds: 30 });
    }
    const start = (page - 1) * limit;
    const items = files.slice(start, start + limit).map((file) => toTitleFileDto(titleId, file));
    const answer = paged(items, { total: files.length, page, limit });
    if (missing.length > 0) {
      answer.headers.set("X-Missing-Providers", missing.map(({ providerId }) => providerId).join(", "));
    }
    return answer;
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
