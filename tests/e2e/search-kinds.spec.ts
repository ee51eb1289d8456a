import { cardOf, expect, searchFor, test } from "./stack";

const TABS = { films: "Films & series", subtitles: "Subtitles", models: "Models" } as const;

test("each tab asks its own providers alone, and keeps the query", async ({ page, signIn }) => {
  await signIn();
  await searchFor(page, "matrix");
  const chips = page.getByRole("list", { name: "Providers in this search" });
  await expect(chips.getByText("MangaDex")).toBeVisible();
  await expect(chips.getByText("TMDb")).toHaveCount(0);

  await page.getByRole("link", { name: TABS.films }).click();
  await page.waitForURL(/kind=films/);
  await expect(page.getByRole("searchbox")).toHaveValue("matrix");
  await expect(page.getByRole("link", { name: TABS.films })).toHaveAttribute("aria-current", "page");
  await expect(chips.getByText("TMDb")).toBeVisible();
  await expect(chips.getByText("MangaDex")).toHaveCount(0);
  await expect(cardOf(page, "The Matrix").first()).toContainText("1999 · Film");
});

test("a search from a tab stays in it", async ({ page, signIn }) => {
  await signIn();
  await page.goto("/?kind=films");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Search films and series");
  await searchFor(page, "berserk");
  expect(new URL(page.url()).searchParams.get("kind")).toBe("films");
  await expect(cardOf(page, "Berserk").first()).toContainText("1997 · Series");
});

test("subtitles say their language and have a drawn cover; one can be starred", async ({ page, signIn }) => {
  await signIn();
  await page.goto("/?kind=subtitles&q=matrix");
  const cards = page.getByRole("list", { name: "Subtitles" }).getByRole("listitem");
  await expect(cards.filter({ hasText: /English · \d{4} · Subtitles/ }).first()).toBeVisible();
  await expect(cards.first().locator("img")).toHaveCount(0);
  await cards
    .first()
    .getByRole("button", { name: /^Add .* to favorites$/ })
    .click();
  await expect(cards.first().getByRole("button", { name: /^Remove/ })).toBeVisible();
  await page.goto("/favorites");
  await expect(page.getByText(/\d{4} · Subtitles/).first()).toBeVisible();
});

test("models are found by name, at whoever has them", async ({ page, signIn }) => {
  await signIn();
  await page.goto("/?kind=models&q=claude");
  const list = page.getByRole("list", { name: "Models" });
  await expect(list.getByText("Anthropic").first()).toBeVisible();
  await expect(list.getByText(/Model/).first()).toBeVisible();
});
