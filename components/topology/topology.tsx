"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import type { GraphNow } from "./use-live-graph";

interface TopologyProps extends GraphNow {
  /** The same, drawn by the server: shown until the live one has been loaded, and for good without script. */
  children: ReactNode;
}

/** Loads what makes the drawing live after the page stands, so that no other script waits for it. */
export function Topology({ children, ...props }: TopologyProps) {
  const [Live, setLive] = useState<ComponentType<GraphNow> | null>(null);
  useEffect(() => {
    let wanted = true;
    import("./live-topology").then(
      ({ LiveTopology }) => wanted && setLive(() => LiveTopology),
      // Without it the drawing of the server stays.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, []);
  return Live ? <Live {...props} /> : children;
}
