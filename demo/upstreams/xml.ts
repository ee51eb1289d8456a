/** An element with escaped attributes and text; `inner` is markup and goes in as it is. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string>>,
  text: string | null = null,
  inner: string | null = null,
): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const content = inner ?? (text === null ? "" : escapeXml(text));
  return content === "" ? `<${name}${pairs.join("")}/>` : `<${name}${pairs.join("")}>${content}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
