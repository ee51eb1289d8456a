import "server-only";
import type { ChannelStore, StoredChannel } from "@/lib/health/alerts/alert-store";
import type { SecretBox } from "@/lib/secret-box";
import type { Client } from "./client";

/** Channels that admins made, their secrets sealed. */
export function createChannelStore(client: Client, box: SecretBox): ChannelStore {
  return {
    async list() {
      const rows = await client.alertChannel.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
      return rows.map(({ id, kind, name, url, enabled, secret: sealed }) => {
        const secret = sealed === null ? null : box.open(sealed);
        const secretUnreadable = sealed !== null && secret === null;
        // Safe because only `save` writes it.
        return { id, kind: kind as StoredChannel["kind"], name, url, enabled, secret, secretUnreadable };
      });
    },
    async save({ id, secret, ...fields }) {
      const sealed = secret === undefined ? {} : { secret: secret === null ? null : box.seal(secret) };
      const values = { ...fields, ...sealed };
      await client.alertChannel.upsert({ where: { id }, create: { id, ...values }, update: values });
    },
    async remove(id) {
      await client.alertChannel.deleteMany({ where: { id } });
    },
  };
}
