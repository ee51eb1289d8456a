import { describe, expect, it } from "vitest";
import { findNeighbour, type GraphKey } from "./find-neighbour";
import { layoutNarrow, layoutWide } from "./graph-layout";
import { graphOf } from "./testing/graphs";

const FACTS = graphOf({ hosts: { MangaDex: "api.mangadex.org", Kitsu: "kitsu.app", AniList: "anilist.co" } });

function walk(layout: ReturnType<typeof layoutWide>, from: string, ...keys: GraphKey[]): string | null {
  let at: string | null = from;
  for (const key of keys) at = at === null ? null : findNeighbour(layout.nodes, layout.edges, { from: at, key });
  return at;
}

describe("walking through the drawing", () => {
  it("goes right along what a part needs, to the internet, and back", () => {
    const wide = layoutWide(FACTS);
    expect(walk(wide, "app", "ArrowRight")).toMatch(/^provider:/);
    expect(walk(wide, "provider:Kitsu", "ArrowRight")).toBe("host:kitsu.app");
    expect(walk(wide, "provider:Kitsu", "ArrowRight", "ArrowRight")).toBe("egress");
    expect(walk(wide, "host:kitsu.app", "ArrowLeft")).toBe("provider:Kitsu");
    expect(walk(wide, "provider:Kitsu", "ArrowLeft")).toBe("app");
  });

  it("goes up and down within a column", () => {
    const wide = layoutWide(FACTS);
    expect(walk(wide, "provider:MangaDex", "ArrowDown")).toBe("provider:Kitsu");
    expect(walk(wide, "provider:Kitsu", "ArrowUp")).toBe("provider:MangaDex");
    expect(walk(wide, "app", "ArrowDown")).toBe("database");
    expect(walk(wide, "database", "ArrowDown", "ArrowDown")).toBe("queue");
  });

  it("stays where it is at the edge, and jumps to the ends", () => {
    const wide = layoutWide(FACTS);
    expect(walk(wide, "egress", "ArrowRight")).toBeNull();
    expect(walk(wide, "provider:Kitsu", "Home")).toBe("app");
    expect(walk(wide, "app", "End")).toBe(wide.nodes.at(-1)?.id);
    expect(walk(wide, "nobody", "ArrowDown")).toBeNull();
  });

  it.each([layoutWide, layoutNarrow])("reaches every part from the app by the arrow keys alone", (layout) => {
    const placed = layout(FACTS);
    const reached = new Set(["app"]);
    for (const id of reached) {
      for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] as const) {
        const next = walk(placed, id, key);
        if (next) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual(placed.nodes.map(({ id }) => id).sort());
  });
});
