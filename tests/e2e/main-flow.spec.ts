import type { Page } from "@playwright/test";
import { ADMIN, ALL_ANSWERED, cardOf, expect, READER, searchFor, signInOn, test } from "./stack";

test.describe.configure({ mode: "serial" });
test.use({ stackOptions: { withUsers: false, env: { HEALTH_MONITORING_ENABLED: "false" } } });

const providersOn = (page: Page, title: string) =>
  cardOf(page, title).getByRole("list", { name: "Found at" }).getByRole("listitem");

test("a new instance is set up with the token from its log, and signs its admin in", async ({ page, stack }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup/);
  const token = /set-up token ([\w-]+)/.exec(stack.app.output())?.[1] ?? "";
  await page.getByLabel("Set-up token").fill(token);
  await page.getByLabel("Name").fill("Keeper");
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
  await stack.app.admin("user", "create", "--email", READER.email, "--password", READER.password);
  await page.goto("/setup");
  await expect(page.getByRole("button", { name: "Make the account" })).toHaveCount(0);
});

test("berserk is one card with the marks of at least four providers, its look-alikes are cards of their own", async ({
  page,
  signIn,
}) => {
  await signIn();
  await searchFor(page, "berserk");
  await expect(page.getByText(ALL_ANSWERED).first()).toBeVisible();
  await expect(cardOf(page, "Berserk")).toHaveCount(1);
  expect(await providersOn(page, "Berserk").count()).toBeGreaterThanOrEqual(4);
  await expect(cardOf(page, "Berserk of Gluttony").first()).toBeVisible();
  await cardOf(page, "Berserk")
    .getByText(/One work in/)
    .click();
  await expect(
    cardOf(page, "Berserk")
      .getByText(/same (title|author|year)|title and/i)
      .first(),
  ).toBeVisible();
});

test("a star survives its provider: the favorite still shows, the chip says why, the provider is DOWN after three failures", async ({
  page,
  signIn,
  stack,
}) => {
  await signIn();
  await searchFor(page, "berserk");
  await cardOf(page, "Berserk").getByRole("button", { name: "Add Berserk to favorites" }).click();
  await expect(cardOf(page, "Berserk").getByRole("button", { name: "Remove Berserk from favorites" })).toBeVisible();
  await expect(page.getByText("Added Berserk to favorites").first()).toBeVisible();
  await page.goto("/favorites");
  await expect(page.getByRole("link", { name: "Berserk", exact: true }).first()).toBeVisible();

  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "refuse" });
  for (const query of ["vagabond", "monster", "akira"]) {
    await page.goto(`/?q=${query}`);
    await expect(page.getByText(/No answer from Kitsu/).first()).toBeVisible();
  }
  const chip = page.getByRole("listitem").filter({ hasText: "Kitsu" }).filter({ hasText: "failed" });
  await chip.getByRole("button", { name: "Why: Kitsu" }).click();
  await expect(page.getByText(/refused|connection/i).first()).toBeVisible();

  await page.goto("/providers");
  await expect(page.getByRole("row").filter({ hasText: "Kitsu" }).getByText("Down", { exact: true })).toBeVisible();
  await page.goto("/favorites");
  await expect(page.getByRole("link", { name: "Berserk", exact: true }).first()).toBeVisible();
  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "none" });
});

test("an admin changes a provider's priority and switches it off and on", async ({ page }) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  const row = page.getByRole("row").filter({ hasText: "MangaUpdates" });
  const settings = page.getByRole("dialog", { name: "MangaUpdates" });

  await row.getByRole("button", { name: "Settings of MangaUpdates" }).click();
  await settings.getByLabel("Priority").fill("70");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The settings of MangaUpdates are saved.").first()).toBeVisible();
  await expect(settings).toBeHidden();

  await row.getByRole("button", { name: "Settings of MangaUpdates" }).click();
  await expect(settings.getByLabel("Priority")).toHaveValue("70");
  await settings.getByRole("button", { name: /off/i }).click();
  await expect(row.getByText("Off", { exact: true })).toBeVisible();

  await row.getByRole("button", { name: "Settings of MangaUpdates" }).click();
  await settings.getByRole("button", { name: /on/i }).click();
  await expect(row.getByText("Off", { exact: true })).toHaveCount(0);
});
