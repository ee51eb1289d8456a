/** The percentiles of the latency chart, lowest first: told apart by shade, width and dashes. */
export const LATENCY_LINES = [
  {
    key: "p50Ms",
    name: "p50",
    words: "half of the calls are faster",
    color: "var(--color-chart-4)",
    width: 2,
    dashes: "",
  },
  {
    key: "p95Ms",
    name: "p95",
    words: "nineteen in twenty are faster",
    color: "var(--color-chart-3)",
    width: 1.5,
    dashes: "",
  },
  {
    key: "p99Ms",
    name: "p99",
    words: "ninety-nine in a hundred are faster",
    color: "var(--color-chart-6)",
    width: 1.5,
    dashes: "4 3",
  },
] as const;
