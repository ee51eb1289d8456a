type Labels = Partial<Record<string, string | number>>;

interface Value {
  value: number;
  /** Of a histogram only `le`; the others are shared. */
  labels: Labels;
  sharedLabels?: Labels;
  metricName?: string;
}

interface MetricValues {
  name: string;
  help: string;
  type: unknown;
  values: readonly Value[];
}

/** A metric of prom-client's registry. The second is what its own writer uses: histograms have it, and so spare a copy of every label. */
interface Metric {
  get(): Promise<MetricValues>;
  getForPromString?(): Promise<MetricValues>;
}

interface KeptLine {
  labels: string;
  value: number;
  line: string;
}

/**
 * Prometheus' text format, version 0.0.4. prom-client has a writer of its own, which puts every line together anew: with tens of thousands
 * of series that is most of a scrape. This one keeps labels and lines of each metric by the objects that hold the labels, and a line for as
 * long as its value stays.
 */
export function createMetricsWriter({ untyped }: { untyped: ReadonlySet<string> }) {
  const kept = new Map<string, Map<object, KeptLine>>();

  return async function writeMetrics(metrics: readonly Metric[]): Promise<string> {
    const parts: string[] = [];
    for (const metric of metrics) {
      const { name, help, type, values } = await (metric.getForPromString?.() ?? metric.get());
      const lines = [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${untyped.has(name) ? "untyped" : type}`];
      const known = kept.get(name) ?? new Map<object, KeptLine>();
      for (const value of values)
        lines.push(value.sharedLabels ? toSharedLine(known, value) : toLine(known, name, value));
      // Metric by metric, so that little is in the making when the garbage collector comes by.
      parts.push(lines.join("\n"));
      // Series that are gone leave their labels behind.
      kept.set(name, known.size > 2 * values.length + 100 ? new Map() : known);
    }
    return `${parts.join("\n\n")}\n`;
  };
}

function toLine(kept: Map<object, KeptLine>, name: string, { value, labels, metricName = name }: Value): string {
  const known = kept.get(labels);
  if (known && Object.is(known.value, value)) return known.line;
  const text = known?.labels ?? toLabelText(labels);
  const line = `${metricName}${text && `{${text}}`} ${toText(value)}`;
  kept.set(labels, { labels: text, value, line });
  return line;
}

/** Of a histogram: all lines of a label set share its labels, some have `le` (a number or +Inf) besides. */
function toSharedLine(kept: Map<object, KeptLine>, { metricName, labels, sharedLabels = {}, value }: Value): string {
  let known = kept.get(sharedLabels);
  if (!known) {
    known = { labels: toLabelText(sharedLabels), value: Number.NaN, line: "" };
    kept.set(sharedLabels, known);
  }
  const bound = toLabelText(labels);
  const text = bound && known.labels ? `${bound},${known.labels}` : bound || known.labels;
  return `${metricName}${text && `{${text}}`} ${toText(value)}`;
}

function toLabelText(labels: Labels): string {
  const { le } = labels;
  if (typeof le === "number") return `le="${le}"`;
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeValue(String(value))}"`)
    .join(",");
}

function toText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeValue(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
