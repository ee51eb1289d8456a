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
