import Database from "better-sqlite3";
import { expectNoViolations } from "./axe";
import { ADMIN, cardOf, expect, READER, type Stack, signInOn, test } from "./stack";

const HOUR_MS = 3_600_000;

/** As if the provider had failed so many hours ago and ever since: in what the app reads when it starts. */
async function backdate({ app }: Stack, providerId: string, hours: number): Promise<void> {
  await app.stop();
  const database = new Database(app.databaseUrl.replace(/^file:/, ""));
  const row = database.prepare(`SELECT "state" FROM "ProviderState" WHERE "providerId" = ?`).get(providerId);
  // Safe because the app has just written it.
  const stored = JSON.parse((row as { state: string }).state) as { uptime: unknown };
  const at = Date.now() - hours * HOUR_MS;
  stored.uptime = [
    { at: at - HOUR_MS, kind: "up" },
    { at, kind: "down" },
  ];
  database
    .prepare(`UPDATE "ProviderState" SET "state" = ? WHERE "providerId" = ?`)
    .run(JSON.stringify(stored), providerId);
  database.close();
  await app.restart();
}

test("a favorite whose only provider was down for a day needs attention, and names where else the work is", async ({
  page,
  browser,
  stack,
}) => {
  // The app is started twice.
  await signInOn(page, READER);
  // A work that no other test finds at other providers, too.
  await page.goto("/?q=20th+century+boys&providers=mangadex");
  await cardOf(page, "20th Century Boys").getByRole("button", { name: "Add 20th Century Boys to favorites" }).click();
  await expect(page.getByText("Added 20th Century Boys to favorites").first()).toBeVisible();

  // Pictures too: a cover that comes is a sign of life.
  await stack.demo.upstreams["mangadex"]?.setFault({ kind: "500", scope: "all" });
  const admin = await browser.newPage({ baseURL: stack.app.url });
  await signInOn(admin, ADMIN);
  await admin.evaluate(async () => {
    for (let count = 0; count < 3; count++) await fetch("/api/v1/providers/mangadex/test", { method: "POST" });
  });
  await admin.close();
  await page.goto("/favorites");
  await expect(page.getByRole("listitem").filter({ hasText: "20th Century Boys" }).getByText("Down")).toBeAttached();
  await expect(page.getByText(/none of its providers was well/)).toHaveCount(0);

  await backdate(stack, "mangadex", 25);
  await page.goto("/favorites?health=needs_attention");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "20th Century Boys" }) });
  await expect(card.getByText(/none of its providers was well for a day/)).toBeVisible();
  await expect(card.getByRole("link", { name: /^AniList/ })).toHaveAttribute(
    "href",
    /^https:\/\/anilist\.co\/manga\/\d+$/,
  );
  await expectNoViolations(page);

  await card.getByRole("link", { name: "20th Century Boys", exact: true }).click();
  await expect(page.getByText("None of them was well for a day.", { exact: false })).toBeVisible();
  await expect(page.getByRole("link", { name: /^AniList.*opens a new tab/ }).first()).toBeVisible();

  await stack.demo.upstreams["mangadex"]?.setFault({ kind: "none" });
});
