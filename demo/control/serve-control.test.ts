import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../start-demo";
import { startDemo } from "../start-demo";
import { SIMULATED_IDS } from "../upstreams/service-ids";

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

const ask = (method: string, path: string, body?: unknown) =>
  fetch(`${demo.control.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

test("lists the upstreams with fault and calls", async () => {
  await fetch(`${demo.upstreams.mangadex.baseUrl}/ping`);
  const list = await (await ask("GET", "/upstreams")).json();
  expect(list.map((upstream: { id: string }) => upstream.id)).toEqual([...SIMULATED_IDS]);
  expect(list[0]).toMatchObject({ baseUrl: demo.upstreams.mangadex.baseUrl, fault: { kind: "none" }, calls: 1 });
});

test("switches a fault on and off", async () => {
  const ping = () => fetch(`${demo.upstreams.mangadex.baseUrl}/ping`).then((response) => response.status);
  expect((await ask("PUT", "/upstreams/mangadex/fault", { kind: "503", afterSeconds: 5 })).status).toBe(200);
  expect(await ping()).toBe(503);
  expect(await (await ask("DELETE", "/upstreams/mangadex/fault")).json()).toMatchObject({ fault: { kind: "none" } });
  expect(await ping()).toBe(200);
});

test("clears all faults and counters at once", async () => {
  await ask("PUT", "/upstreams/kitsu/fault", { kind: "refuse" });
  await ask("PUT", "/upstreams/anilist/fault", { kind: "500" });
  const list = await (await ask("DELETE", "/upstreams")).json();
  expect(
    list.every(
      (upstream: { fault: { kind: string }; calls: number }) => upstream.fault.kind === "none" && upstream.calls === 0,
    ),
  ).toBe(true);
});

test.each([
  [{ kind: "explode" }, "kind"],
  [{ kind: "slow", ms: -1 }, "ms"],
  [{ kind: "flaky", percent: 101 }, "percent"],
  [{ kind: "none", sometimes: true }, "sometimes"],
])("refuses %o and names what is wrong", async (fault, named) => {
  const response = await ask("PUT", "/upstreams/kitsu/fault", fault);
  expect(response.status).toBe(400);
  expect((await response.json()).error).toContain(named);
});

test("knows neither other upstreams nor other paths", async () => {
  expect((await ask("PUT", "/upstreams/other/fault", { kind: "none" })).status).toBe(404);
  expect((await ask("GET", "/nothing")).status).toBe(404);
  expect((await ask("POST", "/upstreams")).status).toBe(405);
});

test("shows a page with a button for each fault", async () => {
  const page = await (await ask("GET", "/")).text();
  for (const id of SIMULATED_IDS) expect(page).toContain(`data-id="${id}" data-kind="hang-body"`);
});

test("the environment names every upstream, and the credentials that they ask for", () => {
  const variable = (id: string, field: string) => `PROVIDER_${id.toUpperCase().replaceAll("-", "_")}_${field}`;
  const keyed = ["tmdb", "opensubtitles", "openai", "deepseek", "qwen", "anthropic", "gemini", "cursor"];
  const signedIn = ["opds-tower", "opensubtitles"];
  expect(Object.keys(demo.environment)).toEqual(
    expect.arrayContaining([
      ...SIMULATED_IDS.map((id) => variable(id, "BASE_URL")),
      ...keyed.map((id) => variable(id, "API_KEY")),
      ...signedIn.flatMap((id) => [variable(id, "USERNAME"), variable(id, "PASSWORD")]),
    ]),
  );
});
