import { describe, expect, test } from "vitest";
import { CATALOGUE, FILMS, familyFirst, findNativeName } from "./catalogue";
import { parseWorks } from "./parse-works";
import type { UpstreamId } from "./shelf";
import { findWork, findWorkKey, shelfOf, UPSTREAM_IDS } from "./shelf";
import type { WorkIds } from "./work";

const named = (romaji: string, type?: string) =>
  CATALOGUE.filter((work) => work.romaji === romaji && (type === undefined || work.type === type));

describe("the catalogue", () => {
  test("has at least 300 works with a title, a maker, a description and tags each", () => {
    expect(CATALOGUE.length).toBeGreaterThanOrEqual(300);
    for (const work of CATALOGUE) {
      expect(work.romaji, work.key).not.toBe("");
      expect(work.story.length, work.key).toBeGreaterThan(0);
      expect(work.description.length, work.key).toBeGreaterThan(20);
      expect(work.tags.length, work.key).toBeGreaterThan(0);
      expect(work.year, work.key).toBeGreaterThan(1800);
      expect(work.year, work.key).toBeLessThan(2027);
    }
  });

  test.each(["key", "al", "mal", "kt", "mu", "md", "opds", "ol"] as const)(
    "gives no two works the same %s",
    (namespace) => {
      const ids = CATALOGUE.map((work) => (namespace === "key" ? work.key : work.ids[namespace as keyof WorkIds]));
      expect(new Set(ids).size).toBe(CATALOGUE.length);
    },
  );

  test("keeps real numbers where they are known", () => {
    expect(named("Berserk", "manga")[0]?.ids).toMatchObject({ al: 30002, mal: 2, kt: 8 });
    expect(named("Naruto")[0]?.ids).toMatchObject({ al: 30011, mal: 11 });
    expect(named("Chainsaw Man")[0]?.ids).toMatchObject({ al: 105778, mal: 116778 });
    expect(CATALOGUE.every((work) => work.ids.mu >= 1e10 && work.ids.mu < 36 ** 7)).toBe(true);
  });

  test("writes native titles in the script of the language", () => {
    for (const work of CATALOGUE) {
      if (work.language === "ko") expect(work.native, work.key).toMatch(/\p{Script=Hangul}/u);
      if (work.language === "zh") expect(work.native, work.key).toMatch(/\p{Script=Han}/u);
    }
  });

  test.each([
    "Berserk",
    "Berserk: Honoo Ryuu no Kishi",
    "Boushoku no Berserk",
    "Berserk: Shinen no Kami",
    "Berserk: The Prototype",
    "Tokyo Ghoul",
    "Tokyo Ghoul:re",
    "20 Seiki Shounen",
    "21 Seiki Shounen",
    "Horimiya",
    "Hori-san to Miyamura-kun",
    "One Punch-Man",
    "citrus",
    "citrus+",
    "Dragon Ball",
    "Dragon Ball SD",
    "[Oshi no Ko]",
  ])("has the look-alike %s", (romaji) => {
    expect(named(romaji)).not.toHaveLength(0);
  });

  test("has novel and comic of one name, one-shot and serial of one name, two comics of one name", () => {
    for (const romaji of ["Overlord", "Boushoku no Berserk", "Kusuriya no Hitorigoto", "Goblin Slayer"]) {
      expect(
        named(romaji)
          .map((work) => work.type)
          .sort(),
      ).toEqual(["manga", "novel"]);
    }
    expect(
      named("Koe no Katachi")
        .map((work) => work.type)
        .sort(),
    ).toEqual(["manga", "one_shot"]);
    expect(
      named("One Punch-Man")
        .map((work) => work.year)
        .sort(),
    ).toEqual([2009, 2012]);
  });

  test("names the line that breaks a rule", () => {
    expect(() => parseWorks("Only|three|cells")).toThrow("3 columns, not 13: Only|three|cells");
    expect(() => parseWorks("A|||||B|1999|o|opera|x|s||y")).toThrow(/Unknown type/);
  });
});

describe("films and series", () => {
  test("are at least 60, real ones with their real numbers", () => {
    expect(FILMS.length).toBeGreaterThanOrEqual(60);
    expect(FILMS.filter(({ type }) => type === "tv").length).toBeGreaterThanOrEqual(25);
    expect(FILMS.find(({ romaji }) => romaji === "The Matrix")?.ids).toMatchObject({ tmdb: 603, imdb: "tt0133093" });
    for (const film of FILMS) expect(film.description.length, film.key).toBeGreaterThan(20);
  });

  test("are numbered apart, so that a film and a series may have one number", () => {
    const ids = FILMS.map((film) => shelfOf("tmdb").idOf(film));
    expect(new Set(ids).size).toBe(FILMS.length);
    expect(findWork("tmdb", "movie/121")?.romaji).toMatch(/Two Towers/);
    expect(findWork("tmdb", "tv/121")?.romaji).toBe("Doctor Who");
  });

  test("have remakes and namesakes", () => {
    for (const title of ["Oldboy", "Dune", "The Office", "Doctor Who", "Ghost in the Shell"]) {
      expect(FILMS.filter(({ romaji }) => romaji === title)).toHaveLength(2);
    }
  });
});

describe("what an upstream knows", () => {
  test.each(UPSTREAM_IDS)("%s knows at least 60 % but not all, Berserk among them", (id) => {
    const { works } = shelfOf(id);
    const world = id === "tmdb" ? FILMS : CATALOGUE;
    expect(works.length / world.length).toBeGreaterThanOrEqual(0.6);
    expect(works.length).toBeLessThan(world.length);
    expect(works).toContain(world.find(({ romaji }) => romaji === "Berserk"));
  });

  test("differs from upstream to upstream", () => {
    const knows = (id: UpstreamId) => new Set(shelfOf(id).works);
    for (const id of UPSTREAM_IDS) {
      for (const other of UPSTREAM_IDS.filter((candidate) => candidate !== id)) {
        const others = knows(other);
        expect(
          shelfOf(id).works.some((work) => !others.has(work)),
          `${id} beside ${other}`,
        ).toBe(true);
      }
    }
  });

  test("can be traced back from its id to the work", () => {
    const berserk = named("Berserk", "manga")[0];
    const keys = UPSTREAM_IDS.filter((id) => id !== "tmdb").map((id) =>
      findWorkKey(id, berserk ? shelfOf(id).idOf(berserk) : ""),
    );
    expect(new Set(keys)).toEqual(new Set([berserk?.key]));
    expect(findWorkKey("kitsu", "0")).toBeNull();
  });
});

describe("search", () => {
  const found = (text: string) => shelfOf("anilist").search(text);

  test.each([
    ["berserk", "Berserk"],
    ["ベルセルク", "Berserk"],
    ["one piece", "One Piece"],
    ["Kentou", undefined],
    ["tokio ghoul", "Tokyo Ghoul"],
    ["oshi no ko", "[Oshi no Ko]"],
    ["Na Honjaman Level-Up: Ragnarok", "Solo Leveling: Ragnarok"],
    ["apothecary diaries", "Kusuriya no Hitorigoto"],
    ["20th century", "20 Seiki Shounen"],
    ["zzqxjw", undefined],
  ])("%s finds %s first", (text, romaji) => {
    expect(found(text)[0]?.romaji).toBe(romaji);
  });

  test("is looser on demand", () => {
    const shelf = shelfOf("kitsu");
    expect(shelf.search("berserk knight", { loose: true }).length).toBeGreaterThan(
      shelf.search("berserk knight").length,
    );
  });
});

test("people are named family first where the name has two words", () => {
  expect(familyFirst("Kentarou Miura")).toBe("Miura Kentarou");
  expect(familyFirst("ONE")).toBe("ONE");
  expect(findNativeName("Kentarou Miura")).toBe("三浦建太郎");
  expect(findNativeName("Nobody")).toBeNull();
});
