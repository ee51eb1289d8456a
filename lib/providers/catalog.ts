import { AppError } from "@/lib/errors";
import { toAddedProvider } from "./added-provider";
import { applyPatch } from "./apply-patch";
import { listBuiltins } from "./builtins";
import { collectProviders } from "./collect-providers";
import { configureProvider } from "./configure";
import type { Provider, ProviderAdapter } from "./provider";
import type { ProviderAddition, ProviderPatch } from "./provider-patch";
import type { ProviderStore, StoredProvider } from "./provider-store";
import { parseProviderVariables } from "./provider-variables";

type ChangeListener = (now: Provider, before: Provider | null) => void;
type RemoveListener = (removed: Provider) => void;

/** All configured providers, from adapters, environment and what admins set. Read from memory, written through. */
export interface ProviderCatalog {
  /** Built-in ones first, then those that were added, by id. */
  list(): readonly Provider[];
  find(id: string): Provider | null;
  /** Throws `AppError` not_found. */
  get(id: string): Provider;
  /** Throws `AppError`: not_found, `conflict` naming locked fields, `bad_request` naming unfit values. */
  update(id: string, patch: ProviderPatch): Promise<Provider>;
  /** One more of a multi adapter. Throws `AppError`: `bad_request` naming fields, `conflict` when the id is taken. */
  add(addition: ProviderAddition): Promise<Provider>;
  /** Throws `AppError`: not_found, `conflict` for one that no admin added. */
  remove(id: string): Promise<void>;
  /** Called after each change and addition (`before` is null); the answer ends it. */
  onChange(listener: ChangeListener): () => void;
  onRemove(listener: RemoveListener): () => void;
  /** Of providers without a time-out of their own, from now on. */
  setDefaultTimeout(ms: number): void;
  adapters(): readonly ProviderAdapter[];
  /** Variables of the environment that mean nothing, one sentence each. */
  warnings: readonly string[];
}

interface CatalogOptions {
  adapters: readonly ProviderAdapter[];
  /** The `PROVIDER_<ID>_…` variables. */
  variables: Readonly<Record<string, string>>;
  store: ProviderStore;
  defaultTimeoutMs: number;
}

/** Variables whose values cannot be used, all in one list. */
export class ProviderVariablesError extends Error {
  override readonly name = "ProviderVariablesError";
}

interface Entry {
  stored: StoredProvider;
  provider: Provider;
}

/** Reads everything once. Throws `ProviderVariablesError` for values of the environment that cannot be used. */
export async function createProviderCatalog(options: CatalogOptions): Promise<ProviderCatalog> {
  const { adapters, store } = options;
  let { defaultTimeoutMs } = options;
  const parsed = parseProviderVariables(options.variables, adapters);
  if (parsed.problems.length > 0) throw new ProviderVariablesError(parsed.problems.join("\n"));
  const collected = collectProviders(adapters, parsed.providers, await store.list());
  await store.ensure(collected.providers.map(({ stored }) => stored));

  const entries = new Map<string, Entry>();
  let listed: readonly Provider[] = [];
  const changed = new Set<ChangeListener>();
  const removed = new Set<RemoveListener>();
  const inTurn = createTurns();

  function set(adapter: ProviderAdapter, stored: StoredProvider): Provider {
    const environment = parsed.providers.get(stored.id) ?? null;
    const provider = configureProvider({ adapter, stored, environment, defaultTimeoutMs });
    entries.set(stored.id, { stored, provider });
    listed = toList(entries, adapters);
    return provider;
  }

  function getEntry(id: string): Entry {
    const entry = entries.get(id);
    if (!entry) throw new AppError("not_found", "There is no such provider.");
    return entry;
  }

  for (const { adapter, stored } of collected.providers) set(adapter, stored);
  return {
    list: () => listed,
    find: (id) => entries.get(id)?.provider ?? null,
    get: (id) => getEntry(id).provider,
    update: (id, patch) =>
      inTurn(async () => {
        const { stored, provider: before } = getEntry(id);
        const { settings, secrets } = applyPatch(stored.settings, patch, before);
        await store.save({ ...stored, settings }, secrets);
        const now = set(before.adapter, withSecrets({ ...stored, settings }, secrets));
        for (const listener of changed) listener(now, before);
        return now;
      }),
    add: (addition) =>
      inTurn(async () => {
        const { adapter, row, secrets } = toAddedProvider(addition, adapters);
        if (entries.has(row.id)) throw new AppError("conflict", `There is already a provider called ${row.id}.`);
        await store.save(row, secrets);
        const now = set(adapter, withSecrets({ ...row, secrets: {}, unreadableSecrets: [] }, secrets));
        for (const listener of changed) listener(now, null);
        return now;
      }),
    remove: (id) =>
      inTurn(async () => {
        const { provider } = getEntry(id);
        refuseToRemove(provider);
        await store.remove(id);
        entries.delete(id);
        listed = toList(entries, adapters);
        for (const listener of removed) listener(provider);
      }),
    onChange: (listener) => subscribe(changed, listener),
    onRemove: (listener) => subscribe(removed, listener),
    setDefaultTimeout(ms) {
      if (ms === defaultTimeoutMs) return;
      defaultTimeoutMs = ms;
      for (const { stored, provider: before } of [...entries.values()]) {
        const now = set(before.adapter, stored);
        for (const listener of changed) listener(now, before);
      }
    },
    adapters: () => adapters,
    warnings: [...parsed.warnings, ...collected.warnings],
  };
}

function toList(entries: ReadonlyMap<string, Entry>, adapters: readonly ProviderAdapter[]): Provider[] {
  const order = new Map(listBuiltins(adapters).map(({ id }, index) => [id, index]));
  const rank = ({ id }: Provider) => order.get(id) ?? order.size;
  return [...entries.values()]
    .map(({ provider }) => provider)
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function withSecrets(stored: StoredProvider, changes: Readonly<Record<string, string | null>>): StoredProvider {
  const secrets: Record<string, string> = { ...stored.secrets };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete secrets[key];
    else secrets[key] = value;
  }
  return { ...stored, secrets, unreadableSecrets: stored.unreadableSecrets.filter((key) => !(key in changes)) };
}

function refuseToRemove({ source, name }: Provider): void {
  if (source === "builtin") throw new AppError("conflict", `${name} is built in: disable it instead.`);
  if (source === "environment")
    throw new AppError("conflict", `${name} is set up in the environment: remove it there.`);
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** One change after the other, whether the one before succeeded or not: each starts from what the last one stored. */
function createTurns(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work, work);
    last = run;
    return run;
  };
}
