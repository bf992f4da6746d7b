/** The console in a real browser: in with the token, what is held up, a retry, a search, both schemes and a telephone's width. */

import assert from "node:assert/strict";
import { after, before, suite, test, type TestContext } from "node:test";
import type { Browser, Page } from "playwright-core";
import { demo } from "../../src/connectors/demo/index.ts";
import { phoneOf } from "../ledger/call.ts";
import { activitiesIn, askCrm, logIn, type RunOptions, runTrunkline, setFaults } from "../support/trunkline.ts";
import { ADMIN_ENVIRONMENT, ADMIN_TOKEN } from "../web/admin.ts";
import { launchChromium, visit, type VisitOptions, WITHOUT_CHROMIUM } from "./chromium.ts";
import { assertUsable } from "./phone.ts";

async function comeIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
  await page.keyboard.press("Enter");
  await page.getByText("Live", { exact: true }).waitFor();
}

const section = (page: Page, name: RegExp) =>
  page.getByRole("navigation", { name: "Console" }).getByRole("link", { name });
const state = (page: Page, name: RegExp) =>
  page.getByRole("navigation", { name: "States" }).getByRole("link", { name });

await suite("the console in a browser", { skip: WITHOUT_CHROMIUM }, () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  async function watched(t: TestContext, options: VisitOptions = {}, run: RunOptions = {}) {
    const running = await runTrunkline(t, { environment: ADMIN_ENVIRONMENT, ...run });
    const token = await logIn(running);
    return { running, token, phone: phoneOf(running, token), ...(await visit(t, browser, options)) };
  }

  test("a wrong token is told, the right one opens, and logging out closes", async (t) => {
    const { running, page, leave } = await watched(t, { expected: /401/ });
    await page.goto(`${running.url}/console`);
    const token = page.getByLabel("Admin token");
    await token.fill("a wrong one");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("This is not the admin token.").waitFor();
    await assertUsable(page, "the door");
    await token.fill(ADMIN_TOKEN);
    await page.keyboard.press("Enter");
    await page.getByText("Nothing. Every log that was accepted is in its CRM or on its way.").waitFor();
    assert.equal(await page.evaluate("document.cookie"), "");
    await page.reload();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Log out" }).click();
    await token.waitFor();
    await page.reload();
    await token.waitFor();
    await leave();
  });

  test("a refused log is found, retried by keyboard once it can succeed, and seen as written", async (t) => {
    const { running, phone, page, leave } = await watched(t);
    const { id } = await askCrm(running, "POST", "/api/contacts", { name: "Wedge", phone: "+16505550199" });
    const contactId = String(Number(id) + 1);
    await comeIn(page, running.url);
    await phone.post("s-refused", { contactId, note: "a <b>private</b> note" });
    // The page hears of it by itself.
    await page.getByText("Demo CRM did not take 1 log.").waitFor();
    await assertUsable(page, "the overview");
    await page.getByRole("link", { name: "Show 1 log" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("cell", { name: /names no contact/ }).waitFor();
    assert.equal(await page.evaluate("document.activeElement?.textContent"), "Ledger");
    await assertUsable(page, "the refused");
    assert.doesNotMatch(await page.content(), /private/);

    await askCrm(running, "POST", "/api/contacts", { name: "Biggs", phone: "+16505550198" });
    await page.getByRole("button", { name: "Retry s-refused" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Nothing was refused.").waitFor();
    await state(page, /Written/).click();
    await page.getByRole("cell", { name: "Call s-refused" }).waitFor();
    assert.equal((await activitiesIn(running)).length, 1);
    await leave();
  });

  test("a call is searched by its number as people write it, and its path is told to the end", async (t) => {
    const { running, token, phone, page, leave } = await watched(t, { colorScheme: "dark" });
    await running.send("GET", `/contact?phoneNumber=+16505551212&jwtToken=${token}`);
    await setFaults(running, { match: "POST /api/activities", kind: "429", times: 1, ms: 1_500 });
    await phone.post("s1");
    await comeIn(page, running.url);
    await page.getByRole("searchbox", { name: "Number, session or conversation" }).fill("(650) 555-1212");
    await page.keyboard.press("Enter");
    await page.getByText("+16505551212: 1 log, 1 look-up").waitFor();
    const path = page.getByRole("region", { name: "Path" });
    await path.getByText("As 1.").waitFor();
    const steps = (await path.innerText()).replaceAll(/\s+/g, " ");
    assert.match(
      steps,
      /Ann Operator looked up \+16505551212 Demo CRM was asked\. Luke Skywalker \(1\), whose number is written there as \(650\) 555-1212 .*The call was accepted .*Tried to write into Demo CRM Not done\. Demo CRM asked us to slow down\. Version 1, attempt 1, .*Written into Demo CRM As 1\. Version 1, attempt 2, .*Now It is in Demo CRM\.$/,
    );
    await assertUsable(page, "the search, in the dark");
    await page.getByRole("button", { name: "Show the content" }).click();
    await page.getByText('"note": "first note"').waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.locator(".chart canvas").first().waitFor();
    await page.getByText("As a table").first().click();
    await page.getByRole("columnheader", { name: "written" }).waitFor();
    await assertUsable(page, "the overview, in the dark");
    await leave();
  });

  test("a log is given up only after a yes, and what may be in the CRM is settled by what a person found", async (t) => {
    const { findCallLog: _, ...withoutLooking } = demo;
    const { running, phone, page, leave } = await watched(t, {}, { connectors: [withoutLooking] });
    await phone.post("s-refused", { contactId: "nobody" });
    await setFaults(running, { match: "POST /api/activities", kind: "cut", times: 1 });
    await phone.post("s-unknown");
    await comeIn(page, running.url);
    await section(page, /Ledger/).click();
    await state(page, /Refused/).click();
    await page.getByRole("link", { name: "Call", exact: true }).click();
    await page.getByRole("button", { name: "Give up …" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Give up …" }).click();
    await assertUsable(page, "the question");
    await page.getByRole("button", { name: "Give it up" }).click();
    await page.getByText("It was given up: its content is gone").first().waitFor();

    await page.goto(`${running.url}/console#/ledger/uncertain`);
    await page.getByText("needs you").waitFor();
    await page.getByRole("link", { name: "Call", exact: true }).click();
    await page.getByText("What did you find in Demo CRM?").waitFor();
    await assertUsable(page, "the entry");
    await page.getByRole("button", { name: "It is not there" }).click();
    await page.getByText("written", { exact: true }).waitFor();
    assert.equal((await activitiesIn(running)).length, 1);
    await leave();
  });

  test("on a telephone nothing is wider than the screen, and every page says what to do where it is empty", async (t) => {
    const { running, token, phone, page, leave } = await watched(t, {
      viewport: { width: 390, height: 844 },
      colorScheme: "light",
    });
    await comeIn(page, running.url);
    await assertUsable(page, "an empty overview");
    for (const [list, words] of [
      ["waiting", "Nothing waits"],
      ["uncertain", "Nothing is uncertain"],
      ["refused", "Nothing was refused"],
      ["written", "Nothing has been written yet"],
      ["dropped", "Nothing was given up"],
    ]) {
      await page.goto(`${running.url}/console#/ledger/${list}`);
      await page.getByText(words ?? "").waitFor();
    }
    await running.send("GET", `/contact?phoneNumber=+16505551212&jwtToken=${token}`);
    for (let at = 0; at < 27; at += 1) await phone.post(`a-rather-long-session-id-of-a-call-${at}`);
    await setFaults(running, { match: "POST /api/activities", kind: "500", times: 1000 });
    await phone.post("s-held-up");
    await page.getByRole("link", { name: "Overview" }).click();
    await page.locator(".chart canvas").first().waitFor();
    await assertUsable(page, "the overview");
    await section(page, /Connections/).click();
    await page.getByRole("heading", { name: "Ann Operator" }).waitFor();
    await assertUsable(page, "the connections");
    await page.goto(`${running.url}/console#/ledger/written`);
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByText("This is the last page.").waitFor();
    await assertUsable(page, "the written");
    await section(page, /Search/).click();
    await page.getByText("Type a telephone number as anybody might write it").waitFor();
    await assertUsable(page, "the search");
    await leave();
  });
});
