import type { ProviderAdapter, ProviderPreset } from "./provider";

interface Builtin {
  id: string;
  adapter: ProviderAdapter;
}

/**
 * The providers that every instance has, in the order of their adapters: one of each adapter that is not multi, and the presets of those
 * that are, each with an adapter of its own that differs in what the preset says. Pure.
 */
export function listBuiltins(adapters: readonly ProviderAdapter[]): Builtin[] {
  return adapters.flatMap((adapter) => {
    const presets = (adapter.presets ?? []).map((preset) => ({
      id: preset.id,
      adapter: toPresetAdapter(adapter, preset),
    }));
    return adapter.multi ? presets : [{ id: adapter.id, adapter }];
  });
}

function toPresetAdapter(
  { presets: _, ...adapter }: ProviderAdapter,
  { id: __, ...own }: ProviderPreset,
): ProviderAdapter {
  return { ...adapter, ...own, multi: false };
}
