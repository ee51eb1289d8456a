import type { Page } from "@playwright/test";
import { SIMULATED_IDS, type SimulatedId } from "@/demo/upstreams/service-ids";
import { ADMIN, expect, signInOn, test } from "./stack";

test.use({ stackOptions: { env: { HEALTH_STARTUP_GRACE_SECONDS: "0", CONNECTIVITY_CANARIES: "off" } } });

const WORKS = "q=berserk";
/** Where a provider's hits are searched for. */
const SEARCHES: Record<SimulatedId, string> = {
  mangadex: WORKS,
  anilist: WORKS,
  kitsu: WORKS,
  mangaupdates: WORKS,
  "opds-tower": WORKS,
  openlibrary: WORKS,
  jikan: WORKS,
  "opds-harbour": WORKS,
  "komga-attic": WORKS,
  "komga-cellar": WORKS,
  tmdb: "kind=films&q=matrix",
  opensubtitles: "kind=subtitles&q=matrix",
  openai: "kind=models&q=gpt",
  deepseek: "kind=models&q=deepseek",
  qwen: "kind=models&q=qwen",
  "openai-compatible-attic": "kind=models&q=llama",
  anthropic: "kind=models&q=claude",
  gemini: "kind=models&q=gemini",
  cursor: "kind=models&q=claude",
};

const passed = (page: Page) => page.getByText(/ answered after /).first();
/** What the simulators say of the fault 500, by its status or in their own words. */
const failed = (page: Page) =>
  page.getByRole("alert").filter({ hasText: / did not pass the test\. .*(status 500|Internal Server Error)/ });

async function pressTest(page: Page, id: SimulatedId): Promise<void> {
  await page.goto(`/providers/${id}`);
  await page.getByRole("button", { name: "Test", exact: true }).click();
}

test.describe("from its page an admin can set up, test, break and mend, and then search", () => {
  for (const id of SIMULATED_IDS) {
    test(id, async ({ page, stack }) => {
      await signInOn(page, ADMIN);
      await page.goto(`/providers/${id}`);
      await page.getByLabel("Priority").fill("61");
      await page.getByRole("button", { name: "Save its use" }).click();
      await expect(page.getByRole("region", { name: "Use" }).getByText("Saved.")).toBeVisible();
      // Jikan is off until somebody switches it on.
      const enable = page.getByRole("button", { name: "Enable", exact: true });
      if (id === "jikan") await enable.click();
      await expect(enable).toHaveCount(0);

      await pressTest(page, id);
      await expect(passed(page)).toBeVisible();

      await stack.demo.upstreams[id].setFault({ kind: "500" });
      await pressTest(page, id);
      await expect(failed(page)).toBeVisible();

      await stack.demo.upstreams[id].setFault({ kind: "none" });
      await pressTest(page, id);
      await expect(passed(page)).toBeVisible();
      await page.goto(`/?${SEARCHES[id]}&providers=${id}`);
      const cards = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /to favorites$/ }) });
      await expect(cards.first()).toBeVisible();
    });
  }
});
