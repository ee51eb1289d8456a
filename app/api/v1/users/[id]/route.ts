import { z } from "zod";
import { changeAccount } from "@/lib/accounts/accounts";
import { toUserDto, userPatchSchema, userSchema } from "@/lib/http/dto/accounts";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";

export const PATCH = route(
  {
    access: "admin",
    tag: "Users",
    summary: "Change an account; a new password or disabling it ends its sessions",
    params: z.object({ id: z.string() }),
    body: userPatchSchema,
    response: userSchema,
  },
  async ({ params, body }) => {
    const { db, clock } = getEdgeContext();
    return toUserDto(await changeAccount(db.client, params.id, body, clock()));
  },
);

export const { OPTIONS, GET, HEAD, POST, PUT, DELETE } = otherMethods({ PATCH });
