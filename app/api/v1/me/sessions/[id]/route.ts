import { z } from "zod";
import { deleteSession } from "@/lib/db/sessions";
import { AppError } from "@/lib/errors";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";

export const DELETE = route(
  {
    access: "user",
    tag: "Account",
    summary: "End one of one's own sessions",
    params: z.object({ id: z.string() }),
    status: 204,
  },
  async ({ viewer, params }) => {
    const ended = await deleteSession(getEdgeContext().db.client, { viewerId: viewer.id, sessionId: params.id });
    if (!ended) throw new AppError("not_found", "There is no such session.");
  },
);

export const { OPTIONS, GET, HEAD, POST, PUT, PATCH } = otherMethods({ DELETE });
