import { readFileSync } from "node:fs";
import { cardOf, expect, test } from "./stack";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the files of a work are links on its page that save a file", async ({ page, signIn }) => {
      await signIn();
      await page.goto("/?q=berserk");
      await cardOf(page, "Berserk").getByRole("link", { name: "Berserk", exact: true }).first().click();
      await page.waitForURL(/\/titles\//);
      const files = page.getByRole("region", { name: "Files" });
      await expect(async () => {
        await page.reload();
        await expect(files.getByText(/files from Komga attic/)).toBeVisible({ timeout: 5000 });
      }).toPass({ timeout: 60_000 });
      const saved = page.waitForEvent("download");
      await files.getByRole("link", { name: "Berserk v01.cbz" }).first().click();
      const file = await saved;
      expect(file.suggestedFilename()).toBe("Berserk v01.cbz");
      expect(
        readFileSync(await file.path())
          .subarray(0, 2)
          .toString(),
      ).toBe("PK");
    });
  });
}
