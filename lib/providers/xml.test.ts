import { describe, expect, it } from "vitest";
import { findAttribute, findText, listChildren, parseXml, textOf } from "./xml";

const parse = (text: string, contentType = "application/atom+xml") => parseXml({ text, contentType });

describe("parseXml", () => {
  it("reads names without their prefixes, and texts and attributes with entities decoded", () => {
    const { name, root } = parse(
      '<?xml version="1.0"?><!-- a --><a:feed xmlns:a="urn:a"><a:id> 1 &amp; 2 </a:id><a:link href="x?a=1&amp;b=&#50;"/></a:feed><!-- b -->',
    );
    expect(name).toBe("feed");
    expect(findText(root, "id")).toBe("1 & 2");
    expect(listChildren(root, "link").map((link) => findAttribute(link, "href"))).toEqual(["x?a=1&b=2"]);
  });

  it("keeps markup as text, numbers as texts and CDATA as it is", () => {
    const { root } = parse(
      "<feed><content><p>a <b>b</b></p></content><id>007</id><summary><![CDATA[a &amp; <i>b</i>]]></summary></feed>",
    );
    expect(findText(root, "content")).toBe("<p>a <b>b</b></p>");
    expect(findText(root, "id")).toBe("007");
    expect(listChildren(root, "summary").map(textOf)).toEqual(["a &amp; <i>b</i>"]);
  });

  it("overlooks a bare ampersand and entities of HTML", () => {
    const { root } = parse('<feed><id>A & B</id><title>a&nbsp;b</title><link href="?a=1&b=2"/></feed>');
    expect(findText(root, "id")).toBe("A & B");
    expect(findText(root, "title")).toBe("a b");
    expect(listChildren(root, "link").map((link) => findAttribute(link, "href"))).toEqual(["?a=1&b=2"]);
  });

  it.each([
    ["an HTML page", "<!DOCTYPE html><html></html>", "application/xml", /HTML page/],
    ["an HTML page by its type", "<feed></feed>", "text/html; charset=utf-8", /HTML page/],
    ["nothing", "", "application/xml", /no XML/],
    ["JSON", '{"a": "<b"}', "application/json", /no XML/],
    ["a cut in the middle", "<feed><id>1</id><entry><id>2</id></ent", "application/xml", /no XML/],
    ["a cut after an element", "<feed><id>1</id>", "application/xml", /no XML/],
    ["entities of its own", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml", /entities/],
    [
      "an external entity",
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      "application/xml",
      /entities/,
    ],
  ])("refuses %s", (_, text, contentType, message) => {
    expect(() => parse(text, contentType)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ class: "contract", message: expect.stringMatching(message) }),
      }),
    );
  });
});
