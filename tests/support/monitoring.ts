import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const MONITORING = fileURLToPath(new URL("../../monitoring", import.meta.url));

export interface Panel {
  id: number;
  title: string;
  type: string;
  description?: string;
  collapsed?: boolean;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { type: string; uid: string };
  targets?: { expr: string; datasource: { uid: string } }[];
  fieldConfig?: { defaults: { unit?: string; custom?: unknown } };
  /** Of a folded row. */
  panels?: Panel[];
}

export interface Dashboard {
  file: string;
  uid: string;
  title: string;
  templating: { list: { name: string }[] };
  panels: Panel[];
}

export interface RuleGroup {
  name: string;
  rules: { alert: string | null; record: string | null; expr: string }[];
}

export function listDashboards(): Dashboard[] {
  const folder = join(MONITORING, "grafana/dashboards");
  return readdirSync(folder).map((file) => ({ ...JSON.parse(readFileSync(join(folder, file), "utf8")), file }));
}

/** Rows with the panels below them, whether the row is folded (it holds them itself) or not (they follow it). */
export function rowsOf({ panels }: Dashboard): { title: string; panels: Panel[] }[] {
  const rows: { title: string; panels: Panel[] }[] = [];
  for (const panel of panels) {
    if (panel.type === "row") rows.push({ title: panel.title, panels: [...(panel.panels ?? [])] });
    else rows.at(-1)?.panels.push(panel);
  }
  return rows;
}

/** The rules of both files, as far as tests ask: promtool is who checks their syntax. */
export function readRules(): RuleGroup[] {
  return ["recording.yml", "alerts.yml"].flatMap((file) =>
    readFileSync(join(MONITORING, "prometheus/rules", file), "utf8")
      .split(/^ {2}- name: /m)
      .slice(1)
      .map((text) => ({
        name: text.slice(0, text.indexOf("\n")),
        rules: text
          .split(/^ {6}- /m)
          .slice(1)
          .map(toRule),
      })),
  );
}

function toRule(text: string) {
  const [, expression = ""] =
    /^ {8}expr: (?:>-\n)?([\s\S]*?)(?=\n {8}\w+:|\n\s*\n|\n {6}#|$(?![\s\S]))/m.exec(text) ?? [];
  return {
    alert: /^alert: (\w+)/.exec(text)?.[1] ?? null,
    record: /^record: (\S+)/.exec(text)?.[1] ?? null,
    expr: expression.replace(/\s+/g, " ").trim(),
  };
}
