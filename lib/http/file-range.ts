import type { FileRange } from "@/lib/providers/provider";

/**
 * The part of a file that a request asks for. Null, which means the whole, for none, for several at once and for what cannot be read: RFC 9110
 * lets a server pass over any of them.
 */
export function parseFileRange(headers: Headers): FileRange | null {
  const range =
    headers
      .get("range")
      ?.trim()
      .replace(/^bytes\s*=\s*/i, "bytes=") ?? "";
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range) ?? [];
  if (first === "" && last === "") return null;
  if (first !== "" && last !== "" && Number(first) > Number(last)) return null;
  return { range, ifRange: headers.get("if-range") };
}
