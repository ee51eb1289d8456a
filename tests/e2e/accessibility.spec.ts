import { AxeBuilder } from "@axe-core/playwright";
import { ADMIN, ALL_ANSWERED, cardOf, expect, searchFor, signInOn, test } from "./stack";

const PAGES = ["/", "/?q=berserk", "/favorites", "/providers", "/settings", "/admin"];

for (const scheme of ["light", "dark"] as const) {
  test.describe(`${scheme} theme`, () => {
    test.use({ colorScheme: scheme, reducedMotion: "reduce" });

    test("axe finds nothing on the sign-in page", async ({ page }) => {
      await page.goto("/sign-in");
      await expectNoViolations(page);
    });

    test("axe finds nothing on any page of the shell", async ({ page }) => {
      await signInOn(page, ADMIN);
      await searchFor(page, "berserk");
      await cardOf(page, "Berserk")
        .getByRole("button", { name: /favorites/ })
        .click();
      for (const path of PAGES) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        if (path.includes("q=")) await expect(page.getByText(ALL_ANSWERED).first()).toBeVisible();
        await expectNoViolations(page);
      }
    });

    test("axe finds nothing on a title page", async ({ page }) => {
      await signInOn(page, ADMIN);
      await searchFor(page, "berserk");
      await cardOf(page, "Berserk").getByRole("link", { name: "Berserk", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Berserk" })).toBeVisible();
      await expectNoViolations(page);
    });
  });
}

async function expectNoViolations(page: import("@playwright/test").Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${page.url()} ${id}: ${target.join(" ")} – ${failureSummary}`),
  );
  expect(found).toEqual([]);
}
