/**
 * A pure function of a text that remembers its last results: catalogues know the same works by the same names, and a search compares
 * each name many times. Holds at most twice `max` results; those not asked for in a while go first.
 */
export function memoByText<Value>(make: (text: string) => Value, max: number): (text: string) => Value {
  let recent = new Map<string, Value>();
  let older = new Map<string, Value>();
  return (text) => {
    let value = recent.get(text);
    if (value !== undefined) return value;
    value = older.get(text) ?? make(text);
    if (recent.size >= max) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, value);
    return value;
  };
}
