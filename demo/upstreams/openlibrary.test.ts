import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

let demo: Demo;
let base: string;
beforeAll(async () => {
  demo = await startDemo();
  base = demo.upstreams.openlibrary.baseUrl;
});
afterAll(() => demo.stop());

const AGENT = "Yagura/0.0.0 (+https://yagura.example)";
const get = (path: string, agent = AGENT) => fetch(`${base}${path}`, { headers: { "user-agent": agent } });
const read = async (path: string) => (await get(path)).json();

test.each(["", "node", "python-requests/2.32", "undici"])("lets nobody in who calls himself “%s”", async (agent) => {
  expect((await get("/search.json?q=dracula", agent)).status).toBe(403);
});

test.each([
  ["/search.json?q=dracula&size=5", 422],
  ["/search.json?q=dracula&limit=ten", 422],
  ["/search.json?q=dracula&page=0", 422],
  ["/works/OL1W.json", 404],
  ["/works/dracula.json", 404],
  ["/authors/OL1A.json", 404],
  ["/nothing", 404],
])("GET %s is %i", async (path, status) => {
  expect((await get(path)).status).toBe(status);
});

test("sends the asked fields alone, and of those only what a work has", async () => {
  const { docs, numFound } = await read("/search.json?q=dracula&fields=key,title,cover_i");
  expect(numFound).toBeGreaterThan(0);
  expect(docs[0]).toMatchObject({ key: "/works/OL85892W", title: "Dracula" });
  for (const doc of docs) expect(["key", "title", "cover_i"]).toEqual(expect.arrayContaining(Object.keys(doc)));
});

test("finds works by author and by key", async () => {
  expect((await read("/search.json?q=Jane%20Austen")).docs[0].title).toBe("Pride and Prejudice");
  const { docs } = await read("/search.json?q=key%3A%2Fworks%2FOL66554W");
  expect(docs.map(({ title }: { title: string }) => title)).toEqual(["Pride and Prejudice"]);
});

test("pages by offset and by number", async () => {
  const all = (await read("/search.json?q=the&limit=30&fields=key")).docs;
  expect((await read("/search.json?q=the&limit=10&offset=10&fields=key")).docs).toEqual(all.slice(10, 20));
  expect((await read("/search.json?q=the&limit=10&page=3&fields=key")).docs).toEqual(all.slice(20, 30));
});

test("names the authors of a work by key alone, whose page has the name", async () => {
  const work = await read("/works/OL66554W.json");
  expect(JSON.stringify(work)).not.toContain("Austen");
  const { name } = await read(`${work.authors[0].author.key}.json`);
  expect(name).toBe("Jane Austen");
});

test("has the oddities of the real data somewhere", async () => {
  const { docs } = await read("/search.json?q=the&limit=200&fields=*");
  expect(docs.some((doc: object) => !("author_name" in doc))).toBe(true);
  expect(docs.some((doc: object) => !("first_publish_year" in doc))).toBe(true);
  expect(docs.some((doc: object) => !("cover_i" in doc))).toBe(true);
  expect(docs.some(({ subject = [] }: { subject?: string[] }) => subject.some((text) => text.startsWith("nyt:")))).toBe(
    true,
  );
});

test("serves the covers that its answers name", async () => {
  const { docs } = await read("/search.json?q=dracula&fields=cover_i");
  const cover = await get(`/b/id/${docs[0].cover_i}-L.jpg?default=false`);
  expect(cover.headers.get("content-type")).toBe("image/jpeg");
  expect((await get("/b/id/1-L.jpg?default=false")).status).toBe(404);
});
