import { describe, expect, it } from "vitest";
import { attachmentHeaders } from "./attachment";

const disposition = (fileName: string) =>
  attachmentHeaders({ fileName, mediaType: "application/pdf" })["Content-Disposition"];

describe("attachmentHeaders", () => {
  it("names the file twice: for old readers and as it is", () => {
    expect(disposition("Berserk (1)'s *best*.pdf")).toBe(
      `attachment; filename="Berserk (1)'s *best*.pdf"; filename*=UTF-8''Berserk%20%281%29%27s%20%2Abest%2A.pdf`,
    );
    expect(disposition("進撃.pdf")).toBe(`attachment; filename="__.pdf"; filename*=UTF-8''%E9%80%B2%E6%92%83.pdf`);
  });

  it("cannot be left by quotes, lines or halves of characters", () => {
    expect(disposition('a"; x="\r\nb\ud800.pdf')).toBe(
      `attachment; filename="a_; x=___b_.pdf"; filename*=UTF-8''a%22%3B%20x%3D%22%0D%0Ab%EF%BF%BD.pdf`,
    );
    expect(() => new Headers({ "Content-Disposition": disposition("a\r\nb: c.pdf") })).not.toThrow();
  });

  it("lets nothing be shown, guessed or changed", () => {
    expect(attachmentHeaders({ fileName: "a.pdf", mediaType: "application/pdf" })).toMatchObject({
      "Content-Type": "application/pdf",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": expect.stringContaining("sandbox"),
      "Cache-Control": expect.stringContaining("no-transform"),
    });
  });
});
