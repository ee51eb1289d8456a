import { favoriteStatus } from "@/lib/favorites/favorite-status";
import { favoriteStatusSchema, titleParams } from "@/lib/favorites/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getFavoriteContext } from "../../favorite-parts";

export const GET = route(
  {
    access: "user",
    scope: "favorites:read",
    tag: "Favorites",
    summary: "Whether one has starred a title",
    params: titleParams,
    response: favoriteStatusSchema,
  },
  async ({ viewer, params }) => {
    const asked = { viewerId: viewer.id, titleId: params.title_id };
    const { titleId, isFavorite } = await favoriteStatus(getFavoriteContext(), asked);
    return { manga_id: titleId, is_favorite: isFavorite };
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
