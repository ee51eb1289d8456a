import { ALL_ANSWERED, expect, searchFor, test } from "./stack";

const SLOW_MS = 5000;
const FIRST_CARD_MS_MAX = 300;

/** Instants in the page, epoch milliseconds. */
interface Marks {
  fastestAnswerAt?: number;
  firstCardAt?: number;
}

test("with the slowest provider 5 s late, the first card is there within 300 ms of the fastest answer", async ({
  page,
  signIn,
  stack,
}) => {
  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "slow", ms: SLOW_MS });
  await signIn();
  await page.addInitScript(() => {
    const marks: { fastestAnswerAt?: number; firstCardAt?: number } = {};
    Object.assign(window, { marks });
    const Native = window.EventSource;
    window.EventSource = class extends Native {
      constructor(...args: ConstructorParameters<typeof EventSource>) {
        super(...args);
        this.addEventListener("provider", () => {
          marks.fastestAnswerAt ??= Date.now();
        });
      }
    };
    new MutationObserver(() => {
      if (document.querySelector("main li h2")) marks.firstCardAt ??= Date.now();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto("/?q=vagabond");
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await expect(page.getByText(/\b(?!(\d+) of \1 )\d+ of \d+ answered/).first()).toBeVisible();
  await expect(page.getByText(/Still waiting for Kitsu/).first()).toBeVisible();
  const marks = await page.evaluate(() => (window as unknown as { marks: Marks }).marks);
  expect((marks.firstCardAt ?? Number.POSITIVE_INFINITY) - (marks.fastestAnswerAt ?? 0)).toBeLessThanOrEqual(
    FIRST_CARD_MS_MAX,
  );
  await expect(page.getByText(ALL_ANSWERED).first()).toBeVisible({ timeout: SLOW_MS + 2000 });
  await stack.demo.upstreams["kitsu"]?.setFault({ kind: "none" });
});

test("cards that a person looks at do not move when more arrive", async ({ page, signIn, stack }) => {
  await stack.demo.upstreams["mangadex"]?.setFault({ kind: "slow", ms: 1500 });
  await signIn();
  await searchFor(page, "overlord");
  const titles = page.getByRole("main").getByRole("heading", { level: 2 });
  /** Places of the cards that carry the searched name; another provider may still give a work a better one. */
  const places = async () => {
    const texts = await titles.allTextContents();
    return texts.flatMap((text, place) => (/overlord/i.test(text) ? [`${place} ${text}`] : []));
  };
  await expect(titles.first()).toBeVisible();
  await page.mouse.wheel(0, 50);
  const before = await places();
  await expect(page.getByText(ALL_ANSWERED).first()).toBeVisible();
  expect((await places()).slice(0, before.length)).toEqual(before);
  await stack.demo.upstreams["mangadex"]?.setFault({ kind: "none" });
});
