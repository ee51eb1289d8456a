import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createMetricsWriter } from "./write-metrics";

function registryWithAll(): Registry {
  const registry = new Registry();
  const registers = [registry];
  const counter = new Counter({ name: "a_total", help: "Counts\nwith a break.", labelNames: ["x", "y"], registers });
  counter.inc({ x: 'quoted "text"', y: "back\\slash" }, 3);
  counter.inc({ x: "lines\nof text" });
  new Gauge({ name: "plain", help: "No labels.", registers }).set(0.25);
  const gauge = new Gauge({ name: "some", help: "Some labels.", labelNames: ["x"], registers });
  gauge.set({ x: "big" }, 1.5e300);
  gauge.set({ x: "small" }, -0.000_000_1);
  gauge.set({ x: "endless" }, Number.POSITIVE_INFINITY);
  new Gauge({ name: "empty", help: "No sample.", labelNames: ["x"], registers });
  const histogram = new Histogram({
    name: "h_seconds",
    help: "Buckets.",
    labelNames: ["x"],
    buckets: [0.1, 1],
    registers,
  });
  histogram.observe({ x: "a" }, 0.05);
  histogram.observe({ x: "a" }, 5);
  return registry;
}

function metricsOf(registry: Registry) {
  return registry.getMetricsAsArray().flatMap(({ name }) => registry.getSingleMetric(name) ?? []);
}

/** Every line, with labels in one order. */
function lines(text: string): string[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) =>
      line.replace(/\{(.*)\}/, (_all, labels: string) => {
        const pairs = labels.match(/\w+="(?:[^"\\]|\\.)*"/g) ?? [];
        return `{${pairs.sort().join(",")}}`;
      }),
    );
}

describe("the text", () => {
  it("is what prom-client itself writes", async () => {
    const registry = registryWithAll();
    const write = createMetricsWriter({ untyped: new Set() });
    const expected = lines(await registry.metrics());
    expect(lines(await write(metricsOf(registry)))).toEqual(expected);
    expect(lines(await write(metricsOf(registry)))).toEqual(expected);
    expect(expected).toContain('a_total{x="quoted \\"text\\"",y="back\\\\slash"} 3');
  });

  it("names a metric untyped on demand", async () => {
    const write = createMetricsWriter({ untyped: new Set(["plain"]) });
    const text = await write(metricsOf(registryWithAll()));
    expect(text).toContain("# TYPE plain untyped\nplain 0.25\n");
    expect(text).toContain("# TYPE some gauge\n");
  });

  it("follows values and series as they come, change and go", async () => {
    const registry = new Registry();
    const registers = [registry];
    const labels = { x: "shared" };
    const gauges = ["one", "two"].map((name) => new Gauge({ name, help: name, labelNames: ["x"], registers }));
    const histogram = new Histogram({ name: "h", help: "h", labelNames: ["x"], buckets: [1], registers });
    const write = createMetricsWriter({ untyped: new Set() });
    const same = async () => expect(lines(await write(metricsOf(registry)))).toEqual(lines(await registry.metrics()));
    // One object for the labels of several metrics, with equal values.
    for (const gauge of gauges) gauge.set(labels, 1);
    histogram.observe(labels, 1);
    await same();
    gauges[0]?.set(labels, 2);
    histogram.observe(labels, 7);
    await same();
    gauges[0]?.remove(labels);
    await same();
    for (let number = 0; number < 500; number++) gauges[1]?.set({ x: "always anew" }, number);
    await same();
    gauges[0]?.set(labels, 2);
    await same();
  });

  it("says NaN as Prometheus spells it", async () => {
    const write = createMetricsWriter({ untyped: new Set() });
    const values = [{ value: Number.NaN, labels: {} }];
    const metric = { get: async () => ({ name: "n", help: "n", type: "gauge", values }) };
    expect(await write([metric])).toContain("\nn NaN\n");
  });
});
