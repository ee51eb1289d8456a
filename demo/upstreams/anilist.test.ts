import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

let demo: Demo;
let base: string;
beforeAll(async () => {
  demo = await startDemo();
  base = demo.upstreams.anilist.baseUrl;
});
afterAll(() => demo.stop());

const JSON_TYPE = { "content-type": "application/json", accept: "application/json" };
const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  fetch(base, { method: "POST", headers, body });
const ask = async (query: string, variables: object = {}) => {
  const response = await post(JSON.stringify({ query, variables }));
  return { status: response.status, ...(await response.json()) };
};

test.each([
  ["a field that does not exist", "{ Media(id: 30002) { name } }", 'Cannot query field "name"'],
  ["an argument that does not exist", "{ Media(mal: 2) { id } }", 'Unknown argument "mal"'],
  ["a value that is not in the enumeration", "{ Media(id: 30002, type: COMIC) { id } }", '"COMIC"'],
  ["a selection that is missing", "{ Media(id: 30002) { title } }", "must have a selection"],
  ["a query that does not parse", "{ Media(id: 30002) { id }", "Syntax Error"],
  ["an empty search", '{ Page { media(search: "") { id } } }', "validation"],
  ["a search that is null", "{ Page { media(search: null) { id } } }", "validation"],
])("refuses %s with 400", async (_name, query, message) => {
  const { status, errors } = await ask(query);
  expect(status).toBe(400);
  expect(errors[0]).toMatchObject({ status: 400 });
  expect(errors[0].message).toContain(message);
});

test("refuses a variable of the wrong type", async () => {
  const { status } = await ask("query ($id: Int) { Media(id: $id) { id } }", { id: "many" });
  expect(status).toBe(400);
});

test.each([
  ["a body that is no JSON", "Media", JSON_TYPE],
  ["a body without a query", "{}", JSON_TYPE],
  ["a body of another type", '{"query":"{ Media(id: 30002) { id } }"}', { "content-type": "text/plain" }],
])("refuses %s", async (_name, body, headers) => {
  const response = await post(body, headers);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ data: null, errors: [{ status: 400 }] });
});

test("answers POST alone", async () => {
  expect((await fetch(`${base}?query={Media(id:30002){id}}`)).status).toBe(405);
});

test("says 404 for a work that it does not have", async () => {
  const { status, errors, data } = await ask("{ Media(id: 1, type: MANGA) { id } }");
  expect(status).toBe(404);
  expect(errors[0]).toMatchObject({ message: "Not Found.", status: 404 });
  expect(data).toEqual({ Media: null });
});

test("finds a work by its own and by MyAnimeList's number", async () => {
  expect((await ask("{ Media(id: 30013, type: MANGA) { id } }")).data.Media.id).toBe(30013);
  expect((await ask("{ Media(idMal: 2, type: MANGA) { id } }")).data.Media.id).toBe(30002);
});

test("cuts pages at 50 and tells the truth in hasNextPage alone", async () => {
  const page = (number: number) =>
    `{ Page(page: ${number}, perPage: 80) { pageInfo { total hasNextPage perPage } media(type: MANGA) { id } } }`;
  const first = (await ask(page(1))).data.Page;
  expect(first.media).toHaveLength(50);
  expect(first.pageInfo).toEqual({ total: 5000, hasNextPage: true, perPage: 50 });
  expect((await ask(page(40))).data.Page).toMatchObject({ media: [], pageInfo: { hasNextPage: false } });
});

test("knows hiatus in version 2 only", async () => {
  const { data } = await ask("{ Media(id: 30656) { old: status status(version: 2) } }");
  expect(data.Media).toEqual({ old: "RELEASING", status: "HIATUS" });
});

test("filters adult works only when told to", async () => {
  const adult = async (filter: string) => {
    const { data } = await ask(
      `{ Page { media(sort: [SCORE_DESC], genre: "Drama", tag: "Adult"${filter}) { isAdult } } }`,
    );
    return data.Page.media.length;
  };
  expect(await adult("")).toBeGreaterThan(0);
  expect(await adult(", isAdult: true")).toBe(await adult(""));
  expect(await adult(", isAdult: false")).toBe(0);
});

test("serves the pictures that its answers name, and marks missing ones by default.jpg", async () => {
  const { data } = await ask(
    "{ Media(id: 30002) { coverImage { extraLarge large } } a: Page(page: 1) { media { coverImage { large } } } b: Page(page: 2) { media { coverImage { large } } } }",
  );
  expect(data.Media.coverImage.extraLarge).toContain("/large/");
  expect(data.Media.coverImage.large).toContain("/medium/");
  const picture = await fetch(data.Media.coverImage.large);
  expect(picture.status).toBe(200);
  expect(picture.headers.get("content-type")).toMatch(/^image\//);
  const urls = [...data.a.media, ...data.b.media].map((item) => item.coverImage.large);
  expect(urls.some((url) => url.endsWith("/default.jpg"))).toBe(true);
});

test("sends its budget along", async () => {
  const response = await post('{"query":"{ Media(id: 30002) { id } }"}');
  expect(response.headers.get("x-ratelimit-limit")).toBe("30");
});
