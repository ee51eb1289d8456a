import { savePreferences } from "@/lib/accounts/preferences";
import { mePatchSchema, meSchema, toMe, toPreferences } from "@/lib/http/dto/accounts";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";

const about = { access: "user", tag: "Account", response: meSchema } as const;

export const GET = route({ ...about, summary: "The account that asks" }, ({ viewer }) => toMe(viewer));

export const PATCH = route(
  { ...about, summary: "Change one's own settings", body: mePatchSchema },
  async ({ viewer, body, log }) => {
    const { db, providers } = getRuntime();
    const known = new Set(providers.list().map(({ id }) => id));
    const saved = await savePreferences(db.client, viewer.id, toPreferences(body), known);
    log.info({ event: "settings.changed", user_id: viewer.id, fields: Object.keys(body) }, "own settings changed");
    return toMe(saved);
  },
);

export const { OPTIONS, POST, PUT, DELETE } = otherMethods({ GET, PATCH });
