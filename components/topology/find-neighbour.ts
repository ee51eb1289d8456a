import type { PlacedNode } from "./graph-layout";

export const GRAPH_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"] as const;
export type GraphKey = (typeof GRAPH_KEYS)[number];

/** A gap aside of the way counts so many times as much as one along it: one stays in a column, and in a row. */
const ASIDE = 4;
/** Of two that both overlap with the way, the one nearer to its middle. */
const OFF_CENTRE = 0.25;

/**
 * Where a key leads from a node: the nearest in that direction, joined ones before others when one goes left or right; Home and End
 * to the first and last. Null where there is nothing.
 */
export function findNeighbour(
  nodes: readonly PlacedNode[],
  edges: readonly { from: string; to: string }[],
  { from, key }: { from: string; key: GraphKey },
): string | null {
  if (key === "Home") return nodes[0]?.id ?? null;
  if (key === "End") return nodes.at(-1)?.id ?? null;
  const start = nodes.find(({ id }) => id === from);
  if (!start) return null;
  const ahead = nodes.flatMap((node) => {
    const distance = distanceAlong(start, node, key);
    return distance === null ? [] : [{ id: node.id, distance }];
  });
  const level = key === "ArrowLeft" || key === "ArrowRight";
  const joined = new Set(edges.flatMap((edge) => (edge.from === from ? edge.to : edge.to === from ? edge.from : [])));
  const preferred = level ? ahead.filter(({ id }) => joined.has(id)) : [];
  const choice = preferred.length > 0 ? preferred : ahead;
  return choice.toSorted((a, b) => a.distance - b.distance)[0]?.id ?? null;
}

/** Null when it does not lie in that direction. What it lies aside of the way counts more than what lies along it. */
function distanceAlong(a: PlacedNode, b: PlacedNode, key: Exclude<GraphKey, "Home" | "End">): number | null {
  const level = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  const [from, to] = level ? [across(a), across(b)] : [down(a), down(b)];
  const [fromSide, toSide] = level ? [down(a), down(b)] : [across(a), across(b)];
  const along = (middle(to) - middle(from)) * sign;
  // What overlaps in that direction stands beside, not ahead.
  if (along < (from.end - from.start) / 2) return null;
  const gap = Math.max(0, toSide.start - fromSide.end, fromSide.start - toSide.end);
  return along + gap * ASIDE + Math.abs(middle(toSide) - middle(fromSide)) * OFF_CENTRE;
}

interface Span {
  start: number;
  end: number;
}

const across = ({ x, width }: PlacedNode): Span => ({ start: x, end: x + width });
const down = ({ y, height }: PlacedNode): Span => ({ start: y, end: y + height });
const middle = ({ start, end }: Span): number => (start + end) / 2;
