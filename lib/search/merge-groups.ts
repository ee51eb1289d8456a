import type { IdNamespace } from "@/lib/providers/work";
import { ID_NAMESPACES } from "@/lib/providers/work";
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
  providers: Map<string, string>;
  ids: Map<IdNamespace, string>;
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
    for (const [provider, id] of from.providers) if (!into.providers.has(provider)) into.providers.set(provider, id);
    for (const [namespace, id] of from.ids) if (!into.ids.has(namespace)) into.ids.set(namespace, id);
    into.authors = from.authors.length === 0 ? into.authors : [...new Set([...into.authors, ...from.authors])];
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
  const { item } = prepared;
  const ids = new Map<IdNamespace, string>();
  for (const namespace of ID_NAMESPACES) {
    const id = item.ids[namespace];
    if (id) ids.set(namespace, id);
  }
  return {
    members: [prepared],
    family: prepared.family,
    providers: new Map([[item.providerId, item.externalId]]),
    ids,
    authors: prepared.authors,
    reasons: [],
  };
}

function isVetoed(a: Group, b: Group): boolean {
  if (a.family && b.family && a.family !== b.family) return true;
  return conflicts(a.providers, b.providers) || conflicts(a.ids, b.ids);
}

function conflicts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  for (const [name, id] of a) {
    const other = b.get(name);
    if (other !== undefined && other !== id) return true;
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
