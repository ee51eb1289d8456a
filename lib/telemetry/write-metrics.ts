/** A metric as prom-client tells it. */
interface MetricValues {
  name: string;
  help: string;
  type: unknown;
  values: readonly { value: number; labels: Partial<Record<string, string | number>>; metricName?: string }[];
}

/**
 * Prometheus' text format, version 0.0.4. prom-client has a writer of its own, which puts every label together anew: with tens of thousands
 * of series that is most of a scrape. This one keeps the labels of the last text by the objects that held them, for counters and gauges:
 * prom-client makes those of a histogram anew each time.
 */
export function createMetricsWriter({ untyped }: { untyped: ReadonlySet<string> }) {
  let kept = new Map<object, string>();

  return function writeMetrics(metrics: readonly MetricValues[]): string {
    const used = new Map<object, string>();
    // Metric by metric, so that little is in the making when the garbage collector comes by.
    const parts = metrics.map(({ name, help, type, values }) => {
      const lines = [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${untyped.has(name) ? "untyped" : type}`];
      for (const { value, labels, metricName } of values) {
        if (metricName === undefined) {
          const labelText = kept.get(labels) ?? toLabels(labels);
          used.set(labels, labelText);
          lines.push(`${name}${labelText} ${toText(value)}`);
        } else {
          lines.push(`${metricName}${toLabels(labels)} ${toText(value)}`);
        }
      }
      return lines.join("\n");
    });
    kept = used;
    return `${parts.join("\n\n")}\n`;
  };
}

function toLabels(labels: MetricValues["values"][number]["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(String(value))}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
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
