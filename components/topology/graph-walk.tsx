"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import type { Graph } from "@/lib/health/graph";
import { findNeighbour, GRAPH_KEYS, type GraphKey } from "./find-neighbour";
import { GraphDrawing } from "./graph-drawing";
import type { GraphLayout } from "./graph-layout";

interface GraphWalkProps {
  graph: Graph;
  layout: GraphLayout;
  /** What is pointed at, else what has the focus. */
  activeId: string | null;
  onPoint: (id: string | null) => void;
  onFocus: (id: string | null) => void;
}

/** The drawing as one stop of the Tab key; inside it the arrow keys walk from part to part. */
export function GraphWalk({ graph, layout, activeId, onPoint, onFocus }: GraphWalkProps) {
  const [stopId, setStopId] = useState("app");
  const elements = useRef(new Map<string, Element>());
  const stop = layout.nodes.some(({ id }) => id === stopId) ? stopId : layout.nodes[0]?.id;

  function onKeyDown(event: KeyboardEvent<Element>, id: string) {
    if (!isGraphKey(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = findNeighbour(layout.nodes, layout.edges, { from: id, key: event.key });
    const element = next === null ? null : elements.current.get(next);
    if (element instanceof SVGElement) element.focus();
  }

  return (
    <GraphDrawing
      graph={graph}
      layout={layout}
      activeId={activeId}
      controlOf={(id, isFaded) => ({
        isStop: id === stop,
        isFaded,
        onPoint,
        onFocus: (focused) => {
          onFocus(focused);
          if (focused !== null) setStopId(focused);
        },
        onKeyDown: (event) => onKeyDown(event, id),
        register: (node, element) => {
          if (element) elements.current.set(node, element);
          else elements.current.delete(node);
        },
      })}
    />
  );
}

function isGraphKey(key: string): key is GraphKey {
  return GRAPH_KEYS.some((known) => known === key);
}
