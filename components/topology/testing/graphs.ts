import type { Graph, GraphNode } from "@/lib/health/graph";
import type { ProviderKind } from "@/lib/providers/provider";
import type { GraphFacts } from "../graph-layout";

interface Given {
  /** Provider name → its host. */
  hosts: Record<string, string>;
  kinds?: Record<string, ProviderKind>;
  states?: Record<string, GraphNode["state"]>;
}

/** A graph as the server makes it. Ids: `provider:<name>`, `host:<host>`, and the parts of the app. */
export function graphOf({ hosts, kinds = {}, states = {} }: Given): GraphFacts {
  const own = [
    { id: "app", kind: "app", label: "Yagura" },
    { id: "database", kind: "database", label: "Database" },
    { id: "cache", kind: "cache", label: "Cache in memory" },
    { id: "queue", kind: "queue", label: "Checks" },
    { id: "egress", kind: "egress", label: "Internet" },
  ] as const;
  const names = Object.keys(hosts);
  const origins = [...new Set(Object.values(hosts))];
  const nodes = [
    ...own,
    ...origins.map((label) => ({ id: `host:${label}`, kind: "host" as const, label })),
    ...names.map((label) => ({ id: `provider:${label}`, kind: "provider" as const, label })),
  ].map((node) => ({ ...node, state: states[node.id] ?? ("ACTIVE" as const) }));
  const graph: Graph = {
    nodes,
    edges: [
      { from: "app", to: "database", hard: true },
      ...["cache", "queue", "egress"].map((to) => ({ from: "app", to, hard: false })),
      ...names.map((name) => ({ from: "app", to: `provider:${name}`, hard: false })),
      ...names.map((name) => ({ from: `provider:${name}`, to: `host:${hosts[name]}`, hard: true })),
      ...origins.map((origin) => ({ from: `host:${origin}`, to: "egress", hard: true })),
    ],
  };
  const kindOf = (name: string) => [`provider:${name}`, kinds[name] ?? "catalogue"] as const;
  return { graph, kinds: Object.fromEntries(names.map(kindOf)) };
}
