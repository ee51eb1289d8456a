import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Demo, startDemo } from "@/demo/start-demo";
import { SIMULATED_IDS, type SimulatedId } from "@/demo/upstreams/service-ids";
import { type Api, apiOf } from "@/tests/support/api";
import { type App, READER, startApp } from "@/tests/support/start-app";

interface Answer {
  providers: { id: string; state: string; reason: string | null }[];
  items: { id: string; title: string; type: string; languages: string[]; sources: { provider_id: string }[] }[];
}

const CATALOGUES = [
  "mangadex",
  "anilist",
  "kitsu",
  "mangaupdates",
  "openlibrary",
  "jikan",
  "opds-tower",
  "opds-harbour",
];
const KOMGA = ["komga-attic", "komga-cellar"];
const MODELS = ["openai", "deepseek", "qwen", "openai-compatible-attic", "anthropic", "gemini", "cursor"];

let demo: Demo;
let app: App;
let reader: Api;

beforeAll(async () => {
  demo = await startDemo();
  app = await startApp({ env: { ...demo.environment, HEALTH_MONITORING_ENABLED: "false" } });
  reader = await apiOf(app, READER.email);
});
afterAll(async () => {
  await app?.dispose();
  await demo?.stop();
});
beforeEach(() => {
  for (const id of SIMULATED_IDS) demo.upstreams[id].resetCalls();
});

const search = async (query: string) => (await reader.get<Answer>(`/api/v1/search?${query}`)).body;
const called = () => SIMULATED_IDS.filter((id) => demo.upstreams[id].calls() > 0);
const sorted = (ids: readonly string[]) => [...ids].sort();

describe("a search without providers", () => {
  it("asks catalogues alone", async () => {
    const { providers } = await search("q=monster");
    expect(sorted(providers.map(({ id }) => id))).toEqual(sorted([...CATALOGUES, ...KOMGA]));
    // Jikan is off until somebody switches it on.
    expect(providers.find(({ id }) => id === "jikan")).toMatchObject({ state: "skipped" });
    expect(sorted(called())).toEqual(sorted([...CATALOGUES, ...KOMGA].filter((id) => id !== "jikan")));
  });

  it.each<[string, readonly SimulatedId[]]>([
    ["q=berserk&type=movie", ["tmdb"]],
    ["q=dune&type=movie,tv", ["tmdb"]],
    ["q=matrix&type=subtitle", ["opensubtitles"]],
  ])("for %s asks those that have such alone", async (query, ids) => {
    const { providers, items } = await search(query);
    expect(providers.map(({ id }) => id)).toEqual(ids);
    expect(called()).toEqual(ids);
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ type }) => query.includes(type))).toBe(true);
  });

  it("for models asks the providers of models alone", async () => {
    const { providers, items } = await search("q=gpt&type=model");
    expect(sorted(providers.map(({ id }) => id))).toEqual(sorted(MODELS));
    expect(items.every(({ type }) => type === "model")).toBe(true);
    expect(sorted(called()).filter((id) => !MODELS.includes(id))).toEqual([]);
  });

  it("for types of two kinds asks both, and makes no film and comic of one name one work", async () => {
    const { providers, items } = await search("q=monster&type=manga,tv");
    expect(providers.map(({ id }) => id)).toEqual(expect.arrayContaining(["mangadex", "tmdb"]));
    const monsters = items.filter(({ title }) => title === "Monster");
    expect(new Set(monsters.map(({ type }) => type))).toEqual(new Set(["manga", "tv"]));
    const series = monsters.filter(({ type }) => type === "tv");
    expect(series.map(({ sources }) => sources.map((source) => source.provider_id))).toEqual([["tmdb"]]);
  });
});

it("named providers are asked whatever their kind", async () => {
  const { providers } = await search("q=berserk&providers=tmdb,kitsu&fresh=1");
  expect(sorted(providers.map(({ id }) => id))).toEqual(["kitsu", "tmdb"]);
});

describe.each([
  ["a film", "q=the%20matrix&type=movie", "tmdb"],
  ["a series", "q=breaking%20bad&type=tv", "tmdb"],
  ["a subtitle", "q=matrix&type=subtitle", "opensubtitles"],
  ["a model", "q=gpt&type=model", "openai"],
] as const)("%s", (_, query, providerId) => {
  it("is starred, listed and kept when its provider is gone", async () => {
    const found = (await search(query)).items.find(({ sources }) =>
      sources.some((source) => source.provider_id === providerId),
    );
    const id = found?.id ?? "";
    expect((await reader.send("POST", `/api/v1/favorites/${id}`)).status).toBe(201);
    await demo.upstreams[providerId].setFault({ kind: "refuse" });
    const title = await reader.get<{ title: string; type: string }>(`/api/v1/titles/${id}`);
    expect(title).toMatchObject({ status: 200, body: { title: found?.title, type: found?.type } });
    const { body } = await reader.get<{ manga_id: string; manga: { title: string } }[]>("/api/v1/favorites?limit=50");
    expect(body.find(({ manga_id }) => manga_id === id)?.manga.title).toBe(found?.title);
    await demo.upstreams[providerId].setFault({ kind: "none" });
  });
});

it("a subtitle says its language, and can be searched for in one", async () => {
  const { items } = await search("q=matrix&type=subtitle&language=fr");
  expect(items.length).toBeGreaterThan(0);
  expect(items.every(({ languages }) => languages.includes("fr"))).toBe(true);
});

it("an id of TMDb leads to the film itself", async () => {
  const { items } = await search("q=tmdb:movie/603&type=movie");
  expect(items.map(({ title }) => title)).toEqual(["The Matrix"]);
  expect((await search("q=tmdb:tv/121&type=tv")).items.map(({ title }) => title)).toEqual(["Doctor Who"]);
});
