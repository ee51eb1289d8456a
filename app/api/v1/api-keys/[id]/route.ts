import { z } from "zod";
import { revokeApiKey } from "@/lib/accounts/api-keys";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";

export const DELETE = route(
  {
    access: "user",
    tag: "API keys",
    summary: "Revoke one of one's own keys",
    params: z.object({ id: z.string() }),
    status: 204,
  },
  ({ viewer, params }) => revokeApiKey(getEdgeContext().db.client, { viewerId: viewer.id, keyId: params.id }),
);

export const { OPTIONS, GET, HEAD, POST, PUT, PATCH } = otherMethods({ DELETE });
