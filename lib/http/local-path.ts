/** Where to go after signing in: a path of this site, "/" for anything else, so that a link cannot lead elsewhere. */
export function toLocalPath(next: unknown): string {
  if (typeof next !== "string" || !/^\/(?![/\\])/.test(next) || hasControlCharacter(next)) return "/";
  const url = new URL(next, "http://localhost");
  return url.host === "localhost" ? url.pathname + url.search + url.hash : "/";
}

/** Browsers drop tabs and line ends inside URLs, which could turn "/\t/evil" into "//evil". */
function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character <= " " || character === "\\");
}
