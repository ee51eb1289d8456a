import { describe, expect, it } from "vitest";
import { toLocalPath } from "./local-path";

describe("where to go after signing in", () => {
  it.each(["/favorites?page=2", "/titles/abc#notes", "/?q=%E6%AB%93"])("keeps %s", (path) => {
    expect(toLocalPath(path)).toBe(path);
  });

  it.each([
    undefined,
    "",
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/a/..//\\evil",
    "javascript:alert(1)",
    ["/a", "/b"],
  ])("never leaves the site for %j", (path) => {
    expect(toLocalPath(path)).toBe("/");
  });
});
