import { distance } from "fastest-levenshtein";
import { ID_NAMESPACES } from "@/lib/providers/work";
import { relateAuthors } from "./merge-authors";
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
  const offer = (pair: LikePair) => {
    const id = pair.a * items.length + pair.b;
    const before = pairs.get(id);
    if (!before || rankOf(pair) < rankOf(before)) pairs.set(id, pair);
  };

  const byKey = keysToItems(items);
  for (const holders of byKey.values()) {
    eachPair(holders, (one, other) => {
      const relation = relationOf(one.index, other.index);
      if (relation) offer({ a: one.index, b: other.index, ...judgeEqual(relation, one.form, other.form) });
    });
  }
  for (const [one, other] of nearKeys(byKey)) {
    const likeness = similarityOf(one, other);
    if (likeness < SIMILARITY_MAYBE) continue;
    for (const left of one.holders) {
      for (const right of other.holders) {
        if (left.index === right.index) continue;
        const [a, b] = left.index < right.index ? [left, right] : [right, left];
        const relation = relationOf(a.index, b.index);
        if (relation) offer({ a: a.index, b: b.index, ...judgeNear(relation, a.form, b.form, likeness) });
      }
    }
  }
  return [...pairs.values()];
}

interface Relation {
  authors: "overlap" | "disjoint" | "unknown";
  /** Null when a side does not know its year. */
  years: number | null;
  familyKnown: boolean;
}

interface Holder {
  index: number;
  form: TitleForm;
}

type Judgement = Omit<LikePair, "a" | "b">;

/** Null when the two are certainly different. */
function relate(a: Prepared | undefined, b: Prepared | undefined): Relation | null {
  if (!a || !b || a.item.providerId === b.item.providerId) return null;
  if (a.family && b.family && a.family !== b.family) return null;
  const years = a.item.year === null || b.item.year === null ? null : Math.abs(a.item.year - b.item.year);
  if (years !== null && years > 1) return null;
  for (const namespace of ID_NAMESPACES) {
    const [one, other] = [a.item.ids[namespace], b.item.ids[namespace]];
    if (one && other && one !== other) return null;
  }
  return {
    authors: relateAuthors(a.authors, b.authors),
    years,
    familyKnown: a.family !== null && b.family !== null,
  };
}

function judgeEqual(relation: Relation, a: TitleForm, b: TitleForm): Judgement {
  const mains = (a.isMain ? 1 : 0) + (b.isMain ? 1 : 0);
  const authorless = relation.authors === "unknown";
  const proved =
    relation.authors === "overlap"
      ? relation.years !== null
      : authorless && relation.years === 0 && mains > 0 && a.key.length > (isShortScript(a.key) ? 1 : SHORT_KEY_MAX);
  return {
    verdict: proved && relation.familyKnown ? "same" : "maybe",
    rule: "same_title",
    quality: (authorless ? 20 : 0) + (2 - mains) * 4 + (relation.years ?? 2),
    authorless,
    title: a.text,
  };
}

function judgeNear(relation: Relation, a: TitleForm, b: TitleForm, likeness: number): Judgement {
  // A title that only goes on where the other ends is a sequel or a spin-off more often than a slip of the pen.
  const goesOn = a.key.startsWith(b.key) || b.key.startsWith(a.key);
  const proved = likeness >= SIMILARITY_SAME && !goesOn && relation.authors === "overlap" && relation.years === 0;
  return {
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

function keysToItems(items: readonly Prepared[]): Map<string, Holder[]> {
  const byKey = new Map<string, Holder[]>();
  for (const [index, item] of items.entries()) {
    for (const form of item.titles) {
      const holders = byKey.get(form.key);
      if (holders) holders.push({ index, form });
      else byKey.set(form.key, [{ index, form }]);
    }
  }
  return byKey;
}

interface KeyEntry {
  key: string;
  holders: readonly Holder[];
}

/** Pairs of long keys with equal digits that begin or end alike and are nearly as long: all that can be ≥ 0.85 alike, but for few. */
function* nearKeys(byKey: ReadonlyMap<string, readonly Holder[]>): Generator<[KeyEntry, KeyEntry]> {
  const blocks = new Map<string, KeyEntry[]>();
  const put = (name: string, entry: KeyEntry) => {
    const block = blocks.get(name);
    if (block) block.push(entry);
    else blocks.set(name, [entry]);
  };
  for (const [key, holders] of byKey) {
    if (key.length < NEAR_LENGTH_MIN) continue;
    const digits = holders[0]?.form.digits ?? "";
    put(`^${key.slice(0, BLOCK_LENGTH)}\n${digits}`, { key, holders });
    put(`$${key.slice(-BLOCK_LENGTH)}\n${digits}`, { key, holders });
  }
  for (const [name, block] of blocks) {
    const isSuffix = name.startsWith("$");
    for (const [place, one] of block.entries()) {
      for (const other of block.slice(place + 1)) {
        if (isSuffix && one.key.slice(0, BLOCK_LENGTH) === other.key.slice(0, BLOCK_LENGTH)) continue;
        const longest = Math.max(one.key.length, other.key.length);
        if (Math.abs(one.key.length - other.key.length) <= longest * (1 - SIMILARITY_MAYBE)) yield [one, other];
      }
    }
  }
}

function similarityOf(a: KeyEntry, b: KeyEntry): number {
  return 1 - distance(a.key, b.key) / Math.max(a.key.length, b.key.length);
}

function eachPair(holders: readonly Holder[], visit: (a: Holder, b: Holder) => void): void {
  for (const [place, one] of holders.entries()) {
    for (let next = place + 1; next < holders.length; next++) {
      const other = holders[next];
      if (other && other.index !== one.index) visit(one, other);
    }
  }
}
