import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { UpstreamId } from "./catalogue/shelf";
import { UPSTREAM_IDS } from "./catalogue/shelf";
import type { FaultKind } from "./faults";
import { NO_FAULT } from "./faults";
import type { Demo } from "./start-demo";
import { startDemo } from "./start-demo";

const NOW = 1_790_000_000_000;
let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ opdsCredentials: null, clock: () => NOW });
});
afterEach(async () => {
  for (const upstream of Object.values(demo.upstreams)) await upstream.setFault(NO_FAULT);
});
afterAll(() => demo.stop());

/** A search that succeeds while there is no fault. */
function search(id: UpstreamId, signal?: AbortSignal): Promise<Response> {
  const { baseUrl } = demo.upstreams[id];
  const post = (url: string, body: object) =>
    fetch(url, {
      ...rest,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const rest: RequestInit = { redirect: "manual", ...(signal ? { signal } : {}) };
  switch (id) {
    case "mangadex":
      return fetch(`${baseUrl}/manga?title=berserk`, rest);
    case "anilist":
      return post(baseUrl, { query: '{ Page { media(search: "berserk") { id } } }' });
    case "kitsu":
      return fetch(`${baseUrl}/manga?filter[text]=berserk`, {
        ...rest,
        headers: { accept: "application/vnd.api+json" },
      });
    case "mangaupdates":
      return post(`${baseUrl}/series/search`, { search: "berserk" });
    case "opds-tower":
      return fetch(new URL("works?q=berserk", baseUrl), rest);
    case "openlibrary":
      return fetch(`${baseUrl}/search.json?q=berserk`, {
        ...rest,
        headers: { "user-agent": "Yagura/0 (+https://x.example)" },
      });
    case "jikan":
      return fetch(`${baseUrl}/manga?q=berserk`, rest);
    case "opds-harbour":
      return fetch(new URL("works?query=berserk", baseUrl), rest);
    case "komga-attic":
    case "komga-cellar":
      return fetch(`${baseUrl}/api/v1/series/list`, {
        ...rest,
        method: "POST",
        headers: { "content-type": "application/json", ...komgaHeaders(id) },
        body: JSON.stringify({ fullTextSearch: "berserk" }),
      });
    case "tmdb":
      return fetch(`${baseUrl}/search/multi?query=berserk`, {
        ...rest,
        headers: { authorization: `Bearer ${demo.environment["PROVIDER_TMDB_API_KEY"]}` },
      });
  }
}

function komgaHeaders(id: "komga-attic" | "komga-cellar"): Record<string, string> {
  const of = (name: string) => demo.environment[`PROVIDER_${id.toUpperCase().replace("-", "_")}_${name}`] ?? "";
  if (id === "komga-attic") return { "x-api-key": of("API_KEY") };
  return { authorization: `Basic ${btoa(`${of("USERNAME")}:${of("PASSWORD")}`)}` };
}

async function under(id: UpstreamId, kind: FaultKind): Promise<Response> {
  await demo.upstreams[id].setFault({ kind, afterSeconds: 90 });
  return search(id);
}

function isWellFormed(text: string, contentType: string): boolean {
  if (contentType.includes("xml")) return /<\/(feed|error)>\s*$/.test(text);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe.each(UPSTREAM_IDS)("%s", (id) => {
  test("answers while there is no fault", async () => {
    expect((await search(id)).status).toBe(200);
  });

  test.each([
    ["500", 500],
    ["503", 503],
    ["429", 429],
    ["403-json", 403],
    ["403-challenge", 403],
    ["200-error-body", 200],
    ["truncated-json", 200],
    ["wrong-type", 200],
    ["redirect", 302],
    ["bad-key", 401],
    ["quota", 402],
    ["overload", 503],
    ["empty", 200],
  ] as const)("%s is status %i", async (kind, status) => {
    expect((await under(id, kind)).status).toBe(status);
  });

  test("an answer cut short is whole for HTTP and broken for its reader", async () => {
    const response = await under(id, "truncated-json");
    const text = await response.text();
    expect(text.length).toBeGreaterThan(10);
    expect(isWellFormed(text, response.headers.get("content-type") ?? "")).toBe(false);
  });

  test("an error in a success is well formed but holds no hits", async () => {
    const response = await under(id, "200-error-body");
    const text = await response.text();
    expect(isWellFormed(text, response.headers.get("content-type") ?? "")).toBe(true);
    expect(text).toMatch(/error|exception/);
    expect(text).not.toContain("Berserk");
  });

  test("empty finds nothing and is no error", async () => {
    const response = await under(id, "empty");
    const text = await response.text();
    expect(isWellFormed(text, response.headers.get("content-type") ?? "")).toBe(true);
    expect(text).not.toMatch(/erserk.*Miura|30002|"id":|<entry>/s);
  });

  test("refuses connections on request and takes them again afterwards on the same port", async () => {
    const { baseUrl } = demo.upstreams[id];
    await demo.upstreams[id].setFault({ kind: "refuse" });
    await expect(search(id), "on a connection kept open").rejects.toThrow("fetch failed");
    await expect(search(id)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    await demo.upstreams[id].setFault(NO_FAULT);
    expect(demo.upstreams[id].baseUrl).toBe(baseUrl);
    expect((await search(id)).status).toBe(200);
  });
});

const hinted: [FaultKind, Record<string, string>][] = [
  ["429-retry-after-seconds", { "retry-after": "90" }],
  ["429-retry-after-date", { "retry-after": new Date(NOW + 90_000).toUTCString() }],
  ["429-x-ratelimit-retry-after", { "x-ratelimit-retry-after": String(NOW / 1000 + 90) }],
  ["429-x-ratelimit-reset", { "x-ratelimit-reset": String(NOW / 1000 + 90) }],
  ["429-ratelimit-reset", { "ratelimit-reset": "90" }],
  ["429-no-hint", {}],
  ["503", { "retry-after": "90" }],
];

test.each(hinted)("%s says when to come back in this spelling alone", async (kind, expected) => {
  const response = await under("mangaupdates", kind);
  const names = ["retry-after", "x-ratelimit-retry-after", "x-ratelimit-reset", "ratelimit-reset"];
  const said = names.flatMap((name) => (response.headers.has(name) ? [[name, response.headers.get(name)]] : []));
  expect(Object.fromEntries(said)).toEqual(expected);
});

test("429 alone has the upstream's own spelling", async () => {
  expect((await under("mangadex", "429")).headers.get("x-ratelimit-retry-after")).toBe(String(NOW / 1000 + 90));
  const response = await under("anilist", "429");
  expect(response.headers.get("retry-after")).toBe("90");
  expect(response.headers.get("x-ratelimit-reset")).toBe(String(NOW / 1000 + 90));
});

test("a challenge is HTML of the guard in front", async () => {
  const response = await under("kitsu", "403-challenge");
  expect(response.headers.get("cf-mitigated")).toBe("challenge");
  expect(response.headers.get("content-type")).toMatch("text/html");
});

test("AniList says that it is switched off in JSON", async () => {
  const body = await (await under("anilist", "403-json")).json();
  expect(body.errors[0].message).toMatch(/temporarily disabled/);
});

test("a redirect leads to a host that never resolves", async () => {
  expect((await under("mangadex", "redirect")).headers.get("location")).toBe(
    "http://moved.invalid/manga?title=berserk",
  );
});

test("slow answers after the wait, and rightly", async () => {
  await demo.upstreams.kitsu.setFault({ kind: "slow", ms: 80 });
  const start = performance.now();
  const response = await search("kitsu");
  expect(performance.now() - start).toBeGreaterThanOrEqual(75);
  expect(response.status).toBe(200);
});

test("hang-headers sends nothing", async () => {
  await demo.upstreams.mangadex.setFault({ kind: "hang-headers" });
  await expect(search("mangadex", AbortSignal.timeout(80))).rejects.toMatchObject({ name: "TimeoutError" });
});

test("hang-body sends headers and half of the rest", async () => {
  await demo.upstreams.mangadex.setFault({ kind: "hang-body" });
  const response = await search("mangadex", AbortSignal.timeout(400));
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toMatchObject({ name: "TimeoutError" });
});

test("flaky fails exactly the given share", async () => {
  await demo.upstreams.anilist.setFault({ kind: "flaky", percent: 30 });
  const statuses: number[] = [];
  for (let call = 0; call < 20; call++) statuses.push((await search("anilist")).status);
  expect(statuses.filter((status) => status === 500)).toHaveLength(6);
});

test("counts calls of the API, failed ones too, and pictures apart", async () => {
  const { mangadex } = demo.upstreams;
  mangadex.resetCalls();
  await search("mangadex");
  await under("mangadex", "500");
  await fetch(`${mangadex.origin}/covers/x/y.jpg`);
  expect(mangadex.calls()).toBe(2);
  expect(mangadex.staticCalls()).toBe(1);
});

test("pictures suffer only when the fault says so", async () => {
  const { kitsu } = demo.upstreams;
  const picture = () => fetch(`${kitsu.origin}/manga/poster_images/8/tiny.jpg`);
  await kitsu.setFault({ kind: "500" });
  expect((await picture()).status).toBe(200);
  await kitsu.setFault({ kind: "500", scope: "all" });
  expect((await picture()).status).toBe(500);
});
