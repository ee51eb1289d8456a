import { instancePatchSchema } from "@/lib/health/instance-settings";
import { instanceSettingsSchema, toInstanceSettings } from "@/lib/health/settings-wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";

const about = { access: "admin", scope: "admin", tag: "Settings", response: instanceSettingsSchema } as const;

export const GET = route({ ...about, summary: "The thresholds of the instance, as they hold now" }, () =>
  toInstanceSettings(getRuntime().settings),
);

export const PATCH = route(
  {
    ...about,
    summary: "Change thresholds of the instance; 409 for those that the environment decides",
    description: "They hold at once for every provider without a value of its own. `null` goes back to the default.",
    body: instancePatchSchema,
  },
  async ({ viewer, body, log }) => {
    const { settings } = getRuntime();
    await settings.change(body);
    log.info({ event: "settings.changed", fields: Object.keys(body), actor: viewer.email }, "settings changed");
    return toInstanceSettings(settings);
  },
);

export const { OPTIONS, POST, PUT, DELETE } = otherMethods({ GET, PATCH });
