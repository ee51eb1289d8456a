import { z } from "zod";
import { listFavorites } from "@/lib/favorites/list-favorites";
import { favoriteListQuery } from "@/lib/favorites/list-query";
import { favoriteSchema, toFavoriteDto } from "@/lib/favorites/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { paged } from "@/lib/http/paged";
import { route } from "@/lib/http/route";
import { getFavoriteContext, listProviderConditions } from "./favorite-parts";

export const GET = route(
  {
    access: "user",
    scope: "favorites:read",
    tag: "Favorites",
    summary: "One's own favorites",
    query: favoriteListQuery,
    response: z.array(favoriteSchema),
  },
  async ({ viewer, query }) => {
    const options = { viewerId: viewer.id, query, providers: listProviderConditions() };
    const { favorites, total } = await listFavorites(getFavoriteContext(), options);
    const items = favorites.map((favorite) => toFavoriteDto(favorite, viewer));
    return paged(items, { total, page: query.page, limit: query.limit });
  },
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
