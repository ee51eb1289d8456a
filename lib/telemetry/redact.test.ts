import { describe, expect, it } from "vitest";
import { redact, redactText } from "./redact";

const SECRET = "Zq9vT3xLm2Rk8Wb5";

describe("a secret is not shown", () => {
  const places: [string, unknown][] = [
    ["in a query", `GET https://api.example/3/search/movie?query=a&api_key=${SECRET} failed`],
    ["in a query named key alone", `https://ai.example/v1beta/models?key=${SECRET}`],
    ["in a fragment", `https://x.example/back#access_token=${SECRET}&state=1`],
    ["in a signed address", `https://b.s3.example/x?X-Amz-Credential=AKIA7&X-Amz-Signature=${SECRET}`],
    ["in user information", `https://keeper:${SECRET}@books.example/opds`],
    ["in a password with an @", `https://keeper:p@${SECRET}@books.example/opds`],
    ["in an encoded password", `https://keeper%40home:${SECRET}%2F@books.example/opds`],
    ["in a database address", `postgresql://yagura:${SECRET}@db:5432/yagura`],
    ["in an address without a user", `redis://:${SECRET}@redis:6379/0`],
    ["in an address object", new URL(`https://kay:${SECRET}@h.example/?token=${SECRET}`)],
    ["in a form", `grant_type=password&username=kay&password=${SECRET}&client_id=1`],
    ["at the head of a form", `password=${SECRET}&username=kay`],
    ["in JSON", `{"email":"a@b.example","password":"${SECRET}"}`],
    ["in JSON within JSON", JSON.stringify({ body: JSON.stringify({ apiKey: SECRET }) })],
    ["in a header line", `X-Api-Key: ${SECRET}`],
    ["in a vendor's header line", `x-goog-api-key: ${SECRET}`],
    ["in basic credentials", `Authorization: Basic ${Buffer.from(`kay:${SECRET}`).toString("base64")}`],
    ["in a cookie header", `Cookie: theme=dark; next-auth.session-token=${SECRET}`],
    ["in a set-cookie header", `Set-Cookie: __Secure-next-auth.session-token=${SECRET}; Path=/; HttpOnly`],
    ["in a list of headers", ["Host", "h.example", "X-Api-Key", SECRET, "Authorization", `Token ${SECRET}`]],
    [
      "in pairs of headers",
      [
        ["cookie", `a=${SECRET}`],
        ["host", "h.example"],
      ],
    ],
    ["in headers by name", { "set-cookie": [`a=${SECRET}`], "proxy-authorization": SECRET }],
    ["in settings", { config: { baseUrl: "https://x.example", apiKey: SECRET, username: "kay", password: SECRET } }],
    ["in variables", { METRICS_TOKEN: SECRET, NEXTAUTH_SECRET: SECRET, INSTANCE_KEY: SECRET, pwd: SECRET }],
    ["in what an AI provider says", `Incorrect API key provided: sk-proj-${SECRET}${SECRET}.`],
    ["in what another says", `invalid x-api-key sk-ant-api03-${SECRET}`],
    ["in a web token", `token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${SECRET}`],
    ["in one of our own keys", `key ygr_ab12_${SECRET} refused`],
    ["in an error", new Error(`connect to https://kay:${SECRET}@h failed`)],
    ["in an error's cause", new Error("x", { cause: { headers: { cookie: SECRET } } })],
    ["in properties of an error", Object.assign(new Error("x"), { config: { password: SECRET } })],
    ["far down", { a: { b: { c: { d: { e: { f: { g: { password: SECRET } } } } } } } }],
  ];

  it.each(places)("%s", (_place, value) => {
    expect(JSON.stringify(redact(value))).not.toContain(SECRET);
  });
});

describe("what is no secret stays", () => {
  it.each([
    "GET https://api.mangadex.example/manga?title=berserk&limit=20&includes[]=author",
    "kitsu: a timeout after 10 s",
    "sign-in refused",
    "https://x.example/@kay/list?email=a@b.example",
    "password",
    "Favorite.findMany took 201 ms",
  ])("%s", (text) => {
    expect(redactText(text)).toBe(text);
  });

  it("in records: names, numbers, dates, codes of errors", () => {
    const at = new Date(0);
    const record = {
      event: "auth.failed",
      reason: "password",
      passive: 3,
      at,
      fields: ["config.api_key"],
      secret: null,
    };
    expect(redact(record)).toEqual(record);
    expect(redact(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }))).toMatchObject({
      type: "Error",
      message: "refused",
      code: "ECONNREFUSED",
    });
  });
});
