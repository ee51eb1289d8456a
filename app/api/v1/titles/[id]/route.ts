import { z } from "zod";
import { listFavoriteStates } from "@/lib/db/favorites";
import { AppError } from "@/lib/errors";
import { titleSchema, toTitleDto } from "@/lib/http/dto/titles";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";

export const GET = route(
  {
    access: "user",
    scope: "search:read",
    tag: "Titles",
    summary: "A work with all that its sources say; 308 to its id after a merge",
    params: z.object({ id: z.string().min(1).max(100) }),
    response: titleSchema,
  },
  async ({ viewer, params, requestId }) => {
    const { db, titleReader } = getRuntime();
    const title = await titleReader.find(params.id, { titleLanguage: viewer.titleLanguage, requestId });
    if (!title) throw new AppError("not_found", "There is no such title.");
    if (title.id !== params.id) {
      return new Response(null, { status: 308, headers: { Location: `/api/v1/titles/${title.id}` } });
    }
    const states = await listFavoriteStates(db.client, { viewerId: viewer.id, titleIds: [title.id] });
    return toTitleDto(title, states.get(title.id) ?? false);
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
