import { kindOfAddress } from "@/lib/providers/network-guard";
import type { OutcomeClass } from "@/lib/providers/outcome";
import type { Provider } from "@/lib/providers/provider";
import type { ProviderHealth, ProviderState } from "./health-view";

export const NODE_KINDS = ["app", "database", "cache", "queue", "egress", "host", "provider"] as const;

export interface GraphNode {
  id: string;
  kind: (typeof NODE_KINDS)[number];
  label: string;
  state: ProviderState;
}

/** `from` depends on `to`; a hard dependency takes it down. */
export interface GraphEdge {
  from: string;
  to: string;
  hard: boolean;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface GraphFacts {
  providers: readonly { provider: Provider; health: ProviderHealth }[];
  databaseUp: boolean;
  selfOnline: boolean;
  /** Checks wait for their turn and none of them is being worked at. */
  queueStalled: boolean;
}

const CONNECTION: ReadonlySet<OutcomeClass> = new Set(["dns", "network", "tls", "timeout"]);

/** What the app depends on, down to the hosts of the providers and our own way out, each with the state it is in now. */
export function toGraph({ providers, databaseUp, selfOnline, queueStalled }: GraphFacts): Graph {
  const hosts = toHosts(providers);
  const nodes: GraphNode[] = [
    { id: "app", kind: "app", label: "Yagura", state: databaseUp ? "ACTIVE" : "DOWN" },
    { id: "database", kind: "database", label: "Database", state: databaseUp ? "ACTIVE" : "DOWN" },
    { id: "cache", kind: "cache", label: "Cache in memory", state: "ACTIVE" },
    { id: "queue", kind: "queue", label: "Checks", state: queueStalled ? "DEGRADED" : "ACTIVE" },
    { id: "egress", kind: "egress", label: "Internet", state: selfOnline ? "ACTIVE" : "DOWN" },
    ...hosts.map(({ id, label, state }): GraphNode => ({ id, kind: "host", label, state })),
    ...providers.map(
      ({ provider, health }): GraphNode => ({
        id: providerNode(provider),
        kind: "provider",
        label: provider.name,
        state: health.state,
      }),
    ),
  ];
  const edges: GraphEdge[] = [
    { from: "app", to: "database", hard: true },
    { from: "app", to: "cache", hard: false },
    { from: "app", to: "queue", hard: false },
    { from: "app", to: "egress", hard: false },
    ...providers.map(({ provider }) => ({ from: "app", to: providerNode(provider), hard: false })),
    ...hosts.flatMap((host) => host.members.map((member) => ({ from: member, to: host.id, hard: true }))),
    ...hosts.filter(({ isOutside }) => isOutside).map(({ id }) => ({ from: id, to: "egress", hard: true })),
  ];
  return { nodes, edges };
}

interface Host {
  id: string;
  label: string;
  state: ProviderState;
  members: string[];
  isOutside: boolean;
}

function toHosts(providers: GraphFacts["providers"]): Host[] {
  const byOrigin = new Map<string, { url: URL; members: { provider: Provider; health: ProviderHealth }[] }>();
  for (const member of providers) {
    const { baseUrl } = member.provider.config;
    if (!URL.canParse(baseUrl)) continue;
    const url = new URL(baseUrl);
    const known = byOrigin.get(url.origin);
    if (known) known.members.push(member);
    else byOrigin.set(url.origin, { url, members: [member] });
  }
  return [...byOrigin].map(([origin, { url, members }]) => ({
    id: `host:${origin}`,
    label: url.host,
    state: hostState(members.map(({ health }) => health)),
    members: members.map(({ provider }) => providerNode(provider)),
    isOutside: isOutside(url.hostname),
  }));
}

/** A host that answers any of its providers is there, even when what it answers is of no use. */
function hostState(healths: readonly ProviderHealth[]): ProviderState {
  const states = healths.map(({ state, lastError }): ProviderState => {
    if (state === "ACTIVE" || state === "DEGRADED" || state === "RATE_LIMITED") return "ACTIVE";
    if (state !== "DOWN" && state !== "AUTO_DISABLED") return "UNKNOWN";
    return lastError && CONNECTION.has(lastError.class) ? "DOWN" : "DEGRADED";
  });
  const order = ["ACTIVE", "DEGRADED", "DOWN"] as const;
  return order.find((state) => states.includes(state)) ?? "UNKNOWN";
}

/** Names count as outside: only their address would tell, and looking it up is not worth a wait. */
function isOutside(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "");
  if (name === "localhost" || name.endsWith(".localhost") || name.endsWith(".local")) return false;
  const isAddress = /^[\d.]+$/.test(name) || name.includes(":");
  return !isAddress || kindOfAddress(name) === "public";
}

function providerNode({ id }: Provider): string {
  return `provider:${id}`;
}
