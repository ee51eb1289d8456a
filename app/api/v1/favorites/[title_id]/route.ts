import type { Viewer } from "@/lib/accounts/viewer-type";
import { removeFavorite } from "@/lib/favorites/remove-favorite";
import { setFavorite } from "@/lib/favorites/set-favorite";
import { updateFavorite } from "@/lib/favorites/update-favorite";
import {
  type FavoriteFieldsBody,
  favoriteFieldsBody,
  favoriteSchema,
  removeQuery,
  titleParams,
  toFavoriteChange,
  toFavoriteDto,
} from "@/lib/favorites/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { reply } from "@/lib/http/reply";
import { route } from "@/lib/http/route";
import { getFavoriteContext } from "../favorite-parts";

const about = { access: "user", scope: "favorites:write", tag: "Favorites", params: titleParams } as const;

const star = {
  ...about,
  description: "201 when it is newly starred, 200 when it was a favorite already. Fields may go with it.",
  body: favoriteFieldsBody.optional(),
  response: favoriteSchema,
  status: 201,
};

async function answerStar(viewer: Viewer, titleId: string, body: FavoriteFieldsBody | undefined) {
  const options = { viewerId: viewer.id, titleId, change: body && toFavoriteChange(body) };
  const { favorite, created } = await setFavorite(getFavoriteContext(), options);
  return reply({ status: created ? 201 : 200, body: toFavoriteDto(favorite, viewer) });
}

export const POST = route({ ...star, summary: "Star a title" }, ({ viewer, params, body }) =>
  answerStar(viewer, params.title_id, body),
);

export const PUT = route({ ...star, summary: "Star a title, once and for all" }, ({ viewer, params, body }) =>
  answerStar(viewer, params.title_id, body),
);

export const PATCH = route(
  {
    ...about,
    summary: "Change what one says of a title",
    description: "null clears, absent stays.",
    body: favoriteFieldsBody,
    response: favoriteSchema,
  },
  async ({ viewer, params, body }) => {
    const options = { viewerId: viewer.id, titleId: params.title_id, change: toFavoriteChange(body) };
    return toFavoriteDto(await updateFavorite(getFavoriteContext(), options), viewer);
  },
);

export const DELETE = route(
  {
    ...about,
    summary: "Take the star back",
    description: "Rating, notes and tags are kept unless `purge` is set.",
    query: removeQuery,
    status: 204,
  },
  ({ viewer, params, query }) =>
    removeFavorite(getFavoriteContext(), { viewerId: viewer.id, titleId: params.title_id, purge: query.purge }),
);

export const { OPTIONS, GET } = otherMethods({ POST, PUT, PATCH, DELETE });
