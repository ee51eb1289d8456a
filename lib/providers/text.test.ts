import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntities, toDescription, toLine, toLines } from "./text";

describe("toDescription", () => {
  it.each<[string, string, string]>([
    ["line breaks and inline tags", "One<br>two <i>three</i><br /><b>four</b>", "One\ntwo three\nfour"],
    ["paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"],
    ["links", 'See <a href="https://example.org">here</a>.', "See here."],
    ["entities, common and not", "&quot;A&quot; &amp; B&#039;s &#x2014; &eacute;t&eacute;", '"A" & B\'s — été'],
    ["markup that was escaped twice", "&lt;b&gt;bold&lt;/b&gt; &amp;amp; more", "bold & more"],
    ["a bare angle bracket", "I <3 you, 1 < 2 & 3 > 2", "I <3 you, 1 < 2 & 3 > 2"],
    ["spoilers", "He is ~!the\nmurderer!~ here", "He is here"],
    ["scripts and styles", "<style>b{}</style>Text<script>alert(1)</script>", "Text"],
    ["white space", "  a \t b \r\n\r\n\r\n\r\n c ", "a b\n\nc"],
  ])("resolves %s", (_, raw, text) => {
    expect(toDescription(raw)).toBe(text);
  });

  it("removes Markdown when asked for, and only then", () => {
    const raw = "**Bold** and _it_ with [a link](https://example.org)\n\n# Head\n- one";
    expect(toDescription(raw, { markdown: true })).toBe("Bold and it with a link\n\nHead\none");
    expect(toDescription(raw)).toBe(raw);
  });

  it("is null when nothing is left", () => {
    for (const raw of [null, undefined, "", "  ", "<br><p> </p>", "&nbsp;"]) expect(toDescription(raw)).toBeNull();
  });

  it("cuts long texts at a word", () => {
    const text = toDescription("word ".repeat(2000)) ?? "";
    expect(text.length).toBeLessThanOrEqual(4000);
    expect(text).toMatch(/ word…$/);
  });

  it("takes bounded time for texts made to be slow", () => {
    for (const piece of ["[", "*", "`", "<", "~!", "![", "_a ", "&", "<a "]) {
      const before = performance.now();
      toDescription(piece.repeat(1_000_000 / piece.length), { markdown: true });
      expect(performance.now() - before).toBeLessThan(2000);
    }
  });

  it("never throws and never leaves white space around", () => {
    const markup = fc.string({
      unit: fc.constantFrom("<", ">", "/", "b", "r", "&", ";", "#", "9", "*", "[", "]", "(", ")", " ", "\n", "~", "!"),
    });
    fc.assert(
      fc.property(markup, fc.boolean(), (raw, markdown) => {
        const text = toDescription(raw, { markdown });
        expect(text === null || (text !== "" && text === text.trim())).toBe(true);
      }),
    );
  });
});

describe("toLine", () => {
  it("decodes entities and keeps angle brackets, which titles have", () => {
    expect(toLine("  <Infinite Dendrogram> &amp;\n Co &eacute; ")).toBe("<Infinite Dendrogram> & Co é");
  });

  it("is null for what is no text", () => {
    for (const raw of [null, undefined, 3, {}, [], "", " \n"]) expect(toLine(raw)).toBeNull();
  });

  it("does not cut a character in half", () => {
    expect(() => encodeURIComponent(toLine("𝔘".repeat(400)) ?? "")).not.toThrow();
  });
});

describe("toLines", () => {
  it("drops repeats in whatever case, and what is no text", () => {
    expect(toLines(["Action", null, "action ", 7, "Drama"])).toEqual(["Action", "Drama"]);
  });
});

describe("decodeEntities", () => {
  it("puts a space in place of characters that no text may have", () => {
    expect(decodeEntities("a&#0;b&#xD800;c&#x110000;d")).toBe("a b c d");
  });
});
