import type { Graph, GraphEdge, GraphNode } from "@/lib/health/graph";
import type { ProviderKind } from "@/lib/providers/provider";
import { elbow, type Point, roof, sweep } from "./graph-paths";

/** A node with its place: the left upper corner and its size, in pixels. */
export interface PlacedNode extends GraphNode {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedEdge extends GraphEdge {
  id: string;
  /** An SVG path. */
  path: string;
}

export interface GraphLayout {
  width: number;
  height: number;
  nodes: readonly PlacedNode[];
  edges: readonly PlacedEdge[];
  /** Where the providers of a kind begin. */
  headings: readonly { kind: ProviderKind; x: number; y: number }[];
}

/** The graph, and of which kind each provider is, by node id. */
export interface GraphFacts {
  graph: Graph;
  kinds: Readonly<Record<string, ProviderKind>>;
}

interface Shape {
  width: number;
  row: number;
  nodeHeight: number;
  heading: number;
  app: { x: number; width: number };
  inner: { x: number; width: number };
  provider: { x: number; width: number };
  host: { x: number; width: number };
  egress: { x: number; width: number };
  /** Of the line that leads from the app to what stands under it. */
  railX: number;
}

const KINDS: readonly ProviderKind[] = ["catalogue", "metadata", "subtitles", "ai"];
/** Above the columns, where the line from the app to the internet passes. */
const ROOF = 32;
const SECTION_GAP = 24;

const WIDE: Shape = {
  width: 1152,
  row: 44,
  nodeHeight: 36,
  heading: 28,
  app: { x: 0, width: 284 },
  inner: { x: 24, width: 260 },
  provider: { x: 352, width: 240 },
  host: { x: 636, width: 270 },
  egress: { x: 946, width: 206 },
  railX: 12,
};

const NARROW: Shape = {
  width: 358,
  row: 58,
  nodeHeight: 48,
  heading: 28,
  app: { x: 0, width: 358 },
  inner: { x: 24, width: 310 },
  provider: { x: 24, width: 148 },
  host: { x: 192, width: 142 },
  egress: { x: 24, width: 334 },
  railX: 10,
};

/** From left to right: the app on what it stands on, providers by kind, their hosts, the internet. 1152 px wide. */
export function layoutWide(facts: GraphFacts): GraphLayout {
  const providers = placeProviders(facts, { shape: WIDE, top: ROOF });
  const hosts = placeHosts(facts.graph, { shape: WIDE, members: providers.nodes });
  const right = [...providers.nodes, ...hosts];
  const middle = right.length === 0 ? ROOF : (topOf(right) + bottomOf(right)) / 2;
  const inner = facts.graph.nodes.filter(isInner);
  const app = facts.graph.nodes.filter(({ kind }) => kind === "app");
  const blockHeight = (app.length + inner.length) * WIDE.row;
  const blockTop = Math.max(ROOF, middle - blockHeight / 2);
  const nodes = [
    ...stack(app, { shape: WIDE, column: WIDE.app, top: blockTop }),
    ...stack(inner, { shape: WIDE, column: WIDE.inner, top: blockTop + app.length * WIDE.row }),
    ...stack(facts.graph.nodes.filter(isEgress), {
      shape: WIDE,
      column: WIDE.egress,
      top: Math.max(ROOF, middle - WIDE.nodeHeight / 2),
    }),
    ...right,
  ];
  return finish(facts.graph, { shape: WIDE, nodes, headings: providers.headings, toPath: wirePath });
}

/** From top to bottom, for 390 px: the app, what it stands on, each provider beside its host, the internet. 358 px wide. */
export function layoutNarrow(facts: GraphFacts): GraphLayout {
  const app = stack(
    facts.graph.nodes.filter(({ kind }) => kind === "app"),
    { shape: NARROW, column: NARROW.app, top: 0 },
  );
  const inner = stack(facts.graph.nodes.filter(isInner), {
    shape: NARROW,
    column: NARROW.inner,
    top: app.length * NARROW.row,
  });
  const top = (app.length + inner.length) * NARROW.row;
  const providers = placeProviders(facts, { shape: NARROW, top });
  const hosts = placeHosts(facts.graph, { shape: NARROW, members: providers.nodes });
  const above = [...app, ...inner, ...providers.nodes, ...hosts];
  const egress = stack(facts.graph.nodes.filter(isEgress), {
    shape: NARROW,
    column: NARROW.egress,
    top: bottomOf(above) + SECTION_GAP,
  });
  return finish(facts.graph, {
    shape: NARROW,
    nodes: [...above, ...egress],
    headings: providers.headings,
    toPath: railPath,
  });
}

function isInner({ kind }: GraphNode): boolean {
  return kind === "database" || kind === "cache" || kind === "queue";
}

function isEgress({ kind }: GraphNode): boolean {
  return kind === "egress";
}

function stack(
  nodes: readonly GraphNode[],
  { shape, column, top }: { shape: Shape; column: { x: number; width: number }; top: number },
): PlacedNode[] {
  return nodes.map((node, index) => ({ ...node, ...column, y: top + index * shape.row, height: shape.nodeHeight }));
}

function placeProviders({ graph, kinds }: GraphFacts, { shape, top }: { shape: Shape; top: number }) {
  const nodes: PlacedNode[] = [];
  const headings: { kind: ProviderKind; x: number; y: number }[] = [];
  let y = top;
  for (const kind of KINDS) {
    const members = graph.nodes.filter((node) => node.kind === "provider" && (kinds[node.id] ?? "catalogue") === kind);
    if (members.length === 0) continue;
    headings.push({ kind, x: shape.provider.x, y });
    y += shape.heading;
    nodes.push(...stack(members, { shape, column: shape.provider, top: y }));
    y += members.length * shape.row;
  }
  return { nodes, headings };
}

/** Each host beside the middle of its providers, pushed down where another stands already. */
function placeHosts(graph: Graph, { shape, members }: { shape: Shape; members: readonly PlacedNode[] }): PlacedNode[] {
  const wanted = graph.nodes
    .filter(({ kind }) => kind === "host")
    .map((host) => {
      const ids = new Set(graph.edges.filter(({ to }) => to === host.id).map(({ from }) => from));
      const places = members.filter(({ id }) => ids.has(id)).map(({ y }) => y);
      return { host, y: places.reduce((sum, y) => sum + y, 0) / Math.max(1, places.length) };
    })
    .sort((a, b) => a.y - b.y);
  let free = Number.NEGATIVE_INFINITY;
  return wanted.map(({ host, y }) => {
    const at = Math.max(y, free);
    free = at + shape.row;
    return { ...host, ...shape.host, y: at, height: shape.nodeHeight };
  });
}

interface Drawing {
  shape: Shape;
  nodes: readonly PlacedNode[];
  headings: GraphLayout["headings"];
  toPath: (from: PlacedNode, to: PlacedNode, shape: Shape) => string;
}

function finish(graph: Graph, { shape, nodes, headings, toPath }: Drawing): GraphLayout {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = graph.edges.flatMap((edge) => {
    const from = byId.get(edge.from);
    const to = byId.get(edge.to);
    return from && to ? [{ ...edge, id: `${edge.from} ${edge.to}`, path: toPath(from, to, shape) }] : [];
  });
  return { width: shape.width, height: bottomOf(nodes) + 1, nodes, edges, headings };
}

function wirePath(from: PlacedNode, to: PlacedNode, shape: Shape): string {
  if (isInner(to)) return elbow({ x: shape.railX, y: from.y + from.height }, left(to), "down");
  if (from.kind === "app" && isEgress(to)) return roof(top(from), top(to), 1);
  return sweep(right(from), left(to));
}

function railPath(from: PlacedNode, to: PlacedNode, shape: Shape): string {
  if (from.kind === "app") return elbow({ x: shape.railX, y: from.y + from.height }, left(to), "down");
  if (isEgress(to)) return elbow(right(from), { x: shape.width - shape.railX, y: to.y }, "across");
  return sweep(right(from), left(to));
}

const left = ({ x, y, height }: PlacedNode): Point => ({ x, y: y + height / 2 });
const right = ({ x, y, width, height }: PlacedNode): Point => ({ x: x + width, y: y + height / 2 });
const top = ({ x, y, width }: PlacedNode): Point => ({ x: x + width / 2, y });

function topOf(nodes: readonly PlacedNode[]): number {
  return nodes.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY);
}

function bottomOf(nodes: readonly PlacedNode[]): number {
  return nodes.reduce((most, { y, height }) => Math.max(most, y + height), 0);
}
