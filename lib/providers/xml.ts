import { XMLParser } from "fast-xml-parser";
import { ProviderError } from "./outcome";
import { decodeEntities } from "./text";

/** An element: children by name without prefix, attributes by name behind "@", text under "#text". */
export type XmlNode = Readonly<Record<string, unknown>>;

/** Elements that may hold markup, kept as they were written. */
const MARKUP_ELEMENTS = ["title", "content", "summary"];

// Entities stay untouched in the parser: it would expand those of a document type too.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  stopNodes: MARKUP_ELEMENTS.map((name) => `*.${name}`),
});

/**
 * A document with its root's name; throws `contract` for an HTML page, for what is no XML and for a document that is cut off. Small faults
 * inside (a bare ampersand) are overlooked, as many servers make them. Documents that declare entities are refused.
 */
export function parseXml({ text, contentType }: { text: string; contentType: string }): {
  name: string;
  root: XmlNode;
} {
  if (/html/i.test(contentType) || /^\s*<(?:!doctype\s+html|html)\b/i.test(text)) {
    throw contract("an HTML page");
  }
  if (/<!ENTITY/i.test(text)) throw contract("a document with entities of its own");
  if (!isWhole(text)) throw contract("no XML, or with a part of it,");
  const document = parseDocument(text);
  const name = Object.keys(document).find((key) => !key.startsWith("?")) ?? "";
  return { name, root: toNode(document[name]) };
}

/** All children of that name; elements that hold text alone become nodes with `#text`. */
export function listChildren(node: XmlNode, name: string): XmlNode[] {
  const children = node[name];
  return children === undefined ? [] : [children].flat().map(toNode);
}

/** The text of the first child of that name that has some, entities decoded; for a node without markup. */
export function findText(node: XmlNode, name: string): string | null {
  for (const child of listChildren(node, name)) {
    const text = textOf(child);
    if (text !== "") return text;
  }
  return null;
}

/** The text of the element itself. Markup written as text or CDATA comes out as that text. */
export function textOf(node: XmlNode): string {
  const raw = String(node["#text"] ?? "").trim();
  const cdata = /^<!\[CDATA\[([\s\S]*?)\]\]>$/.exec(raw);
  return (cdata?.[1] ?? decodeEntities(raw)).trim();
}

export function findAttribute(node: XmlNode, name: string): string | null {
  const value = node[`@${name}`];
  return typeof value === "string" && value.trim() !== "" ? decodeEntities(value).trim() : null;
}

/** Whether it ends with the end of its first element. */
function isWhole(text: string): boolean {
  const name = /<([a-z_][\w.:-]*)/i.exec(text)?.[1];
  const end = name === undefined ? -1 : text.lastIndexOf(`</${name}`);
  return end !== -1 && /^<\/[^\s>]+\s*>\s*(?:<!--[\s\S]*?-->\s*)*$/.test(text.slice(end));
}

function parseDocument(text: string): Record<string, unknown> {
  try {
    return parser.parse(text);
  } catch (error) {
    throw contract("damaged XML", error);
  }
}

function toNode(value: unknown): XmlNode {
  return typeof value === "object" && value !== null ? (value as XmlNode) : { "#text": value };
}

function contract(found: string, cause?: unknown): ProviderError {
  return new ProviderError({ class: "contract", message: `Answered with ${found} instead of a feed.` }, cause);
}
