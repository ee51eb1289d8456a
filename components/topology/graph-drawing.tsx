import { KIND_TITLES } from "@/components/providers/provider-row";
import { classNames } from "@/components/ui/class-names";
import type { Graph } from "@/lib/health/graph";
import type { GraphLayout, PlacedEdge } from "./graph-layout";
import { GraphNode, type NodeControl } from "./graph-node";
import { toNodeText } from "./graph-words";

interface GraphDrawingProps {
  graph: Graph;
  layout: GraphLayout;
  /** Null: no part is looked at. */
  activeId?: string | null;
  /** Absent while the drawing stands still. */
  controlOf?: (id: string, isFaded: boolean) => NodeControl;
}

/** The graph as a drawing: solid lines for what a part cannot do without, dashed ones for what it can. */
export function GraphDrawing({ graph, layout, activeId = null, controlOf }: GraphDrawingProps) {
  const { width, height, nodes, edges, headings } = layout;
  const states = new Map(graph.nodes.map(({ id, state }) => [id, state]));
  const touched = new Set(edges.flatMap(({ from, to }) => (from === activeId || to === activeId ? [from, to] : [])));
  const toneOf = ({ from, to }: PlacedEdge) => {
    if (from === activeId || to === activeId) return "stroke-accent";
    return BROKEN.has(states.get(to) ?? "UNKNOWN") ? "stroke-signal-bad" : "stroke-line-strong";
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing whose parts are links is a group, and no fieldset
    <svg
      role="group"
      aria-label="Dependencies, drawn"
      viewBox={`-2 -2 ${width + 4} ${height + 4}`}
      className="block h-auto w-full"
    >
      <g fill="none">
        {edges.map((edge) => (
          <path
            key={edge.id}
            d={edge.path}
            strokeWidth={edge.from === activeId || edge.to === activeId ? 2 : 1.25}
            strokeDasharray={edge.hard ? undefined : "3 4"}
            className={classNames(
              "transition-opacity",
              toneOf(edge),
              activeId && edge.from !== activeId && edge.to !== activeId && "opacity-25",
            )}
          />
        ))}
      </g>
      <g>
        {headings.map(({ kind, x, y }) => (
          <text key={kind} x={x} y={y + 16} className="fill-ink-3 font-medium text-xs">
            {KIND_TITLES[kind]}
          </text>
        ))}
      </g>
      {nodes.map((node) => {
        const isFaded = activeId !== null && node.id !== activeId && !touched.has(node.id);
        return (
          <GraphNode
            key={node.id}
            node={node}
            text={toNodeText(graph, node.id)}
            control={controlOf?.(node.id, isFaded) ?? null}
          />
        );
      })}
    </svg>
  );
}

const BROKEN: ReadonlySet<string> = new Set(["DOWN", "AUTO_DISABLED", "MISCONFIGURED"]);
