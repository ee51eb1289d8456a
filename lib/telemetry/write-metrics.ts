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
    let text = "";
    for (const { name, help, type, values } of metrics) {
      text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${untyped.has(name) ? "untyped" : type}\n`;
      for (const { value, labels, metricName } of values) {
        if (metricName === undefined) {
          const labelText = kept.get(labels) ?? toLabels(labels);
          used.set(labels, labelText);
          text += `${name}${labelText} ${toText(value)}\n`;
        } else {
          text += `${metricName}${toLabels(labels)} ${toText(value)}\n`;
        }
      }
      text += "\n";
    }
    kept = used;
    return text;
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
