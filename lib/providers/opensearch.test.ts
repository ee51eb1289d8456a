import { describe, expect, it } from "vitest";
import { expandTemplate, findFeedTemplate } from "./opensearch";

describe("expandTemplate", () => {
  const searchTerms = "a b/c&d?";
  const encoded = "a%20b%2Fc%26d%3F";

  it.each<[string, string]>([
    ["/find/{searchTerms}?library_id=x", `/find/${encoded}?library_id=x`],
    ["https://h/find?q={searchTerms}&count={count?}&start={startIndex?}", `https://h/find?q=${encoded}`],
    ["find?author={atom:author?}&q={searchTerms?}", `find?q=${encoded}`],
    ["find?q={searchTerms}&page={startPage}&enc={inputEncoding}", `find?q=${encoded}&page=1&enc=UTF-8`],
    ["find?count={count?}", "find"],
    ["find/{atom:title?}/{searchTerms}", `find//${encoded}`],
    ["find?a=1", "find?a=1"],
  ])("expands %s", (template, url) => {
    expect(expandTemplate(template, { searchTerms })).toBe(url);
  });
});

describe("findFeedTemplate", () => {
  const read = (urls: string) =>
    findFeedTemplate({
      status: 200,
      contentType: "application/opensearchdescription+xml",
      url: "https://books.example.org/search",
      text: `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">${urls}</OpenSearchDescription>`,
    });

  it("prefers feeds to other XML and passes over web pages", () => {
    const html = '<Url type="text/html" template="h?q={searchTerms}"/>';
    const xml = '<Url type="application/xml" template="x?q={searchTerms}&amp;a=1"/>';
    const atom = '<Url type="application/atom+xml;profile=opds-catalog" template="a?q={searchTerms}"/>';
    expect(read(html + xml + atom)).toBe("a?q={searchTerms}");
    expect(read(html + xml)).toBe("x?q={searchTerms}&a=1");
    expect(read(html)).toBeNull();
    expect(read("")).toBeNull();
  });
});
