import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.demo.token";
const KEY = "00112233445566778899aabbccddeeff";

let demo: Demo;
let base: string;
beforeAll(async () => {
  demo = await startDemo({ tmdbKey: TOKEN });
  base = demo.upstreams.tmdb.baseUrl;
});
afterAll(() => demo.stop());

const get = (path: string, token = TOKEN) => fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } });
const read = async (path: string) => (await get(path)).json();

test.each([
  ["/search/multi?query=matrix", "wrong"],
  [`/search/multi?query=matrix&api_key=${TOKEN}`, ""],
  ["/authentication", "wrong"],
])("knows nobody at %s with “%s”", async (path, token) => {
  const response = await get(path, token);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ success: false, status_code: 7 });
});

test("takes a short key in the address, and nowhere else", async () => {
  const other = await startDemo({ tmdbKey: KEY });
  const url = `${other.upstreams.tmdb.baseUrl}/authentication`;
  expect((await fetch(`${url}?api_key=${KEY}`)).status).toBe(200);
  expect((await fetch(url, { headers: { authorization: `Bearer ${KEY}` } })).status).toBe(401);
  await other.stop();
});

test.each([
  ["/search/multi", 422, undefined],
  ["/search/multi?query=x&adult=1", 422, undefined],
  ["/search/multi?query=x&page=0", 400, 22],
  ["/search/multi?query=x&page=501", 400, 22],
  ["/search/books?query=x", 404, 34],
  ["/movie/1", 404, 34],
  ["/tv/603", 404, 34],
  ["/nothing", 404, 34],
])("GET %s is %i with code %j", async (path, status, code) => {
  const response = await get(path);
  expect(response.status).toBe(status);
  expect((await response.json()).status_code).toBe(code);
});

test("finds films and series with one search, and people beside them", async () => {
  const { results } = await read("/search/multi?query=matrix");
  expect(results[0]).toMatchObject({ id: 603, media_type: "movie", title: "The Matrix", release_date: "1999-05-21" });
  const series = (await read("/search/multi?query=breaking%20bad")).results;
  expect(series[0]).toMatchObject({ id: 1396, media_type: "tv", name: "Breaking Bad", origin_country: ["US"] });
  const people = (await read("/search/multi?query=miyazaki")).results;
  expect(people.map((hit: { media_type: string }) => hit.media_type)).toContain("person");
});

test("says no kind of a hit where only one was searched for", async () => {
  const { results } = await read("/search/tv?query=doctor%20who");
  expect(results).toHaveLength(2);
  expect(results[0]).not.toHaveProperty("media_type");
});

test("sends twenty to a page", async () => {
  const first = await read("/search/multi?query=the");
  expect(first.results).toHaveLength(20);
  expect(first.total_pages).toBe(Math.ceil(first.total_results / 20));
  const last = await read(`/search/multi?query=the&page=${first.total_pages}`);
  expect(last.results.length).toBeGreaterThan(0);
});

test("keeps films for adults back until they are wanted", async () => {
  const find = (more: string) => read(`/search/multi?query=behind%20the%20midnight%20curtain${more}`);
  expect((await find("")).results.map(({ adult }: { adult: boolean }) => adult)).not.toContain(true);
  expect((await find("&include_adult=true")).results[0]).toMatchObject({ adult: true });
});

test("appends to a title what is asked for, and a series is no film of the same number", async () => {
  const film = await read("/movie/121?append_to_response=credits,alternative_titles,external_ids");
  expect(film).toMatchObject({ title: expect.stringContaining("Two Towers"), status: "Released" });
  expect(film.credits.crew).toContainEqual(expect.objectContaining({ name: "Peter Jackson", job: "Director" }));
  const series = await read("/tv/121");
  expect(series).toMatchObject({ name: "Doctor Who", status: "Ended" });
  expect(series).not.toHaveProperty("credits");
});

test("has the oddities of the real data somewhere", async () => {
  const pages = await Promise.all([1, 2, 3].map((page) => read(`/search/multi?query=the&page=${page}`)));
  const hits = pages.flatMap(({ results }) => results);
  expect(hits.some(({ overview }) => overview === "")).toBe(true);
  expect(hits.some(({ media_type, poster_path }) => media_type !== "person" && poster_path === null)).toBe(true);
});

test("serves the posters that its answers name, in the sizes that it has", async () => {
  const { results } = await read("/search/multi?query=matrix");
  const at = (size: string) => fetch(`${demo.upstreams.tmdb.origin}/t/p/${size}${results[0].poster_path}`);
  expect((await at("w500")).headers.get("content-type")).toBe("image/jpeg");
  expect((await at("w501")).status).toBe(404);
});
