import Link from "next/link";
import { KIND_TITLES } from "@/components/providers/provider-row";
import { StatusMark } from "@/components/ui/status-mark";
import type { Graph, GraphNode } from "@/lib/health/graph";
import { PROVIDER_KINDS, type ProviderKind } from "@/lib/providers/provider";
import { toPartId, toProviderHref } from "./graph-node";
import { toNeeds } from "./graph-words";

interface GraphListProps {
  graph: Graph;
  kinds: Readonly<Record<string, ProviderKind>>;
}

/** The drawing's twin: the same parts, the same states, in words. */
export function GraphList({ graph, kinds }: GraphListProps) {
  const of = (...some: GraphNode["kind"][]) => graph.nodes.filter(({ kind }) => some.includes(kind));
  const groups = [
    { title: "Yagura itself", members: of("app", "database", "cache", "queue", "egress") },
    ...PROVIDER_KINDS.map((kind) => ({
      title: KIND_TITLES[kind],
      members: of("provider").filter(({ id }) => (kinds[id] ?? "catalogue") === kind),
    })),
    { title: "Hosts", members: of("host") },
  ].filter(({ members }) => members.length > 0);
  return (
    <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
      {groups.map(({ title, members }) => (
        <section key={title} aria-label={title}>
          <h3 className="mb-1 font-medium font-sans text-ink-2 text-sm tracking-normal">{title}</h3>
          <ul className="border-line border-t">
            {members.map((node) => (
              <li
                key={node.id}
                id={toPartId(node.id)}
                className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-0.5 scroll-mt-20 border-line border-b py-2 target:bg-accent-soft"
              >
                <span className="min-w-0">
                  <PartName node={node} />
                  <Needs graph={graph} node={node} />
                </span>
                <StatusMark state={node.state} className="text-xs" />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PartName({ node }: { node: GraphNode }) {
  if (node.kind !== "provider") return <span className="block break-all font-medium">{node.label}</span>;
  return (
    <Link href={toProviderHref(node.id)} prefetch={false} className="link block w-fit font-medium">
      {node.label}
    </Link>
  );
}

function Needs({ graph, node }: { graph: Graph; node: GraphNode }) {
  const needs = toNeeds(graph, node.id);
  return needs ? <span className="block break-words text-ink-3 text-xs">{needs}</span> : null;
}
