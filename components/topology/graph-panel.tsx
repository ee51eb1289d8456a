import type { ReactNode } from "react";
import type { LiveLink } from "@/components/live/live-source";
import type { GraphFacts } from "./graph-layout";
import { GraphList } from "./graph-list";
import { toGraphSummary } from "./graph-words";

interface GraphPanelProps extends GraphFacts {
  /** The same graph for wide and for narrow screens. */
  wide: ReactNode;
  narrow: ReactNode;
  /** Of the part that is looked at, or how to look at one. Seen, not heard: each part says it itself. */
  readout: string | null;
  /** Null: it stands still. */
  link: LiveLink | null;
}

const LINK_WORDS = {
  connecting: "",
  live: "Live.",
  lost: "The connection to Yagura is lost; this is how it was.",
} as const satisfies Record<LiveLink, string>;

/** The drawing, what its lines mean, and its twin as a list. */
export function GraphPanel({ graph, kinds, wide, narrow, readout, link }: GraphPanelProps) {
  const summary = toGraphSummary(graph);
  return (
    <>
      <p className="mb-4 text-ink-2">
        <span role="status">{summary}</span> {link === null ? null : LINK_WORDS[link]}
      </p>
      <section aria-labelledby="drawing" className="rounded-lg border border-line p-3 sm:p-6">
        <h2 id="drawing" className="sr-only">
          Drawing
        </h2>
        <a
          href="#parts"
          className="sr-only rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:not-sr-only focus:mb-3 focus:inline-block"
        >
          Skip to the list
        </a>
        <div className="hidden lg:block">{wide}</div>
        <div className="mx-auto max-w-md lg:hidden">{narrow}</div>
        <div className="mt-5 flex flex-wrap items-start justify-between gap-x-8 gap-y-3 border-line border-t pt-4 text-ink-2 text-xs">
          <p aria-hidden="true" className="min-h-8 min-w-0 max-w-prose flex-1 basis-72">
            {readout}
          </p>
          <ul aria-label="Lines" className="flex flex-wrap gap-x-6 gap-y-2">
            <LegendLine words="cannot do without" dashed={false} tone="stroke-line-strong" />
            <LegendLine words="goes on without" dashed tone="stroke-line-strong" />
            <LegendLine words="leads to a part that is down" dashed={false} tone="stroke-signal-bad" />
          </ul>
        </div>
      </section>
      <section id="parts" tabIndex={-1} aria-labelledby="parts-title" className="mt-10 scroll-mt-20 focus:outline-none">
        <h2 id="parts-title" className="mb-4 text-lg">
          All parts
        </h2>
        <GraphList graph={graph} kinds={kinds} />
      </section>
    </>
  );
}

function LegendLine({ words, dashed, tone }: { words: string; dashed: boolean; tone: string }) {
  return (
    <li className="flex items-center gap-2 whitespace-nowrap">
      <svg aria-hidden="true" viewBox="0 0 28 4" className="h-1 w-7">
        <path d="M0,2 L28,2" strokeWidth="1.5" strokeDasharray={dashed ? "3 4" : undefined} className={tone} />
      </svg>
      {words}
    </li>
  );
}
