import type { ContentRating, WorkStatus, WorkType } from "@/lib/providers/work";
import { WORK_TYPES } from "@/lib/providers/work";
import { hash, hashUuid } from "./hash";
import type { Work, WorkIds } from "./work";

const STATUSES: Readonly<Record<string, WorkStatus>> = {
  o: "ongoing",
  f: "finished",
  p: "paused",
  c: "cancelled",
  u: "upcoming",
};
const RATINGS: Readonly<Record<string, ContentRating>> = {
  s: "safe",
  g: "suggestive",
  e: "erotica",
  p: "pornographic",
};
const DEMOGRAPHICS = ["shounen", "shoujo", "seinen", "josei", "kids"];
const COLUMNS = 13;

/** MyAnimeList numbers up to here became AniList's by this addition when AniList was filled. */
const ANILIST_OFFSET = { upTo: 50_000, plus: 30_000 };

/** Numbers made up for works whose real one is not in the data stay unique within their namespace. */
const MADE_UP = {
  al: { from: 90_000, to: 180_000 },
  mal: { from: 100_000, to: 170_000 },
  kt: { from: 1_000, to: 70_000 },
  mu: { from: 10_000_000_000, to: 78_000_000_000 },
  ol: { from: 500_000, to: 28_000_000 },
  tmdb: { from: 20_000, to: 900_000 },
} as const;

/** Reads the lines of `works.txt` or `films.txt`; a line that breaks a rule is an error naming it. */
export function parseWorks(text: string): Work[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const works = lines.map(parseLine);
  return giveIds(works);
}

type Draft = Omit<Work, "ids"> & { known: Partial<WorkIds> };

function parseLine(line: string): Draft {
  const cells = line.split("|");
  if (cells.length !== COLUMNS) throw new Error(`${cells.length} columns, not ${COLUMNS}: ${line}`);
  const cell = (index: number) => cells[index] ?? "";
  const everywhere = line.startsWith("*");
  const romaji = cell(0).replace(/^\*/, "");
  const [typeName = "", languageName] = cell(8).split(":");
  const type = WORK_TYPES.find((candidate) => candidate === typeName);
  const status = STATUSES[cell(7)];
  const rating = RATINGS[cell(10)];
  if (!type || !status || !rating) throw new Error(`Unknown type, status or rating: ${line}`);
  const year = Number(cell(6));
  const story = list(cell(4));
  const labels = list(cell(9), ",");
  const demographic = labels.find((label) => DEMOGRAPHICS.includes(label)) ?? null;
  const key = `${romaji} / ${type} ${year} / ${story.join(", ")}`;
  return {
    key,
    romaji,
    english: cell(1) === "=" ? romaji : cell(1) || null,
    native: cell(2) || null,
    synonyms: list(cell(3)),
    story,
    art: cell(5) === "" ? story : list(cell(5)),
    year,
    status,
    type,
    language: parseLanguage(languageName, type),
    demographic,
    tags: labels.filter((label) => label !== demographic),
    rating,
    score: 0.6 + (hash("score", key) % 350) / 1000,
    known: parseIds(cell(11)),
    description: cell(12),
    everywhere,
  };
}

function list(cell: string, separator = ";"): string[] {
  return cell.split(separator).filter((part) => part !== "");
}

function parseLanguage(name: string | undefined, type: WorkType): Work["language"] {
  if (name) return name;
  if (type === "manhwa") return "ko";
  return type === "manhua" ? "zh" : "ja";
}

function parseIds(cell: string): Partial<WorkIds> {
  const ids: Partial<WorkIds> = {};
  for (const [namespace, value = ""] of list(cell, " ").map((pair) => pair.split(":"))) {
    if (namespace === "md" || namespace === "imdb") ids[namespace] = value;
    if (namespace === "ol") ids.ol = Number(value.replace(/\D/g, ""));
    if (namespace === "mu") ids.mu = Number.parseInt(value, 36);
    if (namespace === "al" || namespace === "mal" || namespace === "kt" || namespace === "tmdb")
      ids[namespace] = Number(value);
  }
  if (ids.mal !== undefined && ids.mal < ANILIST_OFFSET.upTo) ids.al ??= ids.mal + ANILIST_OFFSET.plus;
  return ids;
}

function giveIds(drafts: readonly Draft[]): Work[] {
  const numbers = Object.fromEntries(
    (["al", "mal", "kt", "mu", "ol", "tmdb"] as const).map((namespace) => [namespace, giveNumbers(drafts, namespace)]),
  ) as Record<keyof typeof MADE_UP, Map<string, number>>;
  return drafts.map(({ known, ...draft }) => {
    const number = (namespace: keyof typeof MADE_UP) => numbers[namespace].get(draft.key) ?? 0;
    const md = known.md ?? hashUuid("mangadex", draft.key);
    const opds = hashUuid("opds", draft.key);
    const imdb = known.imdb ?? `tt${9_000_000 + (hash("imdb", draft.key) % 900_000)}`;
    const [al, mal, kt, mu] = [number("al"), number("mal"), number("kt"), number("mu")];
    return { ...draft, ids: { al, mal, kt, mu, md, opds, ol: number("ol"), tmdb: number("tmdb"), imdb } };
  });
}

function giveNumbers(drafts: readonly Draft[], namespace: keyof typeof MADE_UP): Map<string, number> {
  const taken = new Set(drafts.map((draft) => draft.known[namespace]));
  const { from, to } = MADE_UP[namespace];
  const given = new Map<string, number>();
  for (const draft of drafts) {
    let number = draft.known[namespace] ?? from + ((hash(namespace, draft.key) * 7_919) % (to - from));
    while (draft.known[namespace] === undefined && taken.has(number)) number += 1;
    taken.add(number);
    given.set(draft.key, number);
  }
  return given;
}
