import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

let demo: Demo;
let base: string;
beforeAll(async () => {
  demo = await startDemo();
  base = demo.upstreams.jikan.baseUrl;
});
afterAll(() => demo.stop());

const get = (path: string) => fetch(`${base}${path}`);
const read = async (path: string) => (await get(path)).json();

test.each([
  ["/manga?limit=26", "limit"],
  ["/manga?page=0", "page"],
  ["/manga?type=comic", "type"],
  ["/manga?status=ongoing", "status"],
  ["/manga?sfw=maybe", "sfw"],
  ["/manga?order_by=name", "order_by"],
  ["/manga?query=berserk", "query"],
])("refuses %s and names what is wrong", async (path, name) => {
  const response = await get(path);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    type: "ValidationException",
    messages: { [name]: [expect.any(String)] },
  });
});

test.each(["/manga/999999999", "/manga/berserk", "/nothing"])("%s is not there, in its own words", async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ status: 404, type: "BadResponseException" });
});

test("finds Berserk, with its authors family first and the default title first", async () => {
  const { data, pagination } = await read("/manga?q=berserk&limit=5");
  expect(data[0]).toMatchObject({
    mal_id: 2,
    title: "Berserk",
    titles: [{ type: "Default", title: "Berserk" }, {}, {}, {}, { type: "Japanese" }, { type: "English" }],
    authors: [{ name: "Miura, Kentarou" }],
    published: { prop: { from: { year: 1989 } } },
  });
  expect(pagination.items).toMatchObject({ count: data.length, per_page: 5 });
});

test("finds next to nothing for one or two letters", async () => {
  expect((await read("/manga?q=no")).data).toEqual([]);
});

test("pages on to the end", async () => {
  const first = await read("/manga?q=the&limit=25");
  const last = await read(`/manga?q=the&limit=25&page=${first.pagination.last_visible_page}`);
  expect(first.pagination.has_next_page).toBe(true);
  expect(last.pagination.has_next_page).toBe(false);
  expect(last.data.length).toBeGreaterThan(0);
});

test("leaves works for adults out when it is asked to", async () => {
  const isAdult = ({ explicit_genres }: { explicit_genres: { name: string }[] }) =>
    explicit_genres.some(({ name }) => name === "Hentai");
  const pages = async (query: string) => {
    const { pagination } = await read(`/manga?${query}`);
    const numbers = Array.from({ length: pagination.last_visible_page }, (_, index) => index + 1);
    return (await Promise.all(numbers.map((page) => read(`/manga?${query}&page=${page}`)))).flatMap(({ data }) => data);
  };
  expect((await pages("limit=25")).some(isAdult)).toBe(true);
  expect((await pages("limit=25&sfw=true")).some(isAdult)).toBe(false);
});

test("has the oddities of the real data somewhere", async () => {
  const pages = await Promise.all([1, 2, 3, 4, 5, 6].map((page) => read(`/manga?page=${page}`)));
  const works = pages.flatMap(({ data }) => data);
  expect(works.some(({ type }) => type === null)).toBe(true);
  expect(works.some(({ score }) => score === null)).toBe(true);
  expect(works.some(({ synopsis }) => synopsis === null)).toBe(true);
  expect(works.some(({ published }) => published.from === null)).toBe(true);
  expect(works.some(({ images }) => /apple-touch-icon/.test(images.jpg.image_url))).toBe(true);
});

test("serves the pictures that its answers name", async () => {
  const { data } = await read("/manga/2/full");
  expect((await fetch(data.images.jpg.large_image_url)).headers.get("content-type")).toBe("image/jpeg");
  expect((await fetch(data.images.webp.small_image_url)).headers.get("content-type")).toBe("image/webp");
});
