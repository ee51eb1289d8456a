import { z } from "zod";
import { updateUser } from "@/lib/db/users";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { CHECK_INTERVALS } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";
import { writeProviders } from "../about";

const intervalSchema = z.strictObject({
  interval: z.literal(CHECK_INTERVALS).nullable().meta({ description: "Minutes; null: no wish of one's own." }),
});

export const PATCH = route(
  {
    ...writeProviders,
    access: "user",
    summary: "How often providers are to be checked while one is active",
    body: intervalSchema,
    response: intervalSchema,
  },
  async ({ viewer, body: { interval } }) => {
    const { db, health } = getRuntime();
    await updateUser(db.client, viewer.id, { providerCheckInterval: interval });
    await health.refreshIntervals();
    return { interval };
  },
);

export const { OPTIONS, GET, HEAD, POST, PUT, DELETE } = otherMethods({ PATCH });
