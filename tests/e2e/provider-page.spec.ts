import type { Page } from "@playwright/test";
import { expectNoViolations } from "./axe";
import { ADMIN, expect, READER, type Stack, signInOn, test } from "./stack";

test.use({ stackOptions: { env: { HEALTH_STARTUP_GRACE_SECONDS: "0", CONNECTIVITY_CANARIES: "off" } } });

const OPDS = { username: "keeper", password: "lantern" };

async function testTimes(page: Page, stack: Stack, times: number): Promise<void> {
  for (let index = 0; index < times; index++) {
    await page.request.post("/api/v1/providers/kitsu/test", { headers: { Origin: stack.app.url } });
  }
}

const badgeOf = (page: Page) => page.getByRole("heading", { level: 1 }).locator("xpath=following-sibling::*[1]");

test("the page of a broken provider says why, with rule, count, class, until and next step, and follows what happens", async ({
  page,
  stack,
}) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers/kitsu");
  const why = page.getByRole("region", { name: "Why" });
  const decisions = page.getByRole("region", { name: "Decisions" });
  await expect(badgeOf(page)).toHaveText("Active");
  await expect(why.getByText("Kitsu answers as it should.")).toBeVisible();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));

  await stack.demo.upstreams.kitsu.setFault({ kind: "500" });
  await testTimes(page, stack, 5);
  await expect(badgeOf(page)).toContainText("Down");
  await expect(badgeOf(page)).toContainText(/resting until \d\d:\d\d/);
  await expect(why.getByText(/3 failures in a row count as down\. 5 failures in a row open its circuit/)).toBeVisible();
  await expect(why.getByText("5 failures in a row", { exact: true })).toBeVisible();
  await expect(why.getByText(/an error of its server \(HTTP 500\) \(http_5xx\)/)).toBeVisible();
  await expect(why.getByText(/^\d\d:\d\d \((in \d+.s|just now)\)$/)).toBeVisible();
  await expect(why.getByText(/The end of its rest or a good probe/)).toBeVisible();
  await expect(why.getByText(/It was fine/)).toBeVisible();
  await expect(why.getByText(/The next probe|as a trial/)).toBeVisible();
  await expect(decisions.getByText(/Kitsu is down: 3 failures in a row/).first()).toBeVisible();
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);

  await stack.demo.upstreams.kitsu.setFault({ kind: "none" });
  await page.getByRole("button", { name: "Re-enable" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Kitsu is in use; a check has begun.")).toBeVisible();
  // The failures of the last five minutes are still in the window.
  await expect(badgeOf(page)).toHaveText(/^(Active|Degraded)$/);
  await expect(decisions.getByText(/put back in use by admin@yagura\.example/).first()).toBeVisible();
});

test("history is drawn for each range, walked through by keyboard, and told as a table", async ({ page }) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers/mangadex");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/MangaDex answered after/)).toBeVisible();
  for (const [range, words] of [
    ["1 hour", "The last 1 hour"],
    ["90 days", "The last 90 days"],
    ["24 hours", "The last 24 hours"],
  ] as const) {
    await page.getByRole("link", { name: range }).click();
    await expect(page.getByRole("heading", { name: words })).toBeVisible();
    for (const chart of ["Time to answer", "Failures by class", "Uptime", "Calls a minute"]) {
      await expect(page.getByRole("application", { name: chart })).toBeVisible();
    }
  }
  await expect(page.getByRole("list", { name: "Legend of Time to answer" }).getByRole("listitem")).toHaveCount(3);
  await page.getByRole("application", { name: "Uptime" }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("definition").filter({ hasText: /%/ }).first()).toBeVisible();

  await page.getByText("The figures as a table").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("cell", { name: "nothing is known" }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "none" }).first()).toBeVisible();
});

test("a bad value comes back with its field, a good one is saved, a locked one says why", async ({ page }) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers/kitsu");
  await expect(page.getByLabel("Base URL")).toBeDisabled();
  await expect(page.getByText("Set by PROVIDER_KITSU_BASE_URL in the environment.")).toBeVisible();

  await page.getByLabel("Time limit, ms").fill("5");
  await page.getByLabel("Priority").fill("61");
  await page.getByRole("button", { name: "Save its use" }).press("Enter");
  const limit = page.getByLabel("Time limit, ms");
  await expect(limit).toHaveAttribute("aria-invalid", "true");
  await expect(limit).toHaveAccessibleDescription(/whole number from 1000 to 120000/);
  await expect(limit).toHaveValue("5");
  await expect(page.getByLabel("Priority")).toHaveValue("61");

  await limit.fill("9 000");
  await page.getByRole("button", { name: "Save its use" }).click();
  await expect(page.getByRole("region", { name: "Use" }).getByText("Saved.")).toBeVisible();
  await expect(limit).toHaveValue("9000");
});

test("thresholds are tried on the last days before they are saved", async ({ page }) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers/anilist");
  const form = page.getByRole("region", { name: "Thresholds" });
  await form.getByLabel("Calls that the share of failures needs").fill("900");
  await form.getByRole("button", { name: "Try on the last 7 days" }).click();
  await expect(form.getByLabel("Calls that the share of failures needs")).toHaveAccessibleDescription(/never rest/);

  await form.getByLabel("Calls that the share of failures needs").fill("");
  await form.getByLabel("Failures in a row until it is down").fill("2");
  await form.getByRole("button", { name: "Try on the last 7 days" }).click();
  await expect(form.getByText(/With these thresholds the last 7.d \(\d+ calls?\) would have had/)).toBeVisible();
  await expect(form.getByRole("row", { name: /not usable for/ })).toBeVisible();
  await expect(form.getByLabel("Failures in a row until it is down")).toHaveValue("2");
  await page.goto("/providers/anilist");
  await expect(form.getByLabel("Failures in a row until it is down")).toHaveValue("");
});

test("a catalogue is added, its password set and checked at once, never shown, and it is removed again", async ({
  page,
  stack,
}) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  await page.getByRole("link", { name: "Add a provider" }).click();
  await page.getByRole("link", { name: "Set up OPDS" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Living room");
  await page.getByLabel("Base URL").fill("not an address");
  await page.getByRole("button", { name: "Add the provider" }).click();
  await expect(page.getByLabel("Base URL")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Living room");

  await page.getByLabel("Base URL").fill(stack.demo.upstreams["opds-tower"].baseUrl);
  await page.getByLabel("User name").fill(OPDS.username);
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Add the provider" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Living room" })).toBeVisible();
  await expect(page.getByText("Living room is added; a check has begun.")).toBeVisible();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/did not pass the test/)).toBeVisible();

  await expect(page.getByLabel("Password", { exact: false }).first()).toHaveValue("");
  await page.getByLabel(/^Password/).fill(OPDS.password);
  await page.getByRole("button", { name: "Save the connection" }).click();
  await expect(page.getByText("Saved. A check has begun with the new settings.")).toBeVisible();
  await expect(badgeOf(page)).toHaveText("Active");
  await expect(page.getByPlaceholder("set; leave empty to keep it")).toHaveValue("");
  expect(await page.content()).not.toContain(OPDS.password);

  await page.getByRole("button", { name: "Remove…" }).press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Really remove Living room?" });
  await dialog.getByRole("button", { name: "Keep it" }).press("Enter");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Remove…" }).click();
  await dialog.getByRole("button", { name: "Remove Living room" }).click();
  await expect(page).toHaveURL(/\/providers\?said=/);
  await expect(page.getByText("Living room is removed. Favorites that came from it stay.")).toBeVisible();
  expect((await page.request.get("/api/v1/providers/opds-living-room")).status()).toBe(404);
});

test("a reader sees why and history, an origin alone, and nothing to set", async ({ page }) => {
  await signInOn(page, READER);
  await page.goto("/providers/kitsu");
  await expect(page.getByRole("region", { name: "Why" })).toBeVisible();
  await expect(page.getByText("/api/edge")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Disable|Re-enable|Save/ })).toHaveCount(0);
  await page.goto("/providers/new");
  await expect(page.getByRole("heading", { level: 1, name: "This is for admins" })).toBeVisible();
  await page.goto("/providers/no-such-one");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`${scheme} theme`, () => {
    test.use({ colorScheme: scheme, reducedMotion: "reduce" });

    test("axe finds nothing on a provider's pages", async ({ page }) => {
      await signInOn(page, ADMIN);
      for (const path of [
        "/providers/kitsu",
        "/providers/kitsu?range=1h&circuit_window=30",
        "/providers/new",
        "/providers/new?adapter=opds",
      ]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        if (path.includes("kitsu")) await expect(page.getByRole("application", { name: "Uptime" })).toBeVisible();
        await expectNoViolations(page);
      }
    });
  });
}
