import { ADMIN, cardOf, expect, signInOn, test } from "./stack";

test("without JavaScript one signs in, searches, stars and finds the favorite", async ({ page, signIn }) => {
  await signIn();
  await page.getByRole("searchbox").fill("berserk");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(cardOf(page, "Berserk")).toHaveCount(1);
  await cardOf(page, "Berserk").getByRole("button", { name: "Add Berserk to favorites" }).click();
  await expect(cardOf(page, "Berserk").getByRole("button", { name: "Remove Berserk from favorites" })).toBeVisible();
  await page.goto("/favorites");
  await expect(page.getByRole("link", { name: "Berserk", exact: true }).first()).toBeVisible();
});

test("without JavaScript films, subtitles and models are searched in their tabs", async ({ page, signIn }) => {
  await signIn();
  await page.getByRole("link", { name: "Films & series" }).click();
  await page.getByRole("searchbox").fill("the matrix");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(cardOf(page, "The Matrix").first()).toContainText("1999 · Film");
  await page.getByRole("link", { name: "Subtitles" }).click();
  await expect(
    page
      .getByRole("list", { name: "Subtitles" })
      .getByText(/English/)
      .first(),
  ).toBeVisible();
  await page.goto("/?kind=models&q=gpt&plain=1");
  await expect(page.getByRole("list", { name: "Models" }).getByText("OpenAI").first()).toBeVisible();
});

test("without JavaScript a search with a broken provider says which one failed", async ({ page, signIn, stack }) => {
  await stack.demo.upstreams["anilist"]?.setFault({ kind: "500" });
  await signIn();
  await page.goto("/?q=vagabond");
  await expect(page.getByRole("listitem").filter({ hasText: "AniList" }).filter({ hasText: "failed" })).toBeVisible();
  await stack.demo.upstreams["anilist"]?.setFault({ kind: "none" });
});

test("without JavaScript the providers are a snapshot that one sorts by links and tests by forms", async ({ page }) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  await expect(page.getByText(/^As of \d\d:\d\d/)).toBeVisible();
  await expect(page.locator("#provider-mangadex").getByText("Active")).toBeVisible();
  await expect(page.locator("#provider-mangadex").getByRole("img", { name: /^Last 24 hours/ })).toBeVisible();
  await page.getByRole("link", { name: "p95 ms" }).click();
  await expect(page).toHaveURL(/sort=-p95/);
  await expect(page.getByRole("columnheader", { name: "p95 ms" })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("button", { name: "Test MangaDex" }).click();
  await expect(page.getByText(/MangaDex answered after/)).toBeVisible();
});

test("without JavaScript a provider's page says why and what was, keeps a bad value with its field, and tries thresholds", async ({
  page,
  stack,
}) => {
  await signInOn(page, ADMIN);
  await stack.demo.upstreams.mangaupdates.setFault({ kind: "500" });
  await page.goto("/providers/mangaupdates?range=1h");
  for (let times = 0; times < 3; times++) {
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText(/MangaUpdates did not pass the test/)).toBeVisible();
  }
  const why = page.getByRole("region", { name: "Why" });
  await expect(why.getByText(/3 failures in a row, the last an error of its server/)).toBeVisible();
  await expect(why.getByText("3 failures in a row count as down.")).toBeVisible();
  await page.getByText("The figures as a table").click();
  await expect(page.getByRole("cell", { name: /http_5xx 3|http_5xx [12]/ }).first()).toBeVisible();
  await stack.demo.upstreams.mangaupdates.setFault({ kind: "none" });

  await page.getByLabel("Priority").fill("700");
  await page.getByRole("button", { name: "Save its use" }).click();
  await expect(page.getByLabel("Priority")).toHaveAccessibleDescription(/from 0 to 100/);
  await expect(page.getByLabel("Priority")).toHaveValue("700");

  await page.getByLabel("Failures in a row until it is down").fill("2");
  await page.getByRole("button", { name: "Try on the last 7 days" }).click();
  await expect(page.getByText(/With these thresholds the last 7.d/)).toBeVisible();
});

test("without JavaScript a catalogue is added and removed", async ({ page, stack }) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  await page.getByRole("link", { name: "Add a provider" }).click();
  await page.getByRole("link", { name: "Set up OPDS" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Attic");
  await page.getByLabel("Base URL").fill(stack.demo.upstreams["opds-tower"].baseUrl);
  await page.getByRole("button", { name: "Add the provider" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Attic" })).toBeVisible();
  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove Attic" }).click();
  await expect(page.getByText("Attic is removed. Favorites that came from it stay.")).toBeVisible();
});
