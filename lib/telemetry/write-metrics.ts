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

/** A metric as it was last written. */
interface Kept {
  lines: KeptLine[];
  text: string;
}

interface KeptLine {
  /** The object that holds the labels of the series: prom-client keeps one for as long as the series is there. */
  owner: object;
  /** Everything before the value. */
  series: string;
  value: number;
  line: string;
}

/**
 * Prometheus' text format, version 0.0.4. prom-client has a writer of its own, which puts every line together anew: with tens of thousands
 * of series that is most of a scrape. This one keeps each line for as long as its value stays, and a metric's text for as long as its
 * lines do. prom-client lists series in the order of their first appearance, so that one pass over both lists finds what stayed, what
 * went and what came.
 */
export function createMetricsWriter({ untyped }: { untyped: ReadonlySet<string> }) {
  const kept = new Map<string, Kept>();

  return async function writeMetrics(metrics: readonly Metric[]): Promise<string> {
    const parts: string[] = [];
    for (const metric of metrics) {
      const { name, help, type, values } = await (metric.getForPromString?.() ?? metric.get());
      const before = kept.get(name) ?? { lines: [], text: "" };
      const { lines, changed } = updateLines(before.lines, name, values);
      if (changed || before.text === "") {
        const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${untyped.has(name) ? "untyped" : type}`;
        before.text = [head, ...lines.map(({ line }) => line)].join("\n");
      }
      kept.set(name, { lines, text: before.text });
      parts.push(before.text);
    }
    return `${parts.join("\n\n")}\n`;
  };
}

/** The lines of today's values, and whether they differ from those of before; changes the ones that stay. */
function updateLines(before: KeptLine[], name: string, values: readonly Value[]) {
  let next = 0;
  let changed = before.length !== values.length;
  const lines = values.map((value) => {
    const owner = value.sharedLabels ?? value.labels;
    while (next < before.length && before[next]?.owner !== owner) next++;
    const line = before[next++] ?? { owner, series: toSeries(name, value), value: Number.NaN, line: "" };
    if (line.line === "" || !Object.is(line.value, value.value)) {
      line.value = value.value;
      line.line = `${line.series} ${toText(value.value)}`;
      changed = true;
    }
    return line;
  });
  return { lines, changed };
}

/** Of a histogram: all lines of a label set share its labels, some have `le` (a number or +Inf) besides. */
function toSeries(name: string, { metricName = name, labels, sharedLabels = {} }: Value): string {
  const text = [toLabelText(labels), toLabelText(sharedLabels)].filter(Boolean).join(",");
  return text ? `${metricName}{${text}}` : metricName;
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
