import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env["YAGURA_CHROMIUM"];
const launchOptions = {
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
  ...(executablePath ? { executablePath } : {}),
};

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  workers: 1,
  // A second try has a new app and a new browser; a test that needed one is named as flaky at the end of `npm test`.
  retries: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env["CI"]),
  use: { locale: "en-GB", timezoneId: "Europe/Berlin", trace: "retain-on-failure", launchOptions },
  projects: [
    {
      name: "desktop",
      testIgnore: ["**/no-javascript.spec.ts", "**/phone.spec.ts"],
      use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 }, launchOptions },
    },
    {
      name: "phone",
      testMatch: "**/phone.spec.ts",
      use: { ...devices["Desktop Chrome"], viewport: { width: 390, height: 844 }, hasTouch: true, launchOptions },
    },
    {
      name: "no JavaScript",
      testMatch: "**/no-javascript.spec.ts",
      use: {
        ...devices["Desktop Chrome"],
        viewport: { width: 1440, height: 900 },
        javaScriptEnabled: false,
        launchOptions,
      },
    },
  ],
});
