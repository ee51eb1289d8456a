import { buildRow } from "@/components/live/testing/build-live";
import { type ProviderRow, toProviderRow } from "../provider-row";

/** A provider that is well and of which little is known. */
export function buildProviderRow(given: Partial<ProviderRow> & { id: string }): ProviderRow {
  const facts = { id: given.id, kind: "catalogue" as const, initialized: true, priority: 50, locked: [] };
  return { ...toProviderRow(buildRow({ id: given.id }), facts, { day: null, timeZone: "UTC", now: 0 }), ...given };
}
