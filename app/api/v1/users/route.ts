import { z } from "zod";
import { createAccount } from "@/lib/accounts/accounts";
import { listUsers } from "@/lib/db/users";
import { toUserDto, userPostSchema, userSchema } from "@/lib/http/dto/accounts";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";
import { paged, pageQuery } from "@/lib/http/paged";
import { route } from "@/lib/http/route";

const about = { access: "admin", tag: "Users" } as const;

export const GET = route(
  { ...about, summary: "All accounts, oldest first", query: z.object(pageQuery), response: z.array(userSchema) },
  async ({ query }) => {
    const { users, total } = await listUsers(getEdgeContext().db.client, query);
    return paged(users.map(toUserDto), { total, ...query });
  },
);

export const POST = route(
  { ...about, summary: "Make an account", body: userPostSchema, response: userSchema, status: 201 },
  async ({ body }) => toUserDto(await createAccount(getEdgeContext().db.client, body)),
);

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods({ GET, POST });
