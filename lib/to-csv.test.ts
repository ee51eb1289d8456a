import { expect, it } from "vitest";
import { toCsv } from "./to-csv";

it("writes a header, empty cells for null and quotes what needs it", () => {
  const rows = [
    { at: "2026", error: 'a "bad", answer', ms: 12 },
    { at: "2027", error: null, ms: -1 },
  ];
  expect(toCsv(["at", "ms", "error"], rows)).toBe('at,ms,error\r\n2026,12,"a ""bad"", answer"\r\n2027,-1,\r\n');
});

it("lets no text become a formula", () => {
  expect(toCsv(["error"], [{ error: "=HYPERLINK(1)" }])).toContain("'=HYPERLINK(1)");
});
