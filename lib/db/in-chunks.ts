const ROWS_MAX = 500;

/** Parts small enough for one statement, at up to 60 values a row, on either database. */
export function inChunks<Row>(rows: readonly Row[], rowsMax: number = ROWS_MAX): Row[][] {
  const chunks: Row[][] = [];
  for (let start = 0; start < rows.length; start += rowsMax) chunks.push(rows.slice(start, start + rowsMax));
  return chunks;
}
