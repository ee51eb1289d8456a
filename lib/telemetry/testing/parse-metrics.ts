export interface ParsedMetrics {
  /** By full name. */
  types: Map<string, string>;
  help: Map<string, string>;
  /** By `name{label="value",…}`, labels in alphabetical order. */
  samples: Map<string, number>;
}

/** Prometheus' text format, as far as ours uses it. */
export function parseMetrics(text: string): ParsedMetrics {
  const parsed: ParsedMetrics = { types: new Map(), help: new Map(), samples: new Map() };
  for (const line of text.split("\n")) {
    const [, keyword, name = "", rest = ""] = /^# (TYPE|HELP) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === "TYPE") parsed.types.set(name, rest);
    if (keyword === "HELP") parsed.help.set(name, rest);
    const [, series = "", labels, value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (value === undefined) continue;
    const sorted = [...(labels ?? "").matchAll(/\w+="(?:[^"\\]|\\.)*"/g)].map(([pair]) => pair).sort();
    parsed.samples.set(sorted.length > 0 ? `${series}{${sorted.join(",")}}` : series, Number(value));
  }
  return parsed;
}
