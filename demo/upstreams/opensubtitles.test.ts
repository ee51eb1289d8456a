import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";
import { SERVICE_ACCOUNT } from "./services";

const NOW = Date.UTC(2026, 10, 22, 16, 30);
const KEY = "tests-own-opensubtitles-key";
const agent = { "user-agent": "Yagura/0.0.0 (+https://example.org)" };

let demo: Demo;
let base: string;
let now = NOW;
beforeAll(async () => {
  demo = await startDemo({ clock: () => now, serviceKeys: { opensubtitles: KEY } });
  base = demo.upstreams.opensubtitles.baseUrl;
});
/** Each test is a day of its own, with the whole allowance. */
beforeEach(() => {
  now += 86_400_000;
});
afterAll(() => demo.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${base}${path}`, { redirect: "manual", headers: { "api-key": KEY, ...agent, ...headers } });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${base}${path}`, {
    method: "POST",
    headers: { "api-key": KEY, "content-type": "application/json", ...agent, ...headers },
    body: JSON.stringify(body),
  });
const search = async (query: string) => (await get(`/subtitles?${query}`)).json();

describe("the door", () => {
  test.each([
    ["no key", { "api-key": "" }],
    ["a wrong key", { "api-key": "wrong" }],
    ["a browser's name", { "user-agent": "Mozilla/5.0" }],
    ["a library's name", { "user-agent": "node" }],
  ])("is closed to %s", async (_, headers) => {
    const response = await get("/infos/formats", headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ message: expect.any(String) });
  });

  test("is open to others", async () => {
    expect(await (await get("/infos/formats")).json()).toMatchObject({ data: { output_formats: expect.any(Array) } });
  });
});

describe("search", () => {
  test.each(["", "languages=en", "query=", "text=matrix", "imdb_id=matrix", "page=0&query=matrix", "query=x&type=tv"])(
    "refuses %j",
    async (query) => {
      const response = await get(`/subtitles?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ errors: [expect.any(String)] });
    },
  );

  test.each([
    ["query=Matrix", "query=matrix"],
    ["query=matrix&languages=en", "languages=en&query=matrix"],
    ["languages=fr,en&query=matrix", "languages=en%2Cfr&query=matrix"],
    ["page=1&query=matrix", "query=matrix"],
    ["imdb_id=tt0133093", "imdb_id=133093"],
  ])("redirects %s to %s", async (query, expected) => {
    const response = await get(`/subtitles?${query}`);
    expect(response.status).toBe(301);
    expect(response.headers.get("location")).toBe(`/api/v1/subtitles?${expected}`);
  });

  test("finds a film by its name and by its id, most fetched first", async () => {
    const byName = await search("query=the+matrix");
    expect(byName.data[0].attributes.feature_details.title).toMatch(/Matrix/);
    const byId = await search("imdb_id=133093&languages=de%2Cen");
    expect(byId.total_count).toBeGreaterThan(1);
    const counts = byId.data.map(
      (entry: { attributes: { download_count: number } }) => entry.attributes.download_count,
    );
    expect(counts).toEqual([...counts].sort((one, other) => other - one));
    for (const { attributes } of byId.data) {
      expect(["de", "en"]).toContain(attributes.language);
      expect(attributes.feature_details).toMatchObject({ imdb_id: 133093, tmdb_id: 603, feature_type: "Movie" });
    }
  });

  test("has episodes for series, and pages of sixty", async () => {
    const first = await search("query=berserk");
    expect(first).toMatchObject({ page: 1, per_page: 60 });
    expect(first.data).toHaveLength(60);
    const second = await search("page=2&query=berserk");
    expect(second.page).toBe(2);
    const all = [...first.data, ...second.data];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const episode = all.find(({ attributes }) => attributes.feature_details.feature_type === "Episode");
    expect(episode.attributes.feature_details).toMatchObject({ season_number: 1, parent_title: "Berserk" });
  });

  test("has the oddities of the real data somewhere", async () => {
    const { data } = await search("query=the");
    const attributes = data.map((entry: { attributes: Record<string, unknown> }) => entry.attributes);
    expect(attributes.some((each: { from_trusted: unknown }) => each.from_trusted === null)).toBe(true);
    expect(attributes.some((each: { uploader: { name: unknown } }) => each.uploader.name === null)).toBe(true);
    expect(attributes.some((each: { related_links: unknown }) => !Array.isArray(each.related_links))).toBe(true);
  });
});

describe("downloads", () => {
  const fileId = async () => (await search("imdb_id=133093")).data[0].attributes.files[0].file_id;
  const signIn = async () => (await (await post("/login", SERVICE_ACCOUNT)).json()).token;

  test("give a link that is good for three hours", async () => {
    const { link, file_name, remaining } = await (await post("/download", { file_id: await fileId() })).json();
    expect([file_name, remaining]).toEqual([expect.stringMatching(/\.srt$/), 4]);
    const file = await fetch(link);
    expect(file.headers.get("content-disposition")).toContain("attachment");
    expect(await file.text()).toMatch(/^1\r\n00:00:01,000 --> /);
    now += 4 * 3_600_000;
    expect((await fetch(link)).status).toBe(410);
  });

  test("are five a day for strangers and twenty for members, until midnight", async () => {
    const body = { file_id: await fileId() };
    const statuses = async (count: number, headers = {}) =>
      (await Promise.all(Array.from({ length: count }, () => post("/download", body, headers)))).map(
        ({ status }) => status,
      );
    expect((await statuses(6)).filter((status) => status === 406)).toHaveLength(1);
    const member = { authorization: `Bearer ${await signIn()}` };
    expect((await statuses(21, member)).filter((status) => status === 406)).toHaveLength(1);
    const spent = await (await post("/download", body, member)).json();
    expect(spent).toMatchObject({ remaining: -2, message: expect.stringContaining("allowed 20") });
    now = Date.parse(spent.reset_time_utc);
    expect((await post("/download", body, member)).status).toBe(200);
  });

  test.each([
    ["/login", { username: "keeper", password: "wrong" }, {}, 401],
    ["/login", { user: "keeper" }, {}, 400],
    ["/download", { file_id: "7" }, {}, 400],
    ["/download", { file_id: 7 }, {}, 400],
    ["/download", { file_id: 7, format: "srt" }, {}, 400],
    ["/download", { file_id: 7 }, { authorization: "Bearer wrong" }, 401],
  ] as const)("%s refuses %j", async (path, body, headers, status) => {
    expect((await post(path, body, headers)).status).toBe(status);
  });
});
