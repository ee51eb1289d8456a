import { z } from "zod";
import { issueApiKey } from "@/lib/accounts/api-keys";
import { listApiKeys } from "@/lib/db/api-keys";
import { apiKeyPostSchema, apiKeySchema, newApiKeySchema, toApiKeyDto } from "@/lib/http/dto/accounts";
import { getEdgeContext } from "@/lib/http/edge-context";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";

const about = { access: "user", tag: "API keys" } as const;

export const GET = route(
  { ...about, summary: "One's own keys, newest first", response: z.array(apiKeySchema) },
  async ({ viewer }) => (await listApiKeys(getEdgeContext().db.client, viewer.id)).map(toApiKeyDto),
);

export const POST = route(
  {
    ...about,
    summary: "Make a key; it is shown this once",
    body: apiKeyPostSchema,
    response: newApiKeySchema,
    status: 201,
  },
  async ({ viewer, body }) => {
    const { db, clock } = getEdgeContext();
    const expiresAt = body.expires_at ? new Date(body.expires_at) : null;
    const options = { viewer, name: body.name, scopes: body.scopes ?? null, expiresAt, now: clock() };
    const { key, secret } = await issueApiKey(db.client, options);
    return { ...toApiKeyDto(key), key: secret };
  },
);

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods({ GET, POST });
