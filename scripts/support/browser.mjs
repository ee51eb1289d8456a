import { existsSync } from "node:fs";
import { run, succeeds } from "./process.mjs";

const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser for the page tests: the system's Chromium, else Playwright's own, else Debian's package when we are root. */
export async function ensureBrowser() {
  const system = findSystemBrowser();
  if (system) return { YAGURA_CHROMIUM: system };
  if (succeeds("npx", ["--no-install", "playwright", "install", "chromium", "--only-shell"])) return {};
  if (process.getuid?.() === 0 && succeeds("apt-get", ["--version"])) {
    console.log("Installing Chromium from Debian's packages …");
    await run("apt-get", ["update"], { quiet: true, allowFailure: true });
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
      quiet: true,
      allowFailure: true,
    });
    const installed = findSystemBrowser();
    if (installed) return { YAGURA_CHROMIUM: installed };
  }
  return null;
}

function findSystemBrowser() {
  return SYSTEM_BROWSERS.find((path) => existsSync(path));
}
