import "server-only";
import { z } from "zod";
import { listAddressKeys } from "@/lib/providers/address-keys";
import type { Provider } from "@/lib/providers/provider";
import { type ProviderSettings, providerSettingsSchema } from "@/lib/providers/provider-patch";
import type { ProviderRow, ProviderStore, StoredProvider } from "@/lib/providers/provider-store";
import type { SecretBox } from "@/lib/secret-box";
import type { Client, Transaction } from "./client";

/** Where an address lies among the secrets. */
const ADDRESS = "base_url";

const sealedSchema = z.record(z.string(), z.string());
const sourceSchema = z.enum(["builtin", "environment", "admin"] satisfies Provider["source"][]).catch("admin");

/** Providers in the database, their secrets sealed. */
export function createProviderStore(client: Client, box: SecretBox): ProviderStore {
  return {
    async list() {
      const rows = await client.provider.findMany({ orderBy: { id: "asc" } });
      return rows.map((row) => {
        const { secrets, unreadableSecrets } = openSecrets(parseSealed(row.secrets), box);
        const { [ADDRESS]: address, ...rest } = secrets;
        return {
          id: row.id,
          adapter: row.adapter,
          name: row.name,
          source: sourceSchema.parse(row.source),
          settings: { ...parseSettings(row.settings), ...(address && { base_url: address }) },
          secrets: rest,
          unreadableSecrets,
        };
      });
    },
    async ensure(rows) {
      const known = await listProviderKeys(client);
      for (const row of rows) {
        if (!known.has(row.id)) await writeRow(client, row, {}, "make");
      }
    },
    save: (row, secrets) =>
      client.$transaction(async (transaction) => {
        const stored = await transaction.provider.findUnique({ where: { id: row.id }, select: { secrets: true } });
        const sealed = parseSealed(stored?.secrets ?? "{}");
        for (const [key, secret] of Object.entries(secrets)) {
          if (secret === null) delete sealed[key];
          else sealed[key] = box.seal(secret);
        }
        await writeRow(transaction, sealAddress(row, sealed, box), sealed, "overwrite");
      }),
    async remove(id) {
      await client.provider.deleteMany({ where: { id } });
    },
  };
}

/** An address with a key in it (Kavita's OPDS) is kept like a secret: put among the sealed ones, and left out of the row. */
function sealAddress(row: ProviderRow, sealed: Record<string, string>, box: SecretBox): ProviderRow {
  const { base_url, ...settings } = row.settings;
  const kept = sealed[ADDRESS];
  if (base_url && listAddressKeys(base_url).length > 0) {
    sealed[ADDRESS] = box.seal(base_url);
    return { ...row, settings };
  }
  // One of another instance key stays for the day when that key is back, unless there is a new one.
  if (base_url || (kept !== undefined && box.open(kept) !== null)) delete sealed[ADDRESS];
  return row;
}

/** The small numbers by which samples and roll-ups name their provider. */
export async function listProviderKeys(client: Client | Transaction): Promise<Map<string, number>> {
  const rows = await client.provider.findMany({ select: { id: true, key: true } });
  return new Map(rows.map(({ id, key }) => [id, key]));
}

async function writeRow(
  client: Client | Transaction,
  { id, adapter, name, source, settings }: ProviderRow,
  sealed: Readonly<Record<string, string>>,
  mode: "make" | "overwrite",
): Promise<void> {
  const values = { adapter, name, source, settings: JSON.stringify(settings), secrets: JSON.stringify(sealed) };
  await client.provider.upsert({
    where: { id },
    create: { id, ...values },
    update: mode === "overwrite" ? values : {},
  });
}

function openSecrets(
  sealed: Readonly<Record<string, string>>,
  box: SecretBox,
): Pick<StoredProvider, "secrets" | "unreadableSecrets"> {
  const secrets: Record<string, string> = {};
  const unreadableSecrets: string[] = [];
  for (const [key, text] of Object.entries(sealed)) {
    const secret = box.open(text);
    if (secret === null) unreadableSecrets.push(key);
    else secrets[key] = secret;
  }
  return { secrets, unreadableSecrets };
}

/** Settings of another version that no longer fit count as unset, field by field. */
function parseSettings(text: string): ProviderSettings {
  const values = z.record(z.string(), z.unknown()).catch({}).parse(parseJson(text));
  const fitting = Object.entries(values).filter(
    ([name, value]) => providerSettingsSchema.safeParse({ [name]: value }).success,
  );
  return providerSettingsSchema.parse(Object.fromEntries(fitting));
}

function parseSealed(text: string): Record<string, string> {
  return sealedSchema.catch({}).parse(parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
