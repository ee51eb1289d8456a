import { readFileSync } from "node:fs";
import { parseWorks } from "./parse-works";
import type { Work } from "./work";

const data = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

/** Everything that is read in the simulated world. */
export const CATALOGUE: readonly Work[] = parseWorks(data("works.txt"));

/** Everything that is watched there: films and series. */
export const FILMS: readonly Work[] = parseWorks(data("films.txt"));

const NATIVE_NAMES: ReadonlyMap<string, string> = new Map(
  data("people.txt")
    .split("\n")
    .filter((line) => line.includes("=") && !line.startsWith("#"))
    .map((line) => {
      const [name = "", native = ""] = line.split("=");
      return [name, native];
    }),
);

/** The person's name in its own script; null when the data do not have it. */
export function findNativeName(name: string): string | null {
  return NATIVE_NAMES.get(name) ?? null;
}

/** "Kentarou Miura" → "Miura Kentarou"; names of one word, and pen names of three and more, stay. */
export function familyFirst(name: string): string {
  const words = name.split(" ");
  return words.length === 2 ? `${words[1]} ${words[0]}` : name;
}
