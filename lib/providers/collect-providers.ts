import { listBuiltins } from "./builtins";
import type { ProviderAdapter } from "./provider";
import type { StoredProvider } from "./provider-store";
import { type EnvironmentSettings, toVariableName } from "./provider-variables";

interface CollectedProviders {
  providers: { adapter: ProviderAdapter; stored: StoredProvider }[];
  warnings: string[];
}

/**
 * Which providers there are: the built-in ones, and of multi adapters what admins added and what the environment gives an address. A provider that only the environment made is gone when its variables are. Pure.
 */
export function collectProviders(
  adapters: readonly ProviderAdapter[],
  environment: ReadonlyMap<string, EnvironmentSettings>,
  rows: readonly StoredProvider[],
): CollectedProviders {
  const stored = new Map(rows.map((row) => [row.id, row]));
  const collected: CollectedProviders = { providers: [], warnings: [] };
  const builtins = listBuiltins(adapters);
  for (const { id, adapter } of builtins) {
    const row = stored.get(id) ?? emptyRow(adapter, id);
    collected.providers.push({ adapter, stored: { ...row, name: adapter.name, source: "builtin" } });
  }
  const taken = new Set(builtins.map(({ id }) => id));
  for (const adapter of adapters.filter(({ multi }) => multi)) {
    const known = rows.filter((row) => row.adapter === adapter.id).map(({ id }) => id);
    const named = [...environment.values()].filter((entry) => entry.adapter.id === adapter.id).map(({ id }) => id);
    for (const id of new Set([...known, ...named].filter((each) => !taken.has(each)))) {
      const row = stored.get(id) ?? emptyRow(adapter, id);
      const source = findSource(row, environment.get(id));
      if (source) collected.providers.push({ adapter, stored: { ...row, source } });
      else if (environment.has(id)) {
        collected.warnings.push(`${toVariableName(id, "base_url")} is missing: without it there is no provider ${id}.`);
      }
    }
  }
  return collected;
}

function findSource(
  row: StoredProvider,
  environment: EnvironmentSettings | undefined,
): StoredProvider["source"] | null {
  if (row.source === "admin") return "admin";
  if (environment?.settings.base_url) return "environment";
  return row.settings.base_url ? "admin" : null;
}

function emptyRow(adapter: ProviderAdapter, id: string): StoredProvider {
  const suffix = id.slice(adapter.id.length + 1).replaceAll("-", " ");
  return {
    id,
    adapter: adapter.id,
    name: suffix ? `${adapter.name} ${suffix}` : adapter.name,
    source: adapter.multi ? "environment" : "builtin",
    settings: {},
    secrets: {},
    unreadableSecrets: [],
  };
}
