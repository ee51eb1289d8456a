"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { LiveRow } from "@/components/live/live-message";
import { useLive } from "@/components/live/live-scope";
import { NO_FIGURES } from "@/components/live/no-figures";
import type { Graph } from "@/lib/health/graph";
import type { GraphFacts } from "./graph-layout";

const DEADLINE_MS = 10_000;
const RETRY_MS = 3000;

/** The graph, and when it was true: epoch milliseconds. */
export interface GraphNow extends GraphFacts {
  at: number;
}

/**
 * The graph as it is now. The stream tells of providers and of our own connection; whenever what it tells is not what is drawn, the
 * whole graph is asked for, since hosts and our own parts change with them.
 */
export function useLiveGraph(given: GraphNow) {
  const router = useRouter();
  const [asked, setAsked] = useState<Graph | null>(null);
  const [attempt, setAttempt] = useState(0);
  const { rows, selfOnline, at, link } = useLive(NO_FIGURES);
  const graph = asked ?? given.graph;
  const news = toNews(rows, selfOnline);
  const outdated = at > given.at && news !== toDrawn(graph, rows.length > 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each piece of news, and again after a failure
  useEffect(() => {
    if (!outdated) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    askGraph(abort.signal).then(
      (answer) => {
        setAsked(answer);
        // Of which kind a new provider is, only the page knows.
        if (answer.nodes.some(({ id, kind }) => kind === "provider" && !(id in given.kinds))) router.refresh();
      },
      () => {
        if (!abort.signal.aborted) timer = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
      },
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [news, attempt]);

  return { graph, kinds: given.kinds, link };
}

async function askGraph(signal: AbortSignal): Promise<Graph> {
  const response = await fetch("/api/v1/health/integration/graph", {
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
  });
  if (!response.ok) throw new Error(`The graph was answered with ${response.status}.`);
  // Safe because our own server answers in the shape of `graphSchema`, which is that of `Graph`.
  return (await response.json()) as Graph;
}

function toNews(rows: readonly LiveRow[], selfOnline: boolean): string {
  return JSON.stringify([selfOnline, rows.map(({ id, state }) => [`provider:${id}`, state])]);
}

/** The same of what is drawn; providers in the order of the server, which is that of the rows. */
function toDrawn({ nodes }: Graph, withProviders: boolean): string {
  const online = nodes.some(({ kind, state }) => kind === "egress" && state === "ACTIVE");
  const providers = withProviders ? nodes.filter(({ kind }) => kind === "provider") : [];
  return JSON.stringify([online, providers.map(({ id, state }) => [id, state])]);
}
