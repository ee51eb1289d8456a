// Makes the pictures of the README from the app with simulated upstreams: node --import tsx scripts/screenshots.ts [folder]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { startDemo } from "@/demo/start-demo";
import { ADMIN, startApp } from "@/tests/support/start-app";

const folder = process.argv[2] ?? "docs/screenshots";
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const PAGES = {
  search: "/?q=berserk",
  home: "/",
  favorites: "/favorites",
  providers: "/providers",
  provider: "/providers/kitsu",
  topology: "/topology",
  alerts: "/alerts",
  films: "/?kind=films&q=matrix",
  settings: "/settings",
} as const;
const executablePath = process.env["YAGURA_CHROMIUM"] ?? "/usr/bin/chromium";

mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const app = await startApp({ env: demo.environment });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const session = await seed();
  await demo.upstreams.kitsu.setFault({ kind: "503" });
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      const context = await browser.newContext({ baseURL: app.url, viewport, colorScheme, storageState: session });
      const page = await context.newPage();
      await page.goto("/sign-in");
      for (const [name, path] of Object.entries(PAGES)) {
        await page.goto(path);
        await settle(page);
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
      }
      await page.goto("/?q=berserk");
      await settle(page);
      await page.getByRole("link", { name: "Berserk", exact: true }).first().click();
      await page.getByRole("heading", { level: 1, name: "Berserk" }).waitFor();
      await settle(page);
      await page.screenshot({ path: join(folder, `title-${size}-${colorScheme}.png`) });
      await context.close();
    }
  }
} finally {
  await browser.close();
  await app.dispose();
  await demo.stop();
}

/** Signs in, searches and stars a few works; answers the session. */
async function seed() {
  const context = await browser.newContext({ baseURL: app.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("searchbox").waitFor();
  for (const query of ["vagabond", "monster", "frieren", "overlord", "berserk"]) {
    await page.goto(`/?q=${query}`);
    await settle(page);
    await page
      .getByRole("button", { name: /^Add .* to favorites$/ })
      .first()
      .click();
    await settle(page);
  }
  const state = await context.storageState();
  await context.close();
  return state;
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.waitForTimeout(1500);
}
