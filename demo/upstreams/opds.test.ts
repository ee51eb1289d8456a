import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

let demo: Demo;
let root: string;
let headers: Record<string, string>;
beforeAll(async () => {
  demo = await startDemo();
  root = demo.upstreams["opds-tower"].baseUrl;
  const { PROVIDER_OPDS_TOWER_USERNAME: name, PROVIDER_OPDS_TOWER_PASSWORD: password } = demo.environment;
  headers = { authorization: `Basic ${btoa(`${name}:${password}`)}` };
});
afterAll(() => demo.stop());

type Node = Record<string, string>;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (name) => ["entry", "link", "author", "category"].includes(name),
});
const get = (url: string) => fetch(new URL(url, root), { headers });
const read = async (url: string) => parser.parse(await (await get(url)).text());
const linkOf = (node: { link: Node[] }, rel: string) => node.link.find((link) => link.rel === rel)?.href;

test.each([
  ["no credentials", {}],
  ["wrong credentials", { authorization: `Basic ${btoa("keeper:wrong")}` }],
  ["another scheme", { authorization: "Bearer lantern" }],
])("asks for Basic authentication: %s", async (_name, given: Record<string, string>) => {
  const response = await fetch(root, { headers: given });
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
});

test("is open when it was given no credentials", async () => {
  const open = await startDemo({ opdsCredentials: null });
  expect((await fetch(open.upstreams["opds-tower"].baseUrl)).status).toBe(200);
  expect(open.environment).not.toHaveProperty("PROVIDER_OPDS_TOWER_USERNAME");
  await open.stop();
});

test.each([
  ["works?name=berserk", 400],
  ["works?page=0", 400],
  ["works/00000000-0000-4000-8000-000000000000", 404],
  ["nothing", 404],
])("GET %s is %i", async (path, status) => {
  expect((await get(path)).status).toBe(status);
});

test("knows GET alone", async () => {
  expect((await fetch(root, { method: "POST", headers })).status).toBe(405);
});

test("leads from the root by its search description to hits", async () => {
  const { feed } = await read(root);
  const description = await read(linkOf(feed, "search") ?? "");
  const template: string = description.OpenSearchDescription.Url.template;
  const hits = await read(template.replace("{searchTerms}", "berserk").replace("{startPage?}", ""));
  const [first] = hits.feed.entry;
  expect(first).toMatchObject({ title: "Berserk", "dc:issued": 1989, author: [{ name: "Kentarou Miura" }] });
  expect(first.id).toMatch(/^urn:uuid:/);
});

test("pages by relative links, each work once", async () => {
  const ids = new Set<string>();
  let url: string | undefined = new URL("works", root).href;
  let total = 0;
  while (url) {
    const { feed } = await read(url);
    total = feed["opensearch:totalResults"];
    for (const entry of feed.entry) ids.add(entry.id);
    const next = linkOf(feed, "next");
    expect(next ?? "works").toMatch(/^works/);
    url = next && new URL(next, url).href;
  }
  expect(ids.size).toBe(total);
  expect((await read("works?page=99")).feed.entry).toBeUndefined();
});

test("has the oddities of real catalogues somewhere", async () => {
  const pages = await Promise.all(
    Array.from({ length: 8 }, (_, page) => get(`works?page=${page + 1}`).then((response) => response.text())),
  );
  const entries = pages.join("").match(/<entry>.*?<\/entry>/gs) ?? [];
  expect(entries.some((entry) => !entry.includes("<author>"))).toBe(true);
  expect(entries.some((entry) => !entry.includes("<dc:issued>"))).toBe(true);
  expect(entries.some((entry) => entry.includes('type="xhtml"'))).toBe(true);
  expect(entries.some((entry) => entry.includes('type="html"'))).toBe(true);
  expect(entries.some((entry) => entry.includes("http://opds-spec.org/cover"))).toBe(true);
});

test("gives cover, whole entry and file where an entry's links lead", async () => {
  const feedUrl = new URL("works?q=berserk", root).href;
  const { feed } = await read(feedUrl);
  const [entry] = feed.entry;
  const follow = (rel: string) => get(new URL(linkOf(entry, rel) ?? "", feedUrl).href);
  expect((await follow("http://opds-spec.org/image")).headers.get("content-type")).toBe("image/webp");
  expect((await follow("http://opds-spec.org/image/thumbnail")).headers.get("content-type")).toBe("image/webp");
  const detail = await follow("alternate");
  const { entry: whole } = parser.parse(await detail.text());
  expect(whole[0].id).toBe(entry.id);
  const cover = new URL(whole[0].link[0].href, detail.url);
  expect((await get(cover.href)).status).toBe(200);
  const file = Buffer.from(await (await follow("http://opds-spec.org/acquisition/open-access")).arrayBuffer());
  expect(file.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  expect(file.includes("001.jpg")).toBe(true);
});
