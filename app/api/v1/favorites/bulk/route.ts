import { bulkUpdate } from "@/lib/favorites/bulk-update";
import { bulkAnswerSchema, bulkBody, toBulkAnswerDto, toBulkChange } from "@/lib/favorites/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getFavoriteContext } from "../favorite-parts";

export const PATCH = route(
  {
    access: "user",
    scope: "favorites:write",
    tag: "Favorites",
    summary: "One change to many titles, all or nothing",
    body: bulkBody,
    response: bulkAnswerSchema,
  },
  async ({ viewer, body }) => {
    const options = { viewerId: viewer.id, titleIds: body.manga_ids, change: toBulkChange(body) };
    return toBulkAnswerDto(await bulkUpdate(getFavoriteContext(), options));
  },
);

export const { OPTIONS, GET, POST, PUT, DELETE } = otherMethods({ PATCH });
