import { ID_NAMESPACES } from "@/lib/providers/work";
import { eachPair } from "./each-pair";
import { type ProviderItem, sourceKey } from "./item";
import { authorsOf, createGroups, type Group, type Groups, type MergeReason } from "./merge-groups";
import { type Prepared, prepare } from "./merge-item";
import { type LikePair, likePairs } from "./merge-soft";
import { compareStrength, compareText, type ProviderWeights } from "./strength";

export type { MergeReason } from "./merge-groups";

/** Items that are one work. */
export interface Cluster {
  /** Unique among the clusters of one merge. */
  id: string;
  /** The strongest source first. */
  items: ProviderItem[];
  mergedBecause: MergeReason[];
  /** Ids of clusters that might be the same work, where the proof is too weak or the providers disagree. */
  maybeSame: string[];
}

/** A user's own pair rules, by `sourceKey`. They beat everything else. */
export interface MergeOverrides {
  joins: readonly (readonly [string, string])[];
  splits: readonly (readonly [string, string])[];
}

export interface MergeOptions {
  weights?: ProviderWeights;
  overrides?: MergeOverrides;
}

const MAYBE_MAX = 5;

/**
 * Puts the items of all providers into clusters of one work each. Pure; the order of the items does not matter; merging the items of
 * the result again gives the same. Steps: the user's joins; shared ids; sources stored as one title; likeness (`merge-soft.ts`).
 * Vetoes, over whole groups: different ids in one namespace, two items of one provider, different known families, a user's split.
 * A wrong merge is worse than two cards: what is not proved becomes `maybeSame`.
 */
export function merge(items: readonly ProviderItem[], options: MergeOptions = {}): Cluster[] {
  const byStrength = compareStrength(options.weights ?? {});
  const prepared = withoutRepeats([...items].sort((a, b) => byStrength(a, b) || a.rank - b.rank)).map(prepare);
  const groups = createGroups(prepared, toPairs(options.overrides?.splits ?? []));
  joinByUser(prepared, groups, options.overrides?.joins ?? []);
  const disputed = [...joinBySharedId(prepared, groups), ...joinByStoredTitle(prepared, groups)];
  const maybe = joinByLikeness(prepared, groups);
  return toClusters(groups, disputed, maybe);
}

type IndexPair = readonly [number, number];

/** Repeats stand side by side, the best place first. */
function withoutRepeats(sorted: readonly ProviderItem[]): ProviderItem[] {
  return sorted.filter((item, place) => {
    const before = sorted[place - 1];
    return before?.externalId !== item.externalId || before.providerId !== item.providerId;
  });
}

function joinByUser(items: readonly Prepared[], groups: Groups, joins: readonly (readonly [string, string])[]): void {
  if (joins.length === 0) return;
  const indexOf = new Map(items.map(({ item }, index) => [sourceKey(item), index]));
  for (const [one, other] of [...joins].sort((a, b) => compareText(a.join(), b.join()))) {
    const [a, b] = [indexOf.get(one), indexOf.get(other)];
    if (a === undefined || b === undefined || groups.of(a) === groups.of(b)) continue;
    groups.join(groups.of(a), groups.of(b), { rule: "user_join", detail: "You put these together" });
  }
}

/** Pairs that share more ids go first. Gives the pairs that share an id and yet must stay apart. */
function joinBySharedId(items: readonly Prepared[], groups: Groups): IndexPair[] {
  const holders = new Map<string, number[]>();
  for (const { item, index, family } of items) {
    // Its ids are those of the film, which all subtitles of that film share.
    if (family === "subtitle") continue;
    for (const namespace of ID_NAMESPACES) {
      const id = item.ids[namespace];
      if (!id) continue;
      const name = `${namespace}:${id}`;
      const others = holders.get(name);
      if (others) others.push(index);
      else holders.set(name, [index]);
    }
  }
  const shared = new Map<number, { a: number; b: number; names: string[] }>();
  for (const [name, indexes] of holders) {
    eachPair(indexes, (a, b) => {
      const id = a * items.length + b;
      const edge = shared.get(id);
      if (edge) edge.names.push(name);
      else shared.set(id, { a, b, names: [name] });
    });
  }
  const edges = [...shared.values()].sort((x, y) => y.names.length - x.names.length || x.a - y.a || x.b - y.b);
  return edges
    .filter(({ a, b, names }) => {
      const detail = `${names.join(", ")} at ${providersOf(items, a, b)}`;
      return !tryJoin(groups, a, b, { rule: "shared_id", detail });
    })
    .map(({ a, b }) => [a, b] as const);
}

function joinByStoredTitle(items: readonly Prepared[], groups: Groups): IndexPair[] {
  const byTitle = new Map<string, number[]>();
  for (const { item, index } of items) {
    if (!item.known) continue;
    const others = byTitle.get(item.titleId);
    if (others) others.push(index);
    else byTitle.set(item.titleId, [index]);
  }
  const apart: IndexPair[] = [];
  for (const indexes of byTitle.values()) {
    eachPair(indexes, (a, b) => {
      const detail = `Stored as one work before: ${providersOf(items, a, b)}`;
      if (!tryJoin(groups, a, b, { rule: "known", detail })) apart.push([a, b]);
    });
  }
  return apart;
}

/** Gives the pairs that are only alike. */
function joinByLikeness(items: readonly Prepared[], groups: Groups): IndexPair[] {
  const pairs = likePairs(items, (a, b) => groups.of(a) === groups.of(b)).sort(
    (x, y) => x.quality - y.quality || x.a - y.a || x.b - y.b,
  );
  const maybe: IndexPair[] = [];
  const decide = (pair: LikePair) => {
    const { a, b } = pair;
    const [one, other] = [groups.of(a), groups.of(b)];
    if (one === other || !groups.mayJoin(one, other)) return;
    if (pair.verdict === "maybe" || authorsOf(one, other) === "disjoint") maybe.push([a, b]);
    else groups.join(one, other, { rule: pair.rule, detail: toDetail(items, pair) });
  };
  for (const pair of pairs) if (!pair.authorless) decide(pair);
  // An item without authors that fits two works with different authors proves neither.
  const authorless = pairs.filter((pair) => pair.authorless);
  const ambiguous = ambiguousItems(authorless, groups);
  for (const pair of authorless) {
    decide(ambiguous.has(pair.a) || ambiguous.has(pair.b) ? { ...pair, verdict: "maybe" } : pair);
  }
  return maybe;
}

function ambiguousItems(pairs: readonly LikePair[], groups: Groups): Set<number> {
  const fits = new Map<number, Set<Group>>();
  const add = (index: number, group: Group) => {
    if (group.authors.length > 0) fits.set(index, (fits.get(index) ?? new Set()).add(group));
  };
  for (const { a, b, verdict } of pairs) {
    if (verdict !== "same") continue;
    add(a, groups.of(b));
    add(b, groups.of(a));
  }
  const ambiguous = new Set<number>();
  for (const [index, found] of fits) {
    const all = [...found];
    if (all.some((one, place) => all.slice(place + 1).some((other) => authorsOf(one, other) === "disjoint"))) {
      ambiguous.add(index);
    }
  }
  return ambiguous;
}

function tryJoin(groups: Groups, a: number, b: number, reason: MergeReason): boolean {
  const [one, other] = [groups.of(a), groups.of(b)];
  if (one === other) return true;
  if (!groups.mayJoin(one, other)) return false;
  groups.join(one, other, reason);
  return true;
}

function toClusters(groups: Groups, disputed: readonly IndexPair[], maybe: readonly IndexPair[]): Cluster[] {
  const all = groups.all();
  for (const { members, reasons } of all) {
    members.sort((a, b) => a.index - b.index);
    reasons.sort((a, b) => compareText(a.rule, b.rule) || compareText(a.detail, b.detail));
  }
  const clusters = new Map<Group, Cluster>();
  for (const group of all.sort(compareFirst)) {
    const items = group.members.map(({ item }) => item);
    clusters.set(group, { id: "", items, mergedBecause: group.reasons, maybeSame: [] });
  }
  const sorted = [...clusters.values()];
  nameClusters(sorted);
  for (const [a, b] of [...disputed, ...maybe]) {
    const [one, other] = [clusters.get(groups.of(a)), clusters.get(groups.of(b))];
    if (!one || !other || one === other) continue;
    note(one, other.id);
    note(other, one.id);
  }
  for (const cluster of sorted) cluster.maybeSame.sort(compareText).splice(MAYBE_MAX);
  return sorted;
}

/**
 * A stored source's title id names its cluster, the strongest source's first; else the strongest source mints it. Where two clusters
 * claim one id (the store knows them as one work, the vetoes do not) the one that holds the id's own source keeps it.
 */
function nameClusters(clusters: readonly Cluster[]): void {
  const used = new Set<string>();
  const owners = new Map<string, Cluster>();
  for (const cluster of clusters) for (const item of cluster.items) owners.set(item.sourceId, cluster);
  for (const cluster of clusters) {
    cluster.id = findClaim(cluster, (id) => !used.has(id) && (owners.get(id) ?? cluster) === cluster);
    used.add(cluster.id);
  }
}

/** The first id that is free, else the first of all: title ids of stored sources before those that the sources would mint. */
function findClaim({ items }: Cluster, isFree: (id: string) => boolean): string {
  const stored = items.find((item) => item.known && isFree(item.titleId));
  if (stored) return stored.titleId;
  const own = items.find((item) => isFree(item.sourceId));
  if (own) return own.sourceId;
  return items.find((item) => item.known)?.titleId ?? items[0]?.sourceId ?? "";
}

function note(cluster: Cluster, id: string): void {
  if (!cluster.maybeSame.includes(id)) cluster.maybeSame.push(id);
}

function compareFirst({ members: [a] }: Group, { members: [b] }: Group): number {
  return a && b ? a.item.rank - b.item.rank || a.index - b.index : 0;
}

function toPairs(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const both = new Map<string, Set<string>>();
  for (const [a, b] of pairs) {
    both.set(a, (both.get(a) ?? new Set()).add(b));
    both.set(b, (both.get(b) ?? new Set()).add(a));
  }
  return both;
}

function providersOf(items: readonly Prepared[], a: number, b: number): string {
  return [items[a]?.item.providerId, items[b]?.item.providerId].join(" and ");
}

function toDetail(items: readonly Prepared[], pair: LikePair): string {
  const years = [...new Set([items[pair.a]?.item.year, items[pair.b]?.item.year])].filter((year) => year != null);
  const author = pair.authorless ? "no author to compare" : "a common author";
  const alike = pair.rule === "same_title" ? "Same title" : "Nearly the same title";
  return `${alike} “${pair.title}” (${years.join("/")}), ${author}: ${providersOf(items, pair.a, pair.b)}`;
}
