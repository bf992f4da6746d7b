/** The playground: a call that was logged, a CRM that is down, and a caller on a telephone's own screen. */

import type { Page } from "playwright-core";
import { connect, crmFrame, hangUp, makeCrm, openOnTheWire, takeCallFrom } from "../../test/browser/phone.ts";
import type { Picture } from "./picture.ts";

const DESK = { width: 1280, height: 800 };
/** A call of no length looks like none. */
const TALK_MS = 3_200;

export const PLAYGROUND_PICTURES: readonly Picture[] = [
  {
    name: "playground",
    view: { viewport: DESK, colorScheme: "light" },
    async stand({ page, url }) {
      await connect(page, url);
      await takeCallFrom(page, /Luke Skywalker/);
      await page.getByText("1 match").waitFor();
      await page.getByLabel("Note").fill("Wants two more X-wings. Call back on Friday.");
      await page.getByLabel("Deal", { exact: true }).selectOption({ label: "Jedi Order" });
      await page.waitForTimeout(TALK_MS);
      await hangUp(page);
      await page.getByRole("button", { name: "Save log" }).click();
      await crmFrame(page).getByText("Deal: Jedi Order").waitFor();
      await openOnTheWire(page, /PUT/);
      await settled(page);
    },
  },
  {
    name: "playground-dark",
    view: { viewport: DESK, colorScheme: "dark" },
    async stand({ page, url }) {
      await connect(page, url);
      await takeCallFrom(page, /Eleanor/);
      await page.getByText("1 match").waitFor();
      await makeCrm(page, "Down");
      await page.getByLabel("Note").fill("The lighthouse needs a second lamp before winter.");
      await page.waitForTimeout(TALK_MS);
      await hangUp(page);
      await page.getByRole("button", { name: "Save log" }).click();
      await page.getByText(/[3-9] attempts so far/).waitFor();
    },
  },
  {
    name: "playground-phone",
    view: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
    async stand({ page, url }) {
      await connect(page, url);
      await takeCallFrom(page, /Cascade Cartography, Marcus Webb/);
      await page.getByText("2 matches").waitFor();
      await page.getByRole("radio", { name: /Marcus Webb/ }).check();
      await settled(page);
    },
  },
];

/** The notices have gone, and the pointer lies on nothing. */
async function settled(page: Page): Promise<void> {
  await page.mouse.move(2, 2);
  await page.locator(".toast").first().waitFor({ state: "detached" });
  await page.locator(".toast").last().waitFor({ state: "detached" });
}
