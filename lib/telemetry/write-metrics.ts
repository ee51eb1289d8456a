/** A metric as prom-client tells it. */
interface MetricValues {
  name: string;
  help: string;
  type: unknown;
  values: readonly { value: number; labels: Partial<Record<string, string | number>>; metricName?: string }[];
}

/**
 * Prometheus' text format, version 0.0.4. prom-client has a writer of its own, which puts every label together anew: with tens of thousands
 * of series that is most of a scrape. This one remembers the labels of a series for as long as the series has the same object for them.
 */
export function createMetricsWriter({ untyped }: { untyped: ReadonlySet<string> }) {
  const kept = new WeakMap<object, string>();

  function labelsOf(labels: MetricValues["values"][number]["labels"]): string {
    const known = kept.get(labels);
    if (known !== undefined) return known;
    const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(String(value))}"`);
    const text = pairs.length > 0 ? `{${pairs.join(",")}}` : "";
    kept.set(labels, text);
    return text;
  }

  return function writeMetrics(metrics: readonly MetricValues[]): string {
    let text = "";
    for (const { name, help, type, values } of metrics) {
      text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${untyped.has(name) ? "untyped" : type}\n`;
      for (const { value, labels, metricName = name } of values) {
        text += `${metricName}${labelsOf(labels)} ${toText(value)}\n`;
      }
      text += "\n";
    }
    return text;
  };
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
