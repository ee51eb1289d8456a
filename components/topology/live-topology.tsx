"use client";

import { useMemo, useState } from "react";
import { layoutNarrow, layoutWide } from "./graph-layout";
import { GraphPanel } from "./graph-panel";
import { GraphWalk } from "./graph-walk";
import { toNodeText } from "./graph-words";
import { type GraphNow, useLiveGraph } from "./use-live-graph";

const HOW_TO =
  "Point at a part, or walk from part to part with the arrow keys: what it needs, and what needs it, lights up.";

/** The graph as it changes, and by hand or by keyboard what hangs together in it. */
export function LiveTopology(now: GraphNow) {
  const { graph, kinds, link } = useLiveGraph(now);
  const [pointed, setPointed] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const wide = useMemo(() => layoutWide({ graph, kinds }), [graph, kinds]);
  const narrow = useMemo(() => layoutNarrow({ graph, kinds }), [graph, kinds]);
  const active = pointed ?? focused;
  const walk = { graph, activeId: active, onPoint: setPointed, onFocus: setFocused };
  return (
    <GraphPanel
      graph={graph}
      kinds={kinds}
      link={link}
      readout={active === null ? HOW_TO : toNodeText(graph, active)}
      wide={<GraphWalk layout={wide} {...walk} />}
      narrow={<GraphWalk layout={narrow} {...walk} />}
    />
  );
}
