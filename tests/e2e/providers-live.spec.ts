import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { ADMIN, expect, type Stack, signInOn, test } from "./stack";

const SEEN_MS_MAX = 2000;
const FAILURES_TO_DOWN = 3;
const FAILURES_TO_OPEN = 5;

const rowOf = (page: Page, id: string) => page.locator(`#provider-${id}`);
const openStreams = (context: BrowserContext) => {
  const opened: string[] = [];
  context.on("request", (request) => {
    if (request.url().includes("/health/stream")) opened.push(request.url());
  });
  return opened;
};

/** Tests of a provider from somewhere else than the page that is looked at. */
async function testElsewhere(browser: Browser, { app }: Stack, id: string, times: number): Promise<void> {
  const context = await browser.newContext({ baseURL: app.url });
  const page = await context.newPage();
  await signInOn(page, ADMIN);
  for (let count = 0; count < times; count++) {
    await page.evaluate(async (provider) => {
      const response = await fetch(`/api/v1/providers/${provider}/test`, { method: "POST" });
      if (!response.ok) throw new Error(`The test was answered with ${response.status}.`);
    }, id);
  }
  await context.close();
}

/** When the row's text first had the word, epoch milliseconds; asked for before it has. */
function watchFor(page: Page, id: string, word: string): Promise<number> {
  return page.evaluate(
    ([selector, wanted]) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(look);
        function look() {
          if (!document.querySelector(selector)?.textContent?.includes(wanted)) return;
          observer.disconnect();
          resolve(Date.now());
        }
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
    [`#provider-${id}`, word] as const,
  );
}

async function transitionAt(page: Page, id: string, to: string): Promise<number> {
  const events = await page.evaluate(async (provider) => {
    const response = await fetch(`/api/v1/providers/${provider}/events?limit=20`);
    return (await response.json()) as { at: string; to: string }[];
  }, id);
  return Date.parse(events.find((event) => event.to === to)?.at ?? "");
}

test("a provider that breaks changes its row by itself within two seconds, and nothing is reloaded or loses focus", async ({
  page,
  browser,
  stack,
}) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  await expect(page.getByText(/^Live, last change/)).toBeVisible();
  await expect(rowOf(page, "kitsu").getByText("Active")).toBeVisible();
  await page.evaluate(() => Object.assign(window, { untouched: true }));
  const sort = page.getByRole("link", { name: "Avg ms" });
  await sort.focus();

  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "500" });
  const seen = watchFor(page, "kitsu", "Down");
  await testElsewhere(browser, stack, "kitsu", FAILURES_TO_DOWN);
  const seenAt = await seen;
  expect(seenAt - (await transitionAt(page, "kitsu", "DOWN"))).toBeLessThanOrEqual(SEEN_MS_MAX);

  await expect(
    page.getByRole("cell", { name: /^Kitsu .*3 failures in a row, the last an error of its server/ }),
  ).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /Kitsu is down: 3 failures in a row/ })).toHaveCount(1);
  await expect(sort).toBeFocused();
  expect(await page.evaluate(() => "untouched" in window)).toBe(true);
});

test("an admin puts a resting provider back in use by keyboard, and the focus stays in its row", async ({
  page,
  browser,
  stack,
}) => {
  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "500" });
  await testElsewhere(browser, stack, "kitsu", FAILURES_TO_OPEN);
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  const again = page.getByRole("button", { name: "Re-enable Kitsu" });
  await expect(again).toBeVisible();
  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "none" });
  await again.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Kitsu is in use again; a check has begun.").first()).toBeVisible();
  // Many of its last calls failed: it answers again, and is called degraded for that.
  await expect(rowOf(page, "kitsu").getByText(/^(Active|Degraded)$/)).toBeVisible();
  await expect(again).toHaveCount(0);
  await expect(rowOf(page, "kitsu").getByRole("link", { name: "Kitsu" })).toBeFocused();
});

test("by keyboard one sorts, tests one provider and tests all, with progress", async ({ page, stack }) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  await page.getByRole("link", { name: "Provider", exact: true }).press("Enter");
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("columnheader", { name: "Provider" })).toHaveAttribute("aria-sort", "ascending");
  const names = () => page.locator("tr[id^=provider-] th").allTextContents();
  const catalogues = (await names()).slice(0, 3);
  expect(catalogues).toEqual([...catalogues].sort((a, b) => a.localeCompare(b)));

  await page.getByRole("button", { name: "Test MangaDex" }).press("Enter");
  await expect(page.getByText(/^MangaDex answered after/).first()).toBeVisible();
  await expect(page).toHaveURL(/sort=name/);

  await stack.demo.upstreams["mangaupdates"]?.setFault({ kind: "slow", ms: 1500 });
  await page.getByRole("button", { name: "Test all" }).press("Enter");
  await expect(page.getByRole("progressbar", { name: "Providers tested" })).toBeVisible();
  await expect(page.getByText(/passed the test\.$/).first()).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "Providers tested" })).toHaveCount(0);
  await stack.demo.upstreams["mangaupdates"]?.setFault({ kind: "none" });
});

test("two tabs share one stream, and the other one goes on when the first is closed", async ({
  context,
  browser,
  stack,
}) => {
  const streams = openStreams(context);
  const first = await context.newPage();
  await signInOn(first, ADMIN);
  await first.goto("/providers");
  await expect(first.getByText(/^Live/)).toBeVisible();
  const before = streams.length;
  const second = await context.newPage();
  await second.goto("/providers");
  await expect(second.getByText(/^Live/)).toBeVisible();
  expect(streams.length).toBe(before);

  await first.close();
  await stack.demo.upstreams["mangadex"]?.setFault({ kind: "500" });
  await testElsewhere(browser, stack, "mangadex", FAILURES_TO_DOWN);
  await expect(rowOf(second, "mangadex").getByText("Down", { exact: true })).toBeVisible();
  expect(streams.length).toBe(before + 1);
  await stack.demo.upstreams["mangadex"]?.setFault({ kind: "none" });
});

test("after the server's restart the page shows the right state, without being loaded anew", async ({
  page,
  stack,
}) => {
  await signInOn(page, ADMIN);
  await page.goto("/providers");
  await expect(page.getByText(/^Live, last change/)).toBeVisible();
  await page.evaluate(() => Object.assign(window, { untouched: true }));
  await expect(rowOf(page, "mangaupdates").getByText("Active")).toBeVisible();

  await stack.app.stop();
  await expect(page.getByText(/^Not live: the connection is lost/)).toBeVisible();
  await stack.demo.upstreams["mangaupdates"]?.setFault({ kind: "500" });
  await stack.app.restart();

  await expect(page.getByText(/^Live, last change/)).toBeVisible({ timeout: 40_000 });
  await expect(rowOf(page, "mangaupdates").getByText(/\d failures? in a row/)).toBeVisible();
  expect(await page.evaluate(() => "untouched" in window)).toBe(true);
  await stack.demo.upstreams["mangaupdates"]?.setFault({ kind: "none" });
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`with a provider down, ${scheme}`, () => {
    test.use({ colorScheme: scheme, reducedMotion: "reduce" });

    test("axe finds nothing, and strip and line are told in words", async ({ page, browser, stack }) => {
      await stack.demo.upstreams["kitsu"]?.setFault({ kind: "500" });
      await testElsewhere(browser, stack, "kitsu", FAILURES_TO_OPEN);
      await signInOn(page, ADMIN);
      await page.goto("/providers");
      await expect(page.getByRole("button", { name: "Re-enable Kitsu" })).toBeVisible();
      await expect(rowOf(page, "kitsu").getByRole("img", { name: /^Last 24 hours: .*down/ })).toBeVisible();
      await expect(rowOf(page, "kitsu").getByRole("img", { name: /^p95 by hour/ })).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} – ${failureSummary}`),
      );
      expect(found).toEqual([]);
      await stack.demo.upstreams["kitsu"]?.setFault({ kind: "none" });
    });
  });
}
