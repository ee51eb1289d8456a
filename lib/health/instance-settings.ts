import { z } from "zod";
import type { Env } from "@/lib/env";
import { AppError, type FieldError } from "@/lib/errors";
import { type HealthSettings, toHealthSettings } from "./health-settings";
import {
  INSTANCE_FIELD_NAMES,
  INSTANCE_FIELDS,
  type InstanceField,
  type InstanceValues,
  instanceValuesSchema,
  toInstanceValues,
  withInstanceValues,
} from "./instance-fields";

const nullableShape = Object.fromEntries(
  INSTANCE_FIELD_NAMES.map((name) => [name, INSTANCE_FIELDS[name].schema.nullable()]),
) as unknown as { [Name in InstanceField]: z.ZodNullable<(typeof INSTANCE_FIELDS)[Name]["schema"]> };

/** Absent stays; null goes back to the default. */
export const instancePatchSchema = z.strictObject(nullableShape).partial();
export type InstancePatch = z.infer<typeof instancePatchSchema>;

/** Where they outlive the process: values as JSON, by field. */
export interface InstanceSettingsStore {
  list(): Promise<ReadonlyMap<string, string>>;
  /** All or nothing; null removes. */
  save(changes: ReadonlyMap<string, string | null>): Promise<void>;
}

/** Defaults, overridden by what admins set, overridden by the environment. Read from memory, written through. */
export interface InstanceSettings {
  health(): HealthSettings;
  values(): InstanceValues;
  /** What holds where no admin sets anything. */
  defaults: InstanceValues;
  /** Decided by the environment. */
  locked: readonly InstanceField[];
  /** Throws `AppError`: conflict naming locked fields, bad_request for values that do not go together. */
  change(patch: InstancePatch): Promise<void>;
  /** Called after each change. */
  onChange(listener: () => void): () => void;
}

interface Options {
  env: Env;
  store: InstanceSettingsStore;
}

type Overrides = Partial<Record<InstanceField, unknown>>;

/** A stored value that no longer fits counts as not set. */
export async function createInstanceSettings({ env, store }: Options): Promise<InstanceSettings> {
  const defaults = toInstanceValues(env);
  const locked = INSTANCE_FIELD_NAMES.filter((name) => env.given.has(INSTANCE_FIELDS[name].variable));
  const listeners = new Set<() => void>();
  let overrides = readOverrides(await store.list());
  let { values, health } = apply(overrides);

  function apply(given: Overrides) {
    const free = Object.entries(given).filter(([name]) => !locked.some((one) => one === name));
    const merged = instanceValuesSchema.parse({ ...defaults, ...Object.fromEntries(free) });
    return { values: merged, health: toHealthSettings(withInstanceValues(env, merged)) };
  }

  return {
    health: () => health,
    values: () => values,
    defaults,
    locked,
    async change(patch) {
      const named = INSTANCE_FIELD_NAMES.filter((name) => patch[name] !== undefined);
      refuseLocked(named.filter((name) => locked.includes(name)));
      refuseUnfit(apply(merge(overrides, patch)).values, named);
      await store.save(new Map(named.map((name) => [name, toText(patch[name])])));
      overrides = merge(overrides, patch);
      ({ values, health } = apply(overrides));
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function merge(overrides: Overrides, patch: InstancePatch): Overrides {
  const merged = Object.entries({ ...overrides, ...patch });
  return Object.fromEntries(merged.filter(([, value]) => value !== null && value !== undefined));
}

function readOverrides(stored: ReadonlyMap<string, string>): Overrides {
  const overrides: Overrides = {};
  for (const name of INSTANCE_FIELD_NAMES) {
    const parsed = INSTANCE_FIELDS[name].schema.safeParse(parseText(stored.get(name)));
    if (parsed.success) overrides[name] = parsed.data;
  }
  return overrides;
}

function parseText(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toText(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function refuseLocked(names: readonly InstanceField[]): void {
  if (names.length === 0) return;
  const errors = names.map((name) => ({
    pointer: `/${name}`,
    message: `Set by ${INSTANCE_FIELDS[name].variable} in the environment.`,
    code: "locked",
  }));
  throw new AppError("conflict", `The environment decides: ${names.join(", ")}.`, { errors });
}

const PAIRS = [
  ["health_degradation_warning_threshold", "health_degradation_critical_threshold"],
  ["circuit_min_requests", "circuit_window"],
] as const;

/** The first of each pair must not be above the second; whichever of the two was changed is named. */
function refuseUnfit(values: InstanceValues, named: readonly InstanceField[]): void {
  const errors = PAIRS.flatMap(([lower, upper]): FieldError[] => {
    if (values[lower] <= values[upper] || !(named.includes(lower) || named.includes(upper))) return [];
    const message = `${lower} (${values[lower]}) must not be above ${upper} (${values[upper]}).`;
    return [{ pointer: `/${named.includes(lower) ? lower : upper}`, message, code: "custom" }];
  });
  if (errors.length > 0) throw new AppError("bad_request", "The settings do not go together.", { errors });
}
