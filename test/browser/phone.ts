/** What a person does in the playground, by the words that they see. */

import assert from "node:assert/strict";
import type { FrameLocator, Page } from "playwright-core";
import { accessibilityProblems, scrollsSideways } from "./chromium.ts";

export async function connect(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/playground`);
  await page.getByRole("textbox", { name: "API key" }).fill("demo-key");
  await page.getByRole("button", { name: "Connect" }).click();
  // Until then lines come in, and what one wants to click moves.
  await page.getByText("Live", { exact: true }).waitFor({ state: "attached" });
  const settings = page.locator(".traffic-row", { hasText: "/user/settings" });
  await settings.getByText("200").waitFor({ state: "attached" });
}

/** An inbound call from somebody on the list, answered. */
export async function takeCallFrom(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.getByRole("button", { name: "Answer" }).click();
}

export async function hangUp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Hang up" }).click();
}

export async function makeCrm(page: Page, condition: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith("/demo-crm/condition"));
  await page.getByLabel(condition, { exact: true }).check();
  assert.equal((await answered).status(), 200);
}

/** The Demo CRM's own page beside the telephone. */
export function crmFrame(page: Page): FrameLocator {
  return page.frameLocator("iframe:not(.is-coming)");
}

/** Opens the first request of this kind on the wire. */
export async function openOnTheWire(page: Page, request: RegExp): Promise<void> {
  await page.locator("summary", { hasText: request }).first().click();
}

/** The rows of the wire, as they are read. */
export async function wire(page: Page): Promise<string> {
  return page.getByRole("region", { name: "Requests" }).innerText();
}

/** Nothing that keeps anybody out: neither a screen reader's user nor somebody with a narrow screen. */
export async function assertUsable(page: Page, where: string): Promise<void> {
  assert.deepEqual(await accessibilityProblems(page), [], where);
  assert.equal(await scrollsSideways(page), false, `${where} scrolls sideways`);
}
