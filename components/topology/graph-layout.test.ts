import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROVIDER_KINDS } from "@/lib/providers/provider";
import { layoutNarrow, layoutWide, type PlacedNode } from "./graph-layout";
import { graphOf } from "./testing/graphs";

const LAYOUTS = { wide: layoutWide, narrow: layoutNarrow };
const facts = fc
  .dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(...PROVIDER_KINDS)),
    {
      maxKeys: 40,
    },
  )
  .map((providers) =>
    graphOf({
      hosts: Object.fromEntries(Object.entries(providers).map(([name, [host]]) => [name, `h${host}.example`])),
      kinds: Object.fromEntries(Object.entries(providers).map(([name, [, kind]]) => [name, kind])),
    }),
  );

function overlaps(a: PlacedNode, b: PlacedNode): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe.each(Object.entries(LAYOUTS))("the %s layout", (_, layout) => {
  it("gives every part a place of its own inside the drawing, and every dependency a line", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { nodes, edges, width, height } = layout(given);
        expect(nodes.map(({ id }) => id).sort()).toEqual(given.graph.nodes.map(({ id }) => id).sort());
        expect(edges).toHaveLength(given.graph.edges.length);
        for (const [index, node] of nodes.entries()) {
          expect(node.x).toBeGreaterThanOrEqual(0);
          expect(node.y).toBeGreaterThanOrEqual(0);
          expect(node.x + node.width).toBeLessThanOrEqual(width);
          expect(node.y + node.height).toBeLessThanOrEqual(height);
          for (const other of nodes.slice(index + 1))
            expect([node.id, other.id, overlaps(node, other)]).toEqual([node.id, other.id, false]);
        }
        for (const { path } of edges) expect(path).not.toContain("NaN");
      }),
      { numRuns: 60 },
    );
  });

  it("puts providers under the heading of their kind", () => {
    const { nodes, headings } = layout(
      graphOf({ hosts: { Kitsu: "kitsu.app", Claude: "api.example", AniList: "anilist.co" }, kinds: { Claude: "ai" } }),
    );
    expect(headings.map(({ kind }) => kind)).toEqual(["catalogue", "ai"]);
    const yOf = (id: string) => nodes.find((node) => node.id === id)?.y ?? 0;
    expect(yOf("provider:AniList")).toBeLessThan(headings[1]?.y ?? 0);
    expect(yOf("provider:Claude")).toBeGreaterThan(headings[1]?.y ?? 0);
  });

  it("stands a host beside its provider when nothing is in the way", () => {
    const { nodes } = layout(graphOf({ hosts: { Kitsu: "kitsu.app", AniList: "anilist.co" } }));
    const yOf = (id: string) => nodes.find((node) => node.id === id)?.y;
    expect(yOf("host:kitsu.app")).toBe(yOf("provider:Kitsu"));
    expect(yOf("host:anilist.co")).toBe(yOf("provider:AniList"));
  });
});

it("leaves out a line whose end is not there", () => {
  const { graph, kinds } = graphOf({ hosts: { Kitsu: "kitsu.app" } });
  const edges = [...graph.edges, { from: "app", to: "provider:gone", hard: false }];
  expect(layoutWide({ graph: { ...graph, edges }, kinds }).edges).toHaveLength(graph.edges.length);
});
