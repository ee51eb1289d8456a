import type { ProviderState } from "@/lib/health/health-view";
import { PROVIDER_KINDS, type ProviderKind } from "@/lib/providers/provider";
import { KIND_TITLES, type ProviderRow } from "./provider-row";

export interface ProviderGroup {
  kind: ProviderKind;
  title: string;
  /** "5 of 6 in use are up" */
  words: string;
  rows: readonly ProviderRow[];
}

const UP: ReadonlySet<ProviderState> = new Set(["ACTIVE", "DEGRADED", "RATE_LIMITED"]);

/** Kinds that have providers, each with its own in the order of `order`; those that are not in it come last. */
export function toProviderGroups(rows: readonly ProviderRow[], order: readonly string[]): ProviderGroup[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const place = ({ id }: ProviderRow) => places.get(id) ?? order.length;
  const sorted = [...rows].sort((a, b) => place(a) - place(b));
  return PROVIDER_KINDS.flatMap((kind) => {
    const members = sorted.filter((row) => row.kind === kind);
    if (members.length === 0) return [];
    return [{ kind, title: KIND_TITLES[kind], words: countWords(members), rows: members }];
  });
}

/** "5 of 6 in use are up", of providers that are switched on and set up. */
export function countWords(rows: readonly ProviderRow[]): string {
  const used = rows.filter(({ enabled, initialized }) => enabled && initialized);
  if (used.length === 0) return "none in use";
  const up = used.filter(({ state }) => UP.has(state)).length;
  return `${up} of ${used.length} in use ${up === 1 ? "is" : "are"} up`;
}
