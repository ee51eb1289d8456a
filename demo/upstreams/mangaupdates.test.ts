import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

let demo: Demo;
let base: string;
beforeAll(async () => {
  demo = await startDemo({ clock: () => 1_790_000_000_000 });
  base = demo.upstreams.mangaupdates.baseUrl;
});
afterAll(() => demo.stop());

const post = (body: string, type = "application/json") =>
  fetch(`${base}/series/search`, { method: "POST", headers: { "content-type": type }, body });
const search = async (wanted: object) => (await post(JSON.stringify(wanted))).json();

test.each([
  ["a body that is no JSON", "search=berserk", "application/json"],
  ["a body of another type", '{"search":"berserk"}', "application/x-www-form-urlencoded"],
  ["an unknown property", '{"q":"berserk"}', "application/json"],
  ["a page that is no number", '{"search":"berserk","page":"1"}', "application/json"],
  ["a year that is a number", '{"year":1989}', "application/json"],
  ["an unknown order", '{"orderby":"relevance"}', "application/json"],
])("refuses %s", async (_name, body, type) => {
  const response = await post(body, type);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ status: "exception", reason: expect.any(String) });
});

test("searches by POST alone", async () => {
  expect((await fetch(`${base}/series/search?search=berserk`)).status).toBe(400);
  expect((await fetch(`${base}/misc/time`, { method: "POST" })).status).toBe(405);
});

test.each([
  ["/series/12345", 404],
  ["/series/njeqwry", 400],
  ["/nothing", 404],
])("GET %s is %i", async (path, status) => {
  expect((await fetch(`${base}${path}`)).status).toBe(status);
});

test("tells the time", async () => {
  expect(await (await fetch(`${base}/misc/time`)).json()).toMatchObject({
    timestamp: 1_790_000_000,
    as_rfc3339: "2026-09-21T14:13:20+00:00",
  });
});

test("sends 25 hits whatever perpage says, and pages on", async () => {
  const first = await search({ perpage: 5 });
  const second = await search({ perpage: 5, page: 2 });
  expect(first).toMatchObject({ page: 1, per_page: 25 });
  expect(first.results).toHaveLength(25);
  expect(second.results[0].record.series_id).not.toBe(first.results[0].record.series_id);
});

test("gives Berserk with a plain year, no authors and no ids of others", async () => {
  const { results } = await search({ search: "Berserk" });
  const { record } = results[0];
  expect(record).toMatchObject({
    title: "Berserk",
    year: "1989",
    type: "Manga",
    url: expect.stringContaining("/njeqwry/"),
  });
  expect(Number.parseInt("njeqwry", 36)).toBe(record.series_id);
  expect(record).not.toHaveProperty("authors");
  expect(JSON.stringify(record)).not.toContain("30002");
});

test("marks novels in the title and says which title was hit", async () => {
  const { results } = await search({ search: "Attack on Titan" });
  expect(results[0]).toMatchObject({ hit_title: "Attack on Titan", record: { title: "Shingeki no Kyojin" } });
  const novels = await search({ search: "Overlord", type: ["Novel"] });
  expect(novels.results[0].record.title).toBe("Overlord (Novel)");
});

test("has the oddities of the real data somewhere", async () => {
  const pages = await Promise.all(Array.from({ length: 11 }, (_, page) => search({ page: page + 1 })));
  const records = pages.flatMap((page) => page.results).map((result) => result.record);
  expect(records.some((record) => record.year === "")).toBe(true);
  expect(records.some((record) => /^\d{4}-\d{4}$/.test(record.year))).toBe(true);
  expect(records.some((record) => record.description === null)).toBe(true);
  expect(records.some((record) => record.title.includes("&#039;"))).toBe(true);
  expect(records.some((record) => record.image.url.original === null)).toBe(true);
  expect(records.every((record) => String(record.series_id).length === 11)).toBe(true);
});

test("has authors, status and other titles in the detail", async () => {
  const series = await (await fetch(`${base}/series/${Number.parseInt("njeqwry", 36)}`)).json();
  expect(series.authors.map((author: { type: string }) => author.type)).toEqual(["Author", "Artist"]);
  expect(series.authors[0].name).toMatch(/^miura kentarou$/i);
  expect(series.associated).toContainEqual({ title: "ベルセルク" });
  expect(series).toMatchObject({ completed: false, status: expect.stringContaining("Ongoing") });
});

test("serves the pictures that its answers name", async () => {
  const { results } = await search({ search: "Berserk" });
  for (const url of Object.values<string>(results[0].record.image.url)) {
    expect((await fetch(url)).headers.get("content-type")).toBe("image/jpeg");
  }
});
