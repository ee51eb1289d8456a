import { countFavorites } from "@/lib/favorites/count-favorites";
import { favoriteCountSchema } from "@/lib/favorites/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getFavoriteContext } from "../favorite-parts";

export const GET = route(
  {
    access: "user",
    scope: "favorites:read",
    tag: "Favorites",
    summary: "How many titles one has starred",
    response: favoriteCountSchema,
  },
  async ({ viewer }) => ({ count: await countFavorites(getFavoriteContext(), { viewerId: viewer.id }) }),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
