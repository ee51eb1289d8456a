import fc from "fast-check";

const ODD_VALUES: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  2.5,
  1e21,
  "",
  " ",
  "0",
  "x",
  "<b>a</b> &amp; <br>",
  "data:image/png;base64,AA",
  "http://[",
  [],
  [null],
  [[]],
  ["x", 3, null],
  {},
  { "": null },
  { data: null },
  { id: 7 },
];
const ODD_TEXTS = [
  "",
  "<",
  ">",
  "&",
  "&#0;",
  "&nope;",
  '"',
  "]]>",
  "<![CDATA[",
  "<a>",
  "</entry>",
  "<title/>",
  "\u0000",
  "0",
  "data:,",
];

/** Bodies like the given one with some values replaced by values of other types or left out, or a text with pieces replaced. */
export function mangled(body: unknown): fc.Arbitrary<unknown> {
  return typeof body === "string" ? mangledText(body) : mangledJson(body);
}

function mangledText(text: string): fc.Arbitrary<string> {
  const cut = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(60),
    odd: fc.constantFrom(...ODD_TEXTS),
  });
  return fc
    .array(cut, { minLength: 1, maxLength: 4 })
    .map((cuts) => cuts.reduce((rest, { at, length, odd }) => rest.slice(0, at) + odd + rest.slice(at + length), text));
}

function mangledJson(body: unknown): fc.Arbitrary<unknown> {
  const paths = listPaths(body);
  const change = fc.record({ path: fc.constantFrom(...paths), odd: fc.constantFrom(...ODD_VALUES) });
  return fc
    .array(change, { minLength: 1, maxLength: 6 })
    .map((changes) => changes.reduce((rest, { path, odd }) => replaceAt(rest, path, odd), body));
}

function listPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, member]) => listPaths(member, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], odd: unknown): unknown {
  if (key === undefined) return odd;
  if (Array.isArray(value))
    return value.map((member, index) => (String(index) === key ? replaceAt(member, rest, odd) : member));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === key ? replaceAt(member, rest, odd) : member,
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}
