import { test as base, expect, type Page } from "@playwright/test";
import { startDemo } from "@/demo/start-demo";
import { ADMIN, type App, type AppOptions, READER, startApp } from "@/tests/support/start-app";

export type Demo = Awaited<ReturnType<typeof startDemo>>;

export interface Stack {
  app: App;
  demo: Demo;
}

interface Fixtures {
  /** Signs in by the form, as a person does. */
  signIn: (account?: { email: string; password: string }) => Promise<void>;
}

interface WorkerFixtures {
  stackOptions: AppOptions;
  stack: Stack;
}

/** A page against an app of its own with simulated upstreams; one stack per file that asks for other options. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  stackOptions: [{}, { option: true, scope: "worker" }],
  stack: [
    async ({ stackOptions }, use) => {
      const demo = await startDemo({ host: "127.0.0.1", ports: "random" });
      const app = await startApp({ ...stackOptions, env: { ...demo.environment, ...stackOptions.env } });
      await use({ app, demo });
      await app.dispose();
      await demo.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.app.url),
  signIn: async ({ page }, use) => use((account = READER) => signInOn(page, account)),
});

export { ADMIN, expect, READER };

export async function signInOn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation").first()).toBeVisible();
}

export async function searchFor(page: Page, query: string): Promise<void> {
  await page.getByRole("searchbox").fill(query);
  await page.getByRole("searchbox").press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === query);
}

/** "9 of 9 answered", however many there are. */
export const ALL_ANSWERED = /\b(\d+) of \1 answered/;

/** The card of exactly this title. */
export function cardOf(page: Page, title: string) {
  return page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: title, exact: false }) })
    .filter({
      has: page.getByRole("link", { name: title, exact: true }),
    });
}
