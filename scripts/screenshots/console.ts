/** The console: the overview on a day with something held up, the path of a call, and the overview on a telephone. */

import type { Page } from "playwright-core";
import { askJson, logIn, lukesCall } from "../../test/support/requests.ts";
import { addADay } from "./a-day.ts";
import type { Picture } from "./picture.ts";
import type { Stage } from "./stage.ts";

const DESK = { width: 1280, height: 1000 };

export const CONSOLE_PICTURES: readonly Picture[] = [
  {
    name: "console",
    view: { viewport: DESK, colorScheme: "light" },
    async stand({ page, ...stage }) {
      await somethingHeldUp(stage);
      await comeIn(page, stage);
      await pictures(page);
    },
  },
  {
    name: "console-dark",
    view: { viewport: DESK, colorScheme: "dark" },
    async stand({ page, ...stage }) {
      await aDetour(stage);
      await comeIn(page, stage);
      await page.goto(`${stage.url}/console#/search?text=${encodeURIComponent("(650) 555-1212")}`);
      await page.getByText("Updated in Demo CRM").waitFor();
    },
  },
  {
    name: "console-phone",
    view: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
    async stand({ page, ...stage }) {
      await somethingHeldUp(stage);
      await comeIn(page, stage);
      await pictures(page);
    },
  },
];

/** A contact that is gone from the CRM, and a CRM that asks to slow down. */
async function somethingHeldUp({ url, demoCrmUrl, databaseFile }: Stage): Promise<void> {
  const jwtToken = await logIn(url);
  addADay(databaseFile);
  const log = (call: object) => askJson("POST", `${url}/callLog?jwtToken=${jwtToken}`, call);
  await askJson("GET", `${url}/contact?phoneNumber=+16505551212&jwtToken=${jwtToken}`);
  for (const session of ["47110001", "47110002", "47110003"]) await log(lukesCall(session));
  for (const session of ["47110004", "47110005"]) await log({ ...lukesCall(session), contactId: "4711" });
  await faults(demoCrmUrl, [{ match: "POST /api/activities", kind: "429", times: 100, ms: 60_000 }]);
  for (const session of ["47110006", "47110007", "47110008"]) await log(lukesCall(session));
}

/** A call that got into the CRM at the second attempt, and was changed after that. */
async function aDetour({ url, demoCrmUrl }: Stage): Promise<void> {
  const jwtToken = await logIn(url);
  await askJson("GET", `${url}/contact?phoneNumber=+16505551212&jwtToken=${jwtToken}`);
  await faults(demoCrmUrl, [{ match: "POST /api/activities", kind: "429", times: 1, ms: 1_000 }]);
  await askJson("POST", `${url}/callLog?jwtToken=${jwtToken}`, lukesCall("47110001"));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const change = { sessionId: "47110001", note: "Wants three X-wings." };
  await askJson("PATCH", `${url}/callLog?jwtToken=${jwtToken}`, change);
}

async function faults(demoCrmUrl: string, given: readonly object[]): Promise<void> {
  await fetch(`${demoCrmUrl}/control/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(given),
  });
}

async function comeIn(page: Page, { url, adminToken }: Stage): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByLabel("Admin token").fill(adminToken);
  await page.keyboard.press("Enter");
  await page.getByText("Live", { exact: true }).waitFor();
}

/** Drawn, and what happened a moment ago is among them. */
async function pictures(page: Page): Promise<void> {
  await page.locator(".chart canvas").first().waitFor();
  await page.waitForTimeout(4_000);
}
