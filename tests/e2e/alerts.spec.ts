import type { Page } from "@playwright/test";
import { createWebhookReceiver } from "@/tests/support/webhook-receiver";
import { expectNoViolations } from "./axe";
import { ADMIN, expect, READER, type Stack, signInOn, test } from "./stack";

test.describe.configure({ mode: "serial" });
test.use({
  stackOptions: {
    env: {
      HEALTH_STARTUP_GRACE_SECONDS: "0",
      HEALTH_ALERT_GROUP_WAIT_SECONDS: "0",
      HEALTH_ALERT_COOLDOWN_MINUTES: "0",
    },
  },
});

/** The alert of this provider and rule, wherever it is shown. */
const alertOf = (page: Page, name: RegExp) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3, name }) });
const KITSU_DOWN = /Kitsu ?: down/;

async function testProvider(page: Page, id: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    await page.evaluate((provider) => fetch(`/api/v1/providers/${provider}/test`, { method: "POST" }), id);
  }
}

async function breakKitsu({ demo }: Stack, page: Page): Promise<void> {
  await demo.upstreams["kitsu"]?.setFault({ kind: "500" });
  await testProvider(page, "kitsu", 3);
}

test("an alert appears by itself, with its number in the navigation; it is taken on and snoozed by keyboard", async ({
  page,
  stack,
}) => {
  await signInOn(page, ADMIN);
  await page.goto("/alerts");
  await expect(page.getByRole("heading", { name: "All quiet" })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { untouched: true }));

  await breakKitsu(stack, page);
  await expect(alertOf(page, KITSU_DOWN)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("link", { name: /^Alerts\W+\d+ firing$/ })).toBeVisible();
  await expect(page.getByText(/alerts? (is|are) firing:/)).toBeVisible();
  await expect(alertOf(page, KITSU_DOWN).getByRole("list", { name: "Messages" })).toContainText("Log");
  expect(await page.evaluate(() => "untouched" in window)).toBe(true);

  const acknowledge = alertOf(page, KITSU_DOWN).getByRole("button", { name: "Acknowledge: Down, Kitsu" });
  await acknowledge.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("You take care of it.")).toBeVisible();
  await expect(alertOf(page, KITSU_DOWN).getByText(`${ADMIN.email} takes care of it`)).toBeVisible();
  await expect(acknowledge).toHaveCount(0);

  const choice = alertOf(page, KITSU_DOWN).getByRole("combobox");
  await choice.focus();
  await choice.selectOption("4 hours");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/The same is not told again until/)).toBeVisible();
  await expect(alertOf(page, KITSU_DOWN).getByText(/snoozed until/)).toBeVisible();
});

test("a user sees what fires, and neither names, nor messages, nor anything to do", async ({ page }) => {
  await signInOn(page, READER);
  await page.goto("/alerts");
  await expect(alertOf(page, KITSU_DOWN).getByText("an admin takes care of it")).toBeVisible();
  await expect(page.getByText(ADMIN.email)).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Messages" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Acknowledge|Snooze|test/ })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Channels" })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme, reducedMotion: "reduce" });

    test("axe finds nothing, on a wide screen and on a phone", async ({ page }) => {
      await signInOn(page, ADMIN);
      await page.goto("/alerts");
      await page.getByText("Add a webhook").click();
      await expectNoViolations(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoViolations(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}

test("what is over goes to the past by itself", async ({ page, stack }) => {
  await signInOn(page, ADMIN);
  await page.goto("/alerts");
  await expect(alertOf(page, KITSU_DOWN).getByRole("button", { name: /^Snooze/ })).toBeVisible();
  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "none" });
  await testProvider(page, "kitsu", 3);
  await expect(alertOf(page, KITSU_DOWN).getByRole("button", { name: /^Snooze/ })).toHaveCount(0, { timeout: 60_000 });
  await expect(alertOf(page, KITSU_DOWN).first()).toBeVisible();
});

test("an admin adds a channel, tests, changes and deletes it; a wrong address is told at its field", async ({
  page,
}) => {
  const receiver = await createWebhookReceiver("a secret of ours");
  await receiver.listen();
  await signInOn(page, ADMIN);
  await page.goto("/alerts");
  await page.getByText("Add a webhook").click();
  const form = page
    .locator("form")
    .filter({ has: page.getByRole("button", { name: "Add the channel" }) })
    .first();
  await form.getByLabel("Name").fill("Ops room");
  await form.getByLabel("Address").fill("ftp://127.0.0.1/hook");
  await form.getByRole("button", { name: "Add the channel" }).click();
  await expect(form.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByLabel("Name")).toHaveValue("Ops room");

  await form.getByLabel("Address").fill(receiver.url);
  await form.getByLabel("Secret").fill("a secret of ours");
  await form.getByRole("button", { name: "Add the channel" }).click();
  await expect(page.getByText("Ops room is added")).toBeVisible();
  await page.getByRole("button", { name: "Send a test to Ops room" }).click();
  await expect(page.getByText(/The test arrived after/)).toBeVisible();
  expect(receiver.received).toMatchObject([{ signed: true, body: { event: "test" } }]);

  const row = page.getByRole("listitem").filter({ hasText: "Ops room" });
  await row.getByText("Change").click();
  await expect(row.getByLabel("Secret", { exact: true })).toHaveValue("");
  await row.getByLabel("Name").fill("Night watch");
  await row.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Night watch is saved.")).toBeVisible();
  await page.getByRole("button", { name: "Send a test to Night watch" }).click();
  await expect(page.getByText(/The test arrived after/)).toBeVisible();
  expect(receiver.received.at(-1)?.signed).toBe(true);

  await receiver.close();
  await page.getByRole("button", { name: "Send a test to Night watch" }).click();
  await expect(page.getByText(/The test did not arrive/)).toBeVisible();
  await page.getByRole("listitem").filter({ hasText: "Night watch" }).getByText("Change").click();
  await page.getByRole("button", { name: "Delete Night watch" }).click();
  await expect(page.getByText("The channel is deleted.")).toBeVisible();
  await expect(page.getByText("Night watch")).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("past alerts are there, and a channel is added by a plain form", async ({ page }) => {
    await signInOn(page, ADMIN);
    await page.goto("/alerts");
    await expect(alertOf(page, KITSU_DOWN).first()).toBeVisible();
    await page.getByText("Add an ntfy topic").click();
    const form = page
      .locator("form")
      .filter({ has: page.getByRole("button", { name: "Add the channel" }) })
      .last();
    await form.getByLabel("Name").fill("Phone");
    await form.getByLabel("Address").fill("http://127.0.0.1:9/yagura");
    await form.getByRole("button", { name: "Add the channel" }).click();
    await expect(page.getByText("Phone is added")).toBeVisible();
  });
});
