/**
 * One value per process, made on first use. Next bundles pages, routes, actions and instrumentation apart, so that a module
 * variable is several variables; this one lives on globalThis.
 */
export function remember<Value>(name: string, create: () => Value): Value {
  const store = globalThis as { [key: symbol]: unknown };
  const key = Symbol.for(`yagura.${name}`);
  if (!(key in store)) store[key] = create();
  // Safe because only this function writes under the key, with what `create` of the same name gave.
  return store[key] as Value;
}
