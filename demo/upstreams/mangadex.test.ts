import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";

const BERSERK = "801513ba-a712-498c-8f57-cae55b38cc92";
let demo: Demo;
let base: string;
beforeAll(async () => {
  demo = await startDemo();
  base = demo.upstreams.mangadex.baseUrl;
});
afterAll(() => demo.stop());

const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${base}${path}`, { method, headers: { "user-agent": "Yagura/0.1 (+https://example.org)", ...headers } });
const read = async (path: string) => (await ask(path)).json();

test("answers the ping with pong", async () => {
  const response = await ask("/ping");
  expect(response.headers.get("content-type")).toMatch("text/plain");
  expect(await response.text()).toBe("pong");
});

test.each([
  ["limit over 100", "/manga?limit=101", 400],
  ["limit that is no number", "/manga?limit=ten", 400],
  ["window over 10,000", "/manga?limit=100&offset=9950", 400],
  ["unknown array parameter", "/manga?covers[]=1", 400],
  ["unknown parameter", "/manga?q=berserk", 400],
  ["array parameter without brackets", "/manga?includes=author", 400],
  ["unknown include", "/manga?includes[]=writer", 400],
  ["unknown content rating", "/manga?contentRating[]=adult", 400],
  ["unknown order", "/manga?order[score]=desc", 400],
  ["unknown direction", "/manga?order[relevance]=down", 400],
  ["id that is no UUID", "/manga/2", 400],
  ["search parameter on an entity", `/manga/${BERSERK}?limit=1`, 400],
  ["unknown id", "/manga/00000000-0000-4000-8000-000000000000", 404],
  ["unknown path", "/mangas", 404],
])("refuses: %s", async (_name, path, status) => {
  const response = await ask(path);
  expect(response.status).toBe(status);
  const body = await response.json();
  expect(body).toMatchObject({ result: "error", errors: [{ status }] });
});

test.each([
  ["a browser's agent", { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140" }],
  ["no agent", { "user-agent": "" }],
  ["a proxy that announces itself", { via: "1.1 proxy" }],
])("forbids %s", async (_name, headers) => {
  expect((await ask("/manga", headers)).status).toBe(403);
});

test("allows GET alone", async () => {
  expect((await ask("/manga", {}, "POST")).status).toBe(405);
});

test("puts the best match first when told to order by relevance", async () => {
  const { data, total, limit } = await read("/manga?title=berserk&order[relevance]=desc");
  expect(data[0].id).toBe(BERSERK);
  expect(total).toBeGreaterThan(3);
  expect(limit).toBe(10);
});

test("fills in relationships that are asked for, and no others", async () => {
  const { data } = await read(`/manga/${BERSERK}?includes[]=author`);
  const of = (type: string) => data.relationships.filter((entry: { type: string }) => entry.type === type);
  expect(of("author")[0].attributes.name).toBe("Miura Kentarou");
  expect(of("artist")[0]).not.toHaveProperty("attributes");
  expect(of("cover_art")[0]).not.toHaveProperty("attributes");
});

test("links Berserk to AniList, MyAnimeList and Kitsu but not to MangaUpdates", async () => {
  const { data } = await read(`/manga/${BERSERK}`);
  expect(data.attributes.links).toMatchObject({ al: "30002", mal: "2", kt: "8" });
  expect(data.attributes.links).not.toHaveProperty("mu");
});

test("leaves pornographic works out unless they are asked for", async () => {
  const ratings = async (query: string) => {
    const { data } = await read(`/manga?limit=100${query}`);
    return new Set(data.map((item: { attributes: { contentRating: string } }) => item.attributes.contentRating));
  };
  expect(await ratings("")).not.toContain("pornographic");
  expect(await ratings("&contentRating[]=pornographic")).toEqual(new Set(["pornographic"]));
});

test("pages without loss or repetition", async () => {
  const ids = new Set<string>();
  let total = 1;
  for (let offset = 0; offset < total; offset += 100) {
    const page = await read(`/manga?limit=100&offset=${offset}&order[relevance]=desc`);
    total = page.total;
    for (const item of page.data) ids.add(item.id);
  }
  expect(ids.size).toBe(total);
});

test("has the oddities of the real data somewhere", async () => {
  const pages = await Promise.all([0, 100, 200].map((offset) => read(`/manga?limit=100&offset=${offset}`)));
  const all = pages.flatMap((page) => page.data);
  const attributes = all.map((item) => item.attributes);
  expect(attributes.some((item) => item.year === null)).toBe(true);
  expect(attributes.some((item) => item.links === null)).toBe(true);
  expect(attributes.some((item) => Array.isArray(item.description))).toBe(true);
  expect(attributes.some((item) => item.title.en === undefined)).toBe(true);
  expect(attributes.some((item) => item.availableTranslatedLanguages.includes(null))).toBe(true);
  expect(attributes.some((item) => /^\d{1,6}$/.test(item.links?.mu ?? ""))).toBe(true);
  expect(all.some((item) => !item.relationships.some((entry: { type: string }) => entry.type === "cover_art"))).toBe(
    true,
  );
});

test("serves covers beside the API, whole and as thumbnails", async () => {
  const { data } = await read(`/manga/${BERSERK}?includes[]=cover_art`);
  const cover = data.relationships.find((entry: { type: string }) => entry.type === "cover_art");
  const at = `/covers/${BERSERK}/${cover.attributes.fileName}`;
  for (const [path, width] of [
    [at, 800],
    [`${at}.512.jpg`, 512],
    [`${at}.256.jpg`, 256],
  ] as const) {
    const response = await ask(path);
    const picture = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(picture).toMatchObject({ width, height: Math.round(width * 1.5) });
  }
  expect((await ask(`${at}.128.jpg`)).status).toBe(404);
  expect((await ask(`/covers/${BERSERK}/other.jpg`)).status).toBe(404);
});
