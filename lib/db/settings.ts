import "server-only";
import type { InstanceSettingsStore } from "@/lib/health/instance-settings";
import type { Client } from "./client";

const PREFIX = "instance.";

/** What admins set for the whole instance, one row per field. */
export function createSettingsStore(client: Client): InstanceSettingsStore {
  return {
    async list() {
      const rows = await client.setting.findMany({ where: { key: { startsWith: PREFIX } } });
      return new Map(rows.map(({ key, value }) => [key.slice(PREFIX.length), value]));
    },
    async save(changes) {
      await client.$transaction(
        [...changes].map(([name, value]) => {
          const key = PREFIX + name;
          if (value === null) return client.setting.deleteMany({ where: { key } });
          return client.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
        }),
      );
    },
  };
}
