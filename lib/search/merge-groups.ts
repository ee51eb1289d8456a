import { type CrossIds, ID_NAMESPACES } from "@/lib/providers/work";
import { sourceKey } from "./item";
import { type AuthorRelation, relateAuthors } from "./merge-authors";
import type { Family, Prepared } from "./merge-item";

export interface MergeReason {
  rule: "shared_id" | "known" | "same_title" | "similar_title" | "user_join";
  detail: string;
}

export interface Group {
  members: Prepared[];
  family: Family | null;
  ids: CrossIds;
  authors: readonly string[];
  reasons: MergeReason[];
}

/** Groups of items that grow by joining. A veto always looks at the whole of both groups, so that no chain joins two works. */
export interface Groups {
  of(index: number): Group;
  all(): Group[];
  /** Whether nothing forbids that the two groups are one work. */
  mayJoin(a: Group, b: Group): boolean;
  join(a: Group, b: Group, reason: MergeReason): void;
}

/** `items[i].index` is i. `splits` are pairs of source keys that the user keeps apart. */
export function createGroups(items: readonly Prepared[], splits: ReadonlyMap<string, ReadonlySet<string>>): Groups {
  const groupOf = items.map(single);

  function join(a: Group, b: Group, reason: MergeReason): void {
    const [into, from] = a.members.length >= b.members.length ? [a, b] : [b, a];
    into.members.push(...from.members);
    into.family ??= from.family;
    into.ids = uniteIds(into.ids, from.ids);
    const others = from.authors.filter((author) => !into.authors.includes(author));
    if (others.length > 0) into.authors = [...into.authors, ...others];
    into.reasons.push(...from.reasons, reason);
    for (const member of from.members) groupOf[member.index] = into;
  }

  return {
    of: (index) => {
      const group = groupOf[index];
      if (!group) throw new Error(`No item ${index}`);
      return group;
    },
    all: () => [...new Set(groupOf)],
    mayJoin: (a, b) => !isVetoed(a, b) && !isSplit(a, b, splits),
    join,
  };
}

export function authorsOf(a: Group, b: Group): AuthorRelation {
  return relateAuthors(a.authors, b.authors);
}

function single(prepared: Prepared): Group {
  const { item, family, authors } = prepared;
  return { members: [prepared], family, ids: item.ids, authors, reasons: [] };
}

function uniteIds(into: CrossIds, from: CrossIds): CrossIds {
  return ID_NAMESPACES.some((name) => from[name] && !into[name]) ? { ...from, ...into } : into;
}

function isVetoed(a: Group, b: Group): boolean {
  if (a.family && b.family && a.family !== b.family) return true;
  return haveOneProvider(a, b) || haveOtherIds(a.ids, b.ids);
}

/** No provider lists one work twice. */
function haveOneProvider(a: Group, b: Group): boolean {
  return a.members.some((one) => b.members.some((other) => one.item.providerId === other.item.providerId));
}

export function haveOtherIds(a: CrossIds, b: CrossIds): boolean {
  for (const name of ID_NAMESPACES) {
    const id = a[name];
    if (id && b[name] && id !== b[name]) return true;
  }
  return false;
}

function isSplit(a: Group, b: Group, splits: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (splits.size === 0) return false;
  return a.members.some((one) => {
    const apart = splits.get(sourceKey(one.item));
    return apart !== undefined && b.members.some((other) => apart.has(sourceKey(other.item)));
  });
}
