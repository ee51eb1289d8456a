import { loadInstanceSecrets } from "@/lib/accounts/instance-secrets";
import { createProviderStore } from "@/lib/db/providers";
import { createProviderCatalog, ProviderVariablesError } from "@/lib/providers/catalog";
import { registry } from "@/lib/providers/registry";
import { createSecretBox } from "@/lib/secret-box";
import { AdminError } from "./admin-error";
import { parseOptions } from "./parse-options";
import { withDatabase } from "./with-database";

/** One line each: id, whether it is used and why not, the origin that it is asked at. */
export async function listProviders(args: string[]): Promise<string> {
  parseOptions(args, {});
  const catalog = await withDatabase(({ client }, env) =>
    createProviderCatalog({
      adapters: registry,
      variables: env.providerVariables,
      store: createProviderStore(client, createSecretBox(loadInstanceSecrets(env).instanceKey)),
      defaultTimeoutMs: env.CIRCUIT_BREAKER_REQUEST_TIMEOUT_SECONDS * 1000,
    }),
  ).catch((error: unknown) => {
    throw error instanceof ProviderVariablesError ? new AdminError(error.message) : error;
  });
  for (const warning of catalog.warnings) process.stderr.write(`Warning: ${warning}\n`);
  return catalog
    .list()
    .map(({ id, enabled, initialized, message, config }) => {
      const state = !initialized ? "unusable" : enabled ? "enabled" : "disabled";
      const origin = URL.canParse(config.baseUrl) ? new URL(config.baseUrl).origin : "-";
      return [id, state, origin, message ?? ""].join("\t").trimEnd();
    })
    .join("\n");
}
