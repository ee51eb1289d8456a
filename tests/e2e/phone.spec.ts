import { cardOf, expect, searchFor, test } from "./stack";

test("on a 390 px phone one searches, stars and finds the favorite, and nothing scrolls sideways", async ({
  page,
  signIn,
}) => {
  await signIn();
  await searchFor(page, "berserk");
  await cardOf(page, "Berserk").getByRole("button", { name: "Add Berserk to favorites" }).click();
  await expect(cardOf(page, "Berserk").getByRole("button", { name: "Remove Berserk from favorites" })).toBeVisible();
  await expect(page.getByText("Added Berserk to favorites").first()).toBeVisible();
  for (const path of ["/", "/?q=berserk", "/favorites", "/providers", "/providers/kitsu", "/settings"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
  await page.goto("/favorites");
  await expect(page.getByRole("link", { name: "Berserk", exact: true }).first()).toBeVisible();
});
