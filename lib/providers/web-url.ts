/** An absolute http(s) address, resolved against `base`; null for anything else (`data:` URIs, fragments of text). */
export function toWebUrl(raw: unknown, base?: string): string | null {
  if (typeof raw !== "string" || raw.trim() === "" || !URL.canParse(raw.trim(), base)) return null;
  const url = new URL(raw.trim(), base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}
