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
    expect(lines(write(await registry.getMetricsAsJSON()))).toEqual(expected);
    expect(lines(write(await registry.getMetricsAsJSON()))).toEqual(expected);
    expect(expected).toContain('a_total{x="quoted \\"text\\"",y="back\\\\slash"} 3');
  });

  it("names a metric untyped on demand", async () => {
    const write = createMetricsWriter({ untyped: new Set(["plain"]) });
    const text = write(await registryWithAll().getMetricsAsJSON());
    expect(text).toContain("# TYPE plain untyped\nplain 0.25\n");
    expect(text).toContain("# TYPE some gauge\n");
  });

  it("says NaN as Prometheus spells it", () => {
    const write = createMetricsWriter({ untyped: new Set() });
    const values = [{ value: Number.NaN, labels: {} }];
    expect(write([{ name: "n", help: "n", type: "gauge", values }])).toContain("\nn NaN\n");
  });
});
