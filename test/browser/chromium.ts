/** The system's Chromium for tests of the pages: fails on anything that a page complains about. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { TestContext } from "node:test";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ARGUMENTS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** For the `skip` of a test: false, or the one line that says why. */
export const WITHOUT_CHROMIUM = chromiumPlace() === undefined && "no Chromium is installed (apt-get install chromium)";

function chromiumPlace(): string | undefined {
  const { CHROMIUM } = process.env;
  return [...(CHROMIUM === undefined ? [] : [CHROMIUM]), ...PLACES].find((place) => existsSync(place));
}

/** Everything that a visitor of the pages sees, with what the browser complained about. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Goes away, and fails where a page complained. At the end of a story: before its server goes, which pages complain about. */
  leave(): Promise<void>;
}

export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPlace();
  assert.ok(executablePath !== undefined, "Chromium is not installed.");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A browser that ends with the test. */
export async function browserFor(t: TestContext): Promise<Browser> {
  const browser = await launchChromium();
  t.after(() => browser.close());
  return browser;
}

/** `expected`: the one complaint that belongs to the story, such as a refused login. */
export type VisitOptions = BrowserContextOptions & { expected?: RegExp };

/** A new visitor, with nothing remembered. */
export async function visit(t: TestContext, browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { expected, ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions });
  const complaints: string[] = [];
  context.on("console", (message) => {
    const complaint = `${message.type()}: ${message.text()} (${message.location().url})`;
    if (/^(?:error|warning)/.test(complaint) && expected?.test(complaint) !== true) complaints.push(complaint);
  });
  context.on("weberror", (problem) => complaints.push(`error: ${problem.error().message}`));
  t.after(() => context.close());
  return {
    context,
    page: await context.newPage(),
    async leave() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

/** What axe-core finds on the page as it is; an empty list is what everybody wants. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const present = await page.evaluate(() => Reflect.has(globalThis, "axe"));
  if (!present)
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const found: unknown = await page.evaluate(
    "axe.run(document, { iframes: false }).then(({ violations }) => violations)",
  );
  assert.ok(Array.isArray(found));
  return found.map((violation: { id: string; help: string; nodes: { target: unknown; failureSummary: string }[] }) => {
    const places = violation.nodes
      .slice(0, 3)
      .map(({ target, failureSummary }) => `${String(target)} ${failureSummary}`);
    return `${violation.id}: ${violation.help} (${places.join("; ")})`;
  });
}

/** Whether the page is wider than the window, which nobody wants on a telephone. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
