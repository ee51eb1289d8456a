import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSafeFile } from "./safe-file";

describe("toSafeFile", () => {
  it.each([
    ["Berserk v01.cbz", null, "Berserk v01.cbz", "application/vnd.comicbook+zip"],
    ["Berserk v01", "application/epub+zip; charset=x", "Berserk v01.epub", "application/epub+zip"],
    ["Vol. 1", "application/x-rar-compressed", "Vol. 1.rar", "application/vnd.rar"],
    ["進撃の巨人 1.EPUB", "text/html", "進撃の巨人 1.epub", "application/epub+zip"],
    ["../../etc/passwd", null, "_.._etc_passwd.bin", "application/octet-stream"],
    ["a\r\nSet-Cookie: b", "application/pdf", "a Set-Cookie_ b.pdf", "application/pdf"],
    ["page.html", "text/html", "page.html.bin", "application/octet-stream"],
    ["setup.exe", "application/epub+zip", "setup.exe.epub", "application/epub+zip"],
    ["\u202Egpj.epub", null, "gpj.epub", "application/epub+zip"],
    ["NUL.txt", null, "_NUL.txt", "text/plain"],
    ["", null, "file.bin", "application/octet-stream"],
    [".hidden", null, "hidden.bin", "application/octet-stream"],
    ["film.en.srt", "application/octet-stream", "film.en.srt", "application/x-subrip"],
  ])("makes %j of type %j to %j", (name, mediaType, fileName, type) => {
    expect(toSafeFile({ name, mediaType })).toEqual({ fileName, mediaType: type });
  });

  it("gives a name that no disk, header or browser trips over, whatever comes in", () => {
    const property = fc.property(fc.string({ unit: "binary" }), fc.option(fc.string()), (name, mediaType) => {
      const safe = toSafeFile({ name, mediaType });
      expect(safe.fileName).toMatch(/^[^\p{Cc}\p{Cf}/\\:*?"<>|.\s][^\p{Cc}\p{Cf}/\\:*?"<>|]*\.[a-z0-9]+$/u);
      expect([...safe.fileName].length).toBeLessThanOrEqual(157);
      expect(safe.mediaType).not.toMatch(/html|svg|script|xhtml/);
      expect(toSafeFile({ name: safe.fileName, mediaType: safe.mediaType }).fileName).toBe(safe.fileName);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
