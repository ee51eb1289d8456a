import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

let demo: Demo;
let base: string;
beforeAll(async () => {
  demo = await startDemo();
  base = demo.upstreams.kitsu.baseUrl;
});
afterAll(() => demo.stop());

const MEDIA_TYPE = "application/vnd.api+json";
const ask = (path: string, headers: Record<string, string> = { accept: MEDIA_TYPE }) =>
  fetch(`${base}${path}`, { headers });
const read = async (path: string) => (await ask(path)).json();

test.each([
  ["unknown filter", "/manga?filter[name]=x", 400, "102"],
  ["unknown value of a filter", "/manga?filter[subtype]=comic", 400, "107"],
  ["page limit over 20", "/manga?page[limit]=21", 400, "118"],
  ["page limit that is no number", "/manga?page[limit]=ten", 400, "118"],
  ["unknown page parameter", "/manga?page[size]=5", 400, "105"],
  ["unknown parameter", "/manga?q=berserk", 400, "105"],
  ["unknown include", "/manga?include=authors", 400, "112"],
  ["unknown sort", "/manga?sort=name", 400, "114"],
  ["unknown resource of a fieldset", "/manga?fields[comics]=slug", 400, "101"],
  ["unknown id", "/manga/999999", 404, "404"],
  ["unknown path", "/mangas", 404, "404"],
])("refuses: %s", async (_name, path, status, code) => {
  const response = await ask(path);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ status: String(status), code }] });
});

test.each([{}, { accept: "application/json" }])("answers nobody who does not accept JSON:API (%o)", async (headers) => {
  expect((await ask("/manga", headers)).status).toBe(406);
});

test("says its media type", async () => {
  expect((await ask("/manga")).headers.get("content-type")).toContain(MEDIA_TYPE);
});

test("finds works by text, ten to a page, with links that name the old host", async () => {
  const body = await read("/manga?filter[text]=berserk");
  expect(body.data[0].attributes.canonicalTitle).toBe("Berserk");
  expect(body.data.length).toBeLessThanOrEqual(10);
  expect(body.meta.count).toBeGreaterThanOrEqual(body.data.length);
  expect(body.data[0].links.self).toMatch(/^https:\/\/kitsu\.io\//);
  expect((await read("/manga")).links.next).toMatch(/^https:\/\/kitsu\.io\/api\/edge\/manga\?/);
});

test("finds one work by its slug", async () => {
  const { data } = await read("/manga?filter[slug]=berserk");
  expect(data.map((item: { id: string }) => item.id)).toEqual(["8"]);
});

test("cuts attributes to the fieldset", async () => {
  const { data } = await read("/manga?page[limit]=1&fields[manga]=slug");
  expect(Object.keys(data[0].attributes)).toEqual(["slug"]);
  expect(data[0].relationships).toEqual({});
});

test("includes staff, people and mappings, each once and linked", async () => {
  const { data, included } = await read("/manga/8?include=categories,genres,staff.person,mappings");
  const of = (type: string) => included.filter((item: { type: string }) => item.type === type);
  expect(of("people")[0].attributes.name).toBe("Kentarou Miura");
  expect(of("mediaStaff")[0].attributes.role).toBe("Story & Art");
  expect(of("mediaStaff")[0].relationships.person.data.id).toBe(of("people")[0].id);
  expect(of("mappings").map((item: { attributes: object }) => item.attributes)).toMatchObject([
    { externalSite: "myanimelist/manga", externalId: "2" },
    { externalSite: "anilist/manga", externalId: "30002" },
  ]);
  expect(data.relationships.mappings.data).toHaveLength(2);
  expect(of("categories").length).toBeGreaterThan(0);
  expect(of("genres").length).toBeGreaterThan(0);
});

test("hides R18 and has the oddities of the real data somewhere", async () => {
  const pages = await Promise.all(
    Array.from({ length: 14 }, (_, page) => read(`/manga?page[limit]=20&page[offset]=${page * 20}`)),
  );
  const attributes = pages.flatMap((page) => page.data).map((item) => item.attributes);
  expect(attributes.some((item) => item.ageRating === "R18")).toBe(false);
  expect(attributes.some((item) => item.averageRating === null)).toBe(true);
  expect(attributes.every((item) => item.averageRating === null || typeof item.averageRating === "string")).toBe(true);
  expect(attributes.some((item) => item.posterImage === null)).toBe(true);
  expect(attributes.some((item) => item.titles.en === null)).toBe(true);
  expect(attributes.some((item) => item.startDate === null)).toBe(true);
  expect(attributes.some((item) => item.description === "")).toBe(true);
});

test("serves the posters that its answers name", async () => {
  const { data } = await read("/manga/8");
  const response = await fetch(data.attributes.posterImage.large);
  expect(response.headers.get("content-type")).toBe("image/jpeg");
});
