import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceKey } from "./item";
import { type Cluster, merge } from "./merge";
import { anItem, type ItemSketch } from "./testing/items";

const shape = (clusters: readonly Cluster[]) =>
  clusters
    .map(({ id, items, maybeSame, mergedBecause }) => ({ id, sources: items.map(sourceKey), maybeSame, mergedBecause }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

const berserk = { titles: ["Berserk"], year: 1989, authors: ["Miura Kentarou"] };

describe("merge", () => {
  it("says why it merged", () => {
    const [cluster] = merge([
      anItem({ provider: "mangadex", ...berserk, ids: { mal: "2" } }),
      anItem({ provider: "kitsu", ...berserk, ids: { mal: "2" } }),
      anItem({ provider: "mangaupdates", titles: ["Berserk"], year: 1989 }),
    ]);
    expect(cluster?.items.map((item) => item.providerId)).toEqual(["mangadex", "mangaupdates", "kitsu"]);
    expect(cluster?.mergedBecause).toEqual([
      { rule: "same_title", detail: expect.stringContaining("“Berserk” (1989), no author to compare") },
      { rule: "shared_id", detail: "mal:2 at mangadex and kitsu" },
    ]);
  });

  it("takes subtitles of one film for neither each other nor the film", () => {
    const film = { titles: ["The Matrix"], year: 1999, ids: { tmdb: "movie/603" } } as const;
    const clusters = merge([
      anItem({ provider: "opensubtitles", id: "1", type: "subtitle", ...film, titles: [...film.titles] }),
      anItem({ provider: "opensubtitles", id: "2", type: "subtitle", ...film, titles: [...film.titles] }),
      anItem({ provider: "tmdb", id: "movie/603", type: "movie", ...film, titles: [...film.titles] }),
    ]);
    expect(clusters.map(({ items, maybeSame }) => [items.length, maybeSame])).toEqual([
      [1, []],
      [1, []],
      [1, []],
    ]);
  });

  it("does not let a chain of ids join two works", () => {
    const clusters = merge([
      anItem({ provider: "mangadex", titles: ["A"], ids: { mal: "1", mu: "7" } }),
      anItem({ provider: "anilist", titles: ["B"], ids: { mal: "1" } }),
      anItem({ provider: "kitsu", titles: ["C"], ids: { mal: "1", mu: "8" } }),
    ]);
    expect(clusters).toHaveLength(2);
    expect(clusters.every((cluster) => cluster.maybeSame.length === 1)).toBe(true);
  });

  it("offers as maybe what lacks a year", () => {
    const clusters = merge([
      anItem({ provider: "mangadex", ...berserk }),
      anItem({ provider: "kitsu", ...berserk, year: null }),
    ]);
    expect(clusters.map((cluster) => cluster.maybeSame)).toEqual([[clusters[1]?.id], [clusters[0]?.id]]);
  });

  it("does not hang an item without authors on one of two works that it fits alike", () => {
    const clusters = merge([
      anItem({ provider: "mangadex", titles: ["Orange"], year: 2012, authors: ["Takano Ichigo"] }),
      anItem({ provider: "anilist", titles: ["Orange"], year: 2012, authors: ["Benjamin Zhang"] }),
      anItem({ provider: "mangaupdates", titles: ["Orange"], year: 2012 }),
    ]);
    expect(clusters).toHaveLength(3);
  });

  it("takes the id that a source is stored under, else the strongest source's", () => {
    const md = anItem({ provider: "mangadex", ...berserk, ids: { mal: "2" } });
    const kt = anItem({ provider: "kitsu", ...berserk, ids: { mal: "2" } });
    expect(merge([kt, md])[0]?.id).toBe(md.sourceId);
    expect(merge([kt, md], { weights: { kitsu: 1.5 } })[0]?.id).toBe(kt.sourceId);
    expect(merge([{ ...kt, known: true, titleId: "stored" }, md])[0]?.id).toBe("stored");
  });

  it("keeps together what is stored as one title, if nothing forbids it", () => {
    const one = anItem({ provider: "mangadex", titles: ["A"], knownAs: "t" });
    expect(merge([one, anItem({ provider: "kitsu", titles: ["B"], knownAs: "t" })])).toHaveLength(1);
    const apart = merge([one, anItem({ provider: "kitsu", titles: ["B"], type: "novel", knownAs: "t" })]);
    expect(apart).toHaveLength(2);
    expect(new Set(apart.map((cluster) => cluster.id)).size).toBe(2);
  });

  it("obeys the user's rules before everything else", () => {
    const a = anItem({ provider: "mangadex", ...berserk, ids: { mal: "2" } });
    const b = anItem({ provider: "kitsu", ...berserk, ids: { mal: "2" } });
    const c = anItem({ provider: "anilist", titles: ["Else"], type: "novel" });
    const overrides = { splits: [[sourceKey(a), sourceKey(b)]], joins: [[sourceKey(a), sourceKey(c)]] } as const;
    const clusters = merge([a, b, c], { overrides });
    expect(clusters.map((cluster) => cluster.items.length).sort()).toEqual([1, 2]);
    expect(clusters.flatMap((cluster) => cluster.mergedBecause)[0]?.rule).toBe("user_join");
  });

  it("lists a source that came twice once, with its better place", () => {
    const item = anItem({ provider: "kitsu", ...berserk, rank: 7 });
    const [cluster] = merge([item, { ...item, rank: 2 }]);
    expect(cluster?.items.map(({ rank }) => rank)).toEqual([2]);
  });
});

const sketch = fc.record<ItemSketch>({
  provider: fc.constantFrom("mangadex", "anilist", "kitsu", "mangaupdates", "opds-home"),
  id: fc.constantFrom("1", "2", "3"),
  titles: fc.uniqueArray(
    fc.constantFrom("Orange", "ORANGE!", "Blue Spring Ride", "Blue Springs Ride", "Ao Haru Ride", "20th Boys"),
    { minLength: 1, maxLength: 3 },
  ),
  type: fc.constantFrom("manga", "manhwa", "novel", "unknown"),
  year: fc.constantFrom(null, 2010, 2011, 2014),
  authors: fc.subarray(["Takano Ichigo", "Sakisaka Io", "高野苺"]),
  ids: fc.record(
    { mal: fc.constantFrom("1", "2"), al: fc.constantFrom("1", "2"), mu: fc.constantFrom("1", "2") },
    { requiredKeys: [] },
  ),
  rank: fc.integer({ min: 1, max: 20 }),
});
const items = fc
  .uniqueArray(sketch, { maxLength: 14, selector: (one) => `${one.provider}/${one.id}` })
  .map((sketches) => sketches.map(anItem))
  .chain((made) =>
    // Some are stored: under a title of their own or of another source.
    fc.array(fc.option(fc.nat(13)), { minLength: made.length, maxLength: made.length }).map((stored) =>
      made.map((item, index) => {
        const owner = stored[index] == null ? undefined : made[stored[index] % made.length];
        return owner ? { ...item, known: true, titleId: owner.sourceId } : item;
      }),
    ),
  );

describe("merge, for any items", () => {
  it("does not depend on the order of arrival", () => {
    fc.assert(
      fc.property(
        items.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(shape(merge(shuffled))).toEqual(shape(merge(all)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("changes nothing when its result is merged again", () => {
    fc.assert(
      fc.property(items, (all) => {
        const once = merge(all);
        expect(shape(merge(once.flatMap((cluster) => cluster.items)))).toEqual(shape(once));
      }),
    );
  });

  it("loses and doubles nothing, and gives every cluster its own id", () => {
    fc.assert(
      fc.property(items, (all) => {
        const clusters = merge(all);
        const out = clusters.flatMap((cluster) => cluster.items.map(sourceKey));
        expect(out.sort()).toEqual(all.map(sourceKey).sort());
        expect(new Set(clusters.map((cluster) => cluster.id)).size).toBe(clusters.length);
      }),
      { numRuns: 200 },
    );
  });

  it("makes no cluster that breaks a veto", () => {
    fc.assert(
      fc.property(items, (all) => {
        for (const { items: members } of merge(all)) {
          const providers = members.map((item) => item.providerId);
          expect(new Set(providers).size).toBe(providers.length);
          const families = new Set(
            members.map((item) => (item.type === "manhwa" ? "manga" : item.type)).filter((type) => type !== "unknown"),
          );
          expect(families.size).toBeLessThanOrEqual(1);
          for (const namespace of ["mal", "al", "mu"] as const) {
            expect(new Set(members.map((item) => item.ids[namespace]).filter(Boolean)).size).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
