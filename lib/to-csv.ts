export type CsvValue = string | number | boolean | null;

/** RFC 4180 with a header row; null is empty. Text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function toCsv<Row extends Readonly<Record<string, CsvValue>>>(
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): string {
  const lines = rows.map((row) => columns.map((column) => toCell(row[column] ?? null)).join(","));
  return [columns.join(","), ...lines, ""].join("\r\n");
}

function toCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
