import { GraphDrawing } from "./graph-drawing";
import { type GraphFacts, layoutNarrow, layoutWide } from "./graph-layout";
import { GraphPanel } from "./graph-panel";

/** The graph as it was when the page was made; drawn by the server, whole without any script. */
export function StillTopology(facts: GraphFacts) {
  return (
    <GraphPanel
      {...facts}
      readout={null}
      link={null}
      wide={<GraphDrawing graph={facts.graph} layout={layoutWide(facts)} />}
      narrow={<GraphDrawing graph={facts.graph} layout={layoutNarrow(facts)} />}
    />
  );
}
