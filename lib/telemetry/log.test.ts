import { describe, expect, it } from "vitest";
import { createLog } from "./log";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog("info", { write: (line) => void lines.push(line) }));
  return lines.join("");
}

describe("the log", () => {
  const secrets = [
    [
      "a password in a URL",
      (log) => log.info({ url: "https://kay:hunter2secret@books.example/opds" }, "x"),
      "hunter2secret",
    ],
    [
      "an API key in a query",
      (log) => log.info("GET https://api.example/3/search?api_key=0123abcdsecret&q=a"),
      "0123abcdsecret",
    ],
    [
      "a bearer token in text",
      (log) => log.info("sent Authorization: Bearer sk-proj-abcdef123456"),
      "sk-proj-abcdef123456",
    ],
    [
      "a nested header",
      (log) => log.info({ request: { headers: { "x-api-key": "k-99-secret" } } }, "x"),
      "k-99-secret",
    ],
    ["a cookie", (log) => log.info({ headers: { cookie: "session=abcsecret" } }, "x"), "abcsecret"],
    ["a body field", (log) => log.info({ body: { email: "a@b.example", password: "p-secret-1" } }, "x"), "p-secret-1"],
    [
      "a secret in an error's cause",
      (log) => log.error({ err: new Error("x", { cause: new Error("https://a:zz-secret@h/") }) }),
      "zz-secret",
    ],
    ["one of our own API keys", (log) => log.info("key ygr_ab12_Zx-secret_9 refused"), "Zx-secret_9"],
  ] satisfies [string, (log: ReturnType<typeof createLog>) => void, string][];

  it.each(secrets)("never shows %s", (_name, write, secret) => {
    const line = logged(write);
    expect(line).toContain("[redacted]");
    expect(line).not.toContain(secret);
  });

  it("keeps event names, numbers and harmless texts", () => {
    const line = JSON.parse(
      logged((log) => log.info({ event: "provider.checked", provider: "kitsu", ms: 12 }, "checked")),
    );
    expect(line).toMatchObject({ level: "info", event: "provider.checked", provider: "kitsu", ms: 12, msg: "checked" });
  });
});
