import { distance } from "fastest-levenshtein";
import { eachPair } from "./each-pair";
import { relateAuthors } from "./merge-authors";
import { haveOtherIds } from "./merge-groups";
import type { Prepared, TitleForm } from "./merge-item";

/** A pair that looks alike. Lower `quality` is better and is tried first; `same` may join, `maybe` is only shown. */
export interface LikePair {
  a: number;
  b: number;
  verdict: "same" | "maybe";
  rule: "same_title" | "similar_title";
  quality: number;
  /** Joined although one side names no author: must not be ambiguous. */
  authorless: boolean;
  title: string;
}

const SIMILARITY_SAME = 0.9;
const SIMILARITY_MAYBE = 0.85;
const NEAR_LENGTH_MIN = 8;
const SHORT_KEY_MAX = 3;
const BLOCK_LENGTH = 4;

/**
 * Pairs of items that look alike by title, year, author and family. Rules: equal key, |Δyear| ≤ 1 and a common author → same; equal
 * key, same year, author unknown → same; Levenshtein similarity ≥ 0.9 of keys ≥ 8 with equal digits, same year and a common author →
 * same; weaker evidence → maybe; |Δyear| > 1 → nothing. `isDecided` leaves out pairs that are decided already.
 */
export function likePairs(items: readonly Prepared[], isDecided: (a: number, b: number) => boolean): LikePair[] {
  const pairs = new Map<number, LikePair>();
  const relations = new Map<number, Relation | null>();

  const relationOf = (a: number, b: number): Relation | null => {
    if (isDecided(a, b)) return null;
    const id = a * items.length + b;
    let relation = relations.get(id);
    if (relation === undefined) {
      relation = relate(items[a], items[b]);
      relations.set(id, relation);
    }
    return relation;
  };
  const idOf = (a: TitleForm, b: TitleForm) => a.index * items.length + b.index;
  const offer = (id: number, pair: LikePair) => {
    const before = pairs.get(id);
    if (!before || rankOf(pair) < rankOf(before)) pairs.set(id, pair);
  };

  const byKey = formsByKey(items);
  for (const forms of byKey.values()) {
    eachPair(forms, (a, b) => {
      const relation = relationOf(a.index, b.index);
      const before = pairs.get(idOf(a, b));
      if (relation && !(before && rankOf(before) <= bestEqual(relation))) offer(idOf(a, b), judgeEqual(relation, a, b));
    });
  }
  eachNearPair(byKey, (one, other) => {
    const likeness = similarityOf(one.key, other.key);
    if (likeness < SIMILARITY_MAYBE) return;
    for (const left of one.forms) {
      for (const right of other.forms) {
        if (left.index === right.index) continue;
        const [a, b] = left.index < right.index ? [left, right] : [right, left];
        const relation = relationOf(a.index, b.index);
        if (relation) offer(idOf(a, b), judgeNear(relation, a, b, likeness));
      }
    }
  });
  return [...pairs.values()];
}

interface Relation {
  authors: "overlap" | "disjoint" | "unknown";
  /** Null when a side does not know its year. */
  years: number | null;
  familyKnown: boolean;
}

/** Null when the two are certainly different. */
function relate(a: Prepared | undefined, b: Prepared | undefined): Relation | null {
  if (!a || !b || a.item.providerId === b.item.providerId) return null;
  if (a.family && b.family && a.family !== b.family) return null;
  const years = a.item.year === null || b.item.year === null ? null : Math.abs(a.item.year - b.item.year);
  if (years !== null && years > 1) return null;
  if (haveOtherIds(a.item.ids, b.item.ids)) return null;
  return {
    authors: relateAuthors(a.authors, b.authors),
    years,
    familyKnown: a.family !== null && b.family !== null,
  };
}

function judgeEqual(relation: Relation, a: TitleForm, b: TitleForm): LikePair {
  const mains = (a.isMain ? 1 : 0) + (b.isMain ? 1 : 0);
  const authorless = relation.authors === "unknown";
  const proved =
    relation.authors === "overlap"
      ? relation.years !== null
      : authorless && relation.years === 0 && mains > 0 && a.key.length > (isShortScript(a.key) ? 1 : SHORT_KEY_MAX);
  return {
    a: a.index,
    b: b.index,
    verdict: proved && relation.familyKnown ? "same" : "maybe",
    rule: "same_title",
    quality: bestEqual(relation) + (2 - mains) * 4,
    authorless,
    title: a.text,
  };
}

/** The quality of equal main titles: there is none better between two items. */
function bestEqual({ authors, years }: Relation): number {
  return (authors === "unknown" ? 20 : 0) + (years ?? 2);
}

function judgeNear(relation: Relation, a: TitleForm, b: TitleForm, likeness: number): LikePair {
  // A title that only goes on where the other ends is a sequel or a spin-off more often than a slip of the pen.
  const goesOn = a.key.startsWith(b.key) || b.key.startsWith(a.key);
  const proved = likeness >= SIMILARITY_SAME && !goesOn && relation.authors === "overlap" && relation.years === 0;
  return {
    a: a.index,
    b: b.index,
    verdict: proved && relation.familyKnown ? "same" : "maybe",
    rule: "similar_title",
    quality: 40 + (1 - likeness) * 100,
    authorless: false,
    title: a.text,
  };
}

function rankOf(pair: LikePair): number {
  return pair.quality + (pair.verdict === "same" ? 0 : 1000);
}

/** Two letters of Han or kana say more than two of Latin. */
function isShortScript(key: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(key);
}

function formsByKey(items: readonly Prepared[]): Map<string, TitleForm[]> {
  const byKey = new Map<string, TitleForm[]>();
  for (const { titles } of items) {
    for (const form of titles) {
      const others = byKey.get(form.key);
      if (others) others.push(form);
      else byKey.set(form.key, [form]);
    }
  }
  return byKey;
}

interface KeyEntry {
  key: string;
  forms: readonly TitleForm[];
}

/** Pairs of long keys with equal digits that begin or end alike and are nearly as long: all that can be ≥ 0.85 alike, but for few. */
function eachNearPair(
  byKey: ReadonlyMap<string, readonly TitleForm[]>,
  visit: (one: KeyEntry, other: KeyEntry) => void,
): void {
  const byStart = new Map<string, KeyEntry[]>();
  const byEnd = new Map<string, KeyEntry[]>();
  for (const [key, forms] of byKey) {
    if (key.length < NEAR_LENGTH_MIN) continue;
    const digits = forms[0]?.digits ?? "";
    const entry = { key, forms };
    put(byStart, key.slice(0, BLOCK_LENGTH) + digits, entry);
    put(byEnd, key.slice(-BLOCK_LENGTH) + digits, entry);
  }
  for (const block of byStart.values()) {
    eachPair(block, (one, other) => {
      if (areNearlyAsLong(one.key, other.key)) visit(one, other);
    });
  }
  for (const block of byEnd.values()) {
    eachPair(block, (one, other) => {
      const isKnown = one.key.slice(0, BLOCK_LENGTH) === other.key.slice(0, BLOCK_LENGTH);
      if (!isKnown && areNearlyAsLong(one.key, other.key)) visit(one, other);
    });
  }
}

function put(blocks: Map<string, KeyEntry[]>, name: string, entry: KeyEntry): void {
  const block = blocks.get(name);
  if (block) block.push(entry);
  else blocks.set(name, [entry]);
}

function areNearlyAsLong(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= Math.max(a.length, b.length) * (1 - SIMILARITY_MAYBE);
}

function similarityOf(a: string, b: string): number {
  return 1 - distance(a, b) / Math.max(a.length, b.length);
}
