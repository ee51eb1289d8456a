/**
 * Counts by number (a class, a bin) as bytes: for each, ascending, its distance from the one before and its count, both as variable-length
 * integers (LEB128). Counts of zero are left out.
 */
export function packCounts(counts: ReadonlyMap<number, number>): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let last = 0;
  for (const number of [...counts.keys()].sort((a, b) => a - b)) {
    const count = counts.get(number) ?? 0;
    if (count <= 0) continue;
    pushVarint(bytes, number - last);
    pushVarint(bytes, count);
    last = number;
  }
  return Uint8Array.from(bytes);
}

/** What `packCounts` packed. Ends early at bytes that are cut off. */
export function unpackCounts(bytes: Uint8Array): Map<number, number> {
  const counts = new Map<number, number>();
  let number = 0;
  let read = 0;
  function next(): number {
    let value = 0;
    for (let scale = 1; read < bytes.length; scale *= 128) {
      const byte = bytes[read++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  }
  while (read < bytes.length) {
    number += next();
    const count = next();
    if (count > 0) counts.set(number, count);
  }
  return counts;
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

export function addCount(counts: Map<number, number>, number: number, by: number): void {
  counts.set(number, (counts.get(number) ?? 0) + by);
}
