import type { Page } from "@playwright/test";
import { expectNoViolations } from "./axe";
import { ADMIN, expect, signInOn, test } from "./stack";

const part = (page: Page, name: RegExp) =>
  page.getByRole("group", { name: "Dependencies, drawn" }).getByRole("link", { name });

async function openLive(page: Page): Promise<void> {
  await page.goto("/topology");
  await expect(page.getByText("Live.", { exact: false }).first()).toBeVisible();
}

async function testProvider(page: Page, id: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    await page.evaluate((provider) => fetch(`/api/v1/providers/${provider}/test`, { method: "POST" }), id);
  }
}

test("one walks through the drawing by keyboard, down to a provider's page", async ({ page, signIn }) => {
  await signIn();
  await openLive(page);
  await part(page, /^Yagura:/).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(":focus")).toHaveAccessibleName(/Yagura goes on without it\./);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(":focus")).toHaveAccessibleName(/^127\.0\.0\.1:\d+: active\./);
  await page.keyboard.press("ArrowLeft");
  const name = /^(.+?): active/.exec((await page.locator(":focus").getAttribute("aria-label")) ?? "")?.[1] ?? "";
  await expect(page.getByText(`${name}: active. Cannot do without`, { exact: false })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/providers\/[\w-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("the drawing is one stop of the Tab key", async ({ page, signIn }) => {
  await signIn();
  await openLive(page);
  await part(page, /^Yagura:/).focus();
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).not.toHaveAccessibleName(/cannot do without|goes on without/i);
});

test("a provider that breaks, and its host, change in the drawing and in the list without a reload or a lost focus", async ({
  page,
  stack,
}) => {
  await signInOn(page, ADMIN);
  await openLive(page);
  await page.evaluate(() => Object.assign(window, { untouched: true }));
  const kitsu = part(page, /^Kitsu:/);
  // Degraded while the failures of an earlier test are not five minutes old.
  await expect(kitsu).toHaveAccessibleName(/^Kitsu: (active|degraded)/);
  await kitsu.focus();
  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "refuse" });
  await testProvider(page, "kitsu", 3);
  await expect(kitsu).toHaveAccessibleName(/^Kitsu: down\. Cannot do without 127\.0\.0\.1:\d+ \(down\)/);
  await expect(kitsu).toBeFocused();
  await expect(
    page
      .getByRole("listitem")
      .filter({ hasText: /^Kitsu/ })
      .getByText("Down"),
  ).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Kitsu (down)" })).toBeVisible();
  expect(await page.evaluate(() => "untouched" in window)).toBe(true);

  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "none" });
  await testProvider(page, "kitsu", 1);
  await expect(kitsu).toHaveAccessibleName(/^Kitsu: (active|degraded)\. Cannot do without 127\.0\.0\.1:\d+\./);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme, reducedMotion: "reduce" });

    test("axe finds nothing, on a wide screen and on a phone", async ({ page, signIn }) => {
      await signIn();
      await openLive(page);
      await expectNoViolations(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoViolations(page);
    });
  });
}

test.describe("phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the drawing stands upright, and nothing scrolls sideways", async ({ page, signIn }) => {
    await signIn();
    await openLive(page);
    await expect(part(page, /^Kitsu:/)).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await part(page, /^Kitsu:/).tap();
    await expect(page).toHaveURL(/\/providers\/kitsu$/);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the drawing and its twin are there, and lead to the providers", async ({ page, signIn }) => {
    await signIn();
    await page.goto("/topology");
    await expect(part(page, /^Kitsu:/)).toBeVisible();
    await expect(page.getByText("Live.", { exact: false })).toHaveCount(0);
    const row = page.getByRole("listitem").filter({ hasText: /^Kitsu/ });
    await expect(row.getByText("needs 127.0.0.1")).toBeVisible();
    await row.getByRole("link", { name: "Kitsu" }).click();
    await expect(page).toHaveURL(/\/providers\/kitsu$/);
  });
});
