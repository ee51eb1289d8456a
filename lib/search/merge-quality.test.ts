import { describe, expect, it } from "vitest";
import { merge } from "./merge";
import { anItem, type ItemSketch } from "./testing/items";
import { LABELLED_PAIRS } from "./testing/pairs";

const PRECISION_MIN = 0.995;

function judge(withIds: boolean) {
  const strip = (sketch: ItemSketch) => anItem(withIds ? sketch : { ...sketch, ids: {} });
  const wrong: string[] = [];
  const missed: string[] = [];
  let right = 0;
  for (const pair of LABELLED_PAIRS) {
    // Uzumaki and the web comics are only known apart by their ids; without them nobody could tell.
    if (!withIds && !pair.same && pair.name === "same title and people, ids differ") continue;
    const merged = merge([strip(pair.a), strip(pair.b)]).length === 1;
    if (merged && !pair.same) wrong.push(pair.name);
    if (merged && pair.same) right++;
    if (!merged && pair.same) missed.push(pair.name);
  }
  return { precision: right / (right + wrong.length), recall: right / (right + missed.length), wrong, missed };
}

describe("merging, against pairs labelled by hand", () => {
  it("has at least 60 of them, look-alikes and true pairs in equal parts", () => {
    const true_ = LABELLED_PAIRS.filter((pair) => pair.same).length;
    expect(LABELLED_PAIRS.length).toBeGreaterThanOrEqual(60);
    expect(true_ / LABELLED_PAIRS.length).toBeGreaterThan(0.4);
    expect(true_ / LABELLED_PAIRS.length).toBeLessThan(0.6);
  });

  it("merges nearly no two works with ids, and finds nearly all true pairs", () => {
    const { precision, recall, wrong } = judge(true);
    expect(wrong).toEqual([]);
    expect(precision).toBeGreaterThanOrEqual(PRECISION_MIN);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it("merges nearly no two works without ids, and still finds most true pairs", () => {
    const { precision, recall, wrong } = judge(false);
    expect(wrong).toEqual([]);
    expect(precision).toBeGreaterThanOrEqual(PRECISION_MIN);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });
});
