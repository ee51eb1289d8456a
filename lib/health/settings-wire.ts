import { z } from "zod";
import { INSTANCE_FIELD_NAMES, instanceValuesSchema } from "./instance-fields";
import type { InstanceSettings } from "./instance-settings";

export const instanceSettingsSchema = z
  .object({
    ...instanceValuesSchema.shape,
    defaults: instanceValuesSchema.meta({ description: "What holds where nothing is set." }),
    locked: z.array(z.enum(INSTANCE_FIELD_NAMES)).meta({ description: "Decided by the environment." }),
  })
  .meta({ id: "InstanceSettings" });

export function toInstanceSettings({
  values,
  defaults,
  locked,
}: InstanceSettings): z.infer<typeof instanceSettingsSchema> {
  return { ...values(), defaults, locked: [...locked] };
}
