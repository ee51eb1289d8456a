import { STATUS_MARKS } from "@/components/ui/status-mark";
import { formatList, formatNoun } from "@/lib/format";
import type { Graph, GraphNode } from "@/lib/health/graph";

/** So many names are said; more are counted. */
const NAMED_MAX = 3;

/** How a part is, what it needs and what needs it: "Kitsu: down. Cannot do without kitsu.app (down). Yagura goes on without it." */
export function toNodeText(graph: Graph, id: string): string {
  const node = graph.nodes.find((one) => one.id === id);
  if (!node) return "";
  const related = (from: "from" | "to", hard: boolean) => {
    const to = from === "from" ? "to" : "from";
    const ids = new Set(graph.edges.filter((edge) => edge[from] === id && edge.hard === hard).map((edge) => edge[to]));
    return graph.nodes.filter((one) => ids.has(one.id));
  };
  const needs = related("from", true);
  const uses = related("from", false);
  const bearsHard = related("to", true);
  const bearsSoft = related("to", false);
  return [
    `${node.label}: ${toStateWord(node)}.`,
    needs.length > 0 && `Cannot do without ${toNames(needs)}.`,
    uses.length > 0 && `Uses ${toNames(uses)}, and goes on without.`,
    bearsHard.length > 0 && `${toNames(bearsHard)} cannot do without it.`,
    bearsSoft.length > 0 && `${toNames(bearsSoft)} ${bearsSoft.length === 1 ? "goes" : "go"} on without it.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** What a part needs: "needs kitsu.app"; null when it needs nothing. */
export function toNeeds(graph: Graph, id: string): string | null {
  const ids = new Set(graph.edges.filter(({ from, hard }) => from === id && hard).map(({ to }) => to));
  const needs = graph.nodes.filter((node) => ids.has(node.id));
  return needs.length > 0 ? `needs ${formatList(needs.map(({ label }) => label))}` : null;
}

export function toStateWord({ state }: Pick<GraphNode, "state">): string {
  return STATUS_MARKS[state].word.toLowerCase();
}

/** How all of it stands, in one sentence. Hosts are known by their providers alone, which are named already. */
export function toGraphSummary({ nodes }: Graph): string {
  const wrong = nodes.filter(({ kind, state }) => kind !== "host" && WRONG.has(state));
  if (wrong.length === 0) return "Nothing is wrong with any part.";
  return `Something is wrong with ${toNames(wrong)}.`;
}

const WRONG: ReadonlySet<GraphNode["state"]> = new Set(["DOWN", "AUTO_DISABLED", "MISCONFIGURED", "DEGRADED"]);

function toNames(nodes: readonly GraphNode[]): string {
  const others = nodes.filter(({ kind }) => kind !== "provider");
  const providers = nodes.filter(({ kind }) => kind === "provider");
  const counted = nodes.length > NAMED_MAX && providers.length > 1;
  const names = (counted ? others : nodes).map((node) =>
    node.state === "ACTIVE" ? node.label : `${node.label} (${toStateWord(node)})`,
  );
  return formatList(counted ? [...names, formatNoun(providers.length, "provider")] : names);
}
