/** The year at the beginning of a date, range or number ("2010-2015", 1989); null for anything that is no year from 1800 to 2099. */
export function parseYear(raw: unknown): number | null {
  if (typeof raw !== "string" && typeof raw !== "number") return null;
  const match = /^(?:1[89]|20)\d\d(?!\d)/.exec(String(raw).trim());
  return match ? Number(match[0]) : null;
}
