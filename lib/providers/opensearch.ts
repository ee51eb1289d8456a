import type { TextResponse } from "./provider";
import { findAttribute, listChildren, parseXml } from "./xml";

/** What a required variable gets that nobody asked about. */
const DEFAULTS: Readonly<Record<string, string>> = {
  startIndex: "1",
  startPage: "1",
  language: "*",
  inputEncoding: "UTF-8",
  outputEncoding: "UTF-8",
};

/** The template for feeds in an OpenSearch description; null when it has none. Throws `contract` for what is no XML. */
export function findFeedTemplate(response: TextResponse): string | null {
  const templates = listChildren(parseXml(response).root, "Url").map((each) => ({
    template: findAttribute(each, "template") ?? "",
    type: findAttribute(each, "type") ?? "",
  }));
  const usable = templates.filter(({ template, type }) => template.includes("{searchTerms") && !/html|json/.test(type));
  return (usable.find(({ type }) => /atom\+xml/.test(type)) ?? usable[0])?.template ?? null;
}

/** OpenSearch 1.1: the template as an address; query parameters of optional variables without a value are left out. */
export function expandTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const [, path = template, query = ""] = /^((?:[^?{]|\{[^}]*\})*)(?:\?(.*))?$/s.exec(template) ?? [];
  const parameters = query.split("&").filter((parameter) => {
    const optional = /\{([^}?]+)\?\}/.exec(parameter)?.[1];
    return parameter !== "" && (optional === undefined || values[optional] !== undefined);
  });
  const kept = parameters.length > 0 ? `${path}?${parameters.join("&")}` : path;
  return kept.replace(/\{([^}?]+)(\??)\}/g, (_, name: string, optional: string) =>
    encodeURIComponent(values[name] ?? (optional ? "" : (DEFAULTS[name] ?? ""))),
  );
}
