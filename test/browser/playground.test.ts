/** The playground in a real browser: the whole story on the Demo CRM, and on a CRM of somebody's own. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CONNECTORS } from "../../src/connectors/index.ts";
import { demo } from "../../src/connectors/demo/index.ts";
import { defineConnector } from "../../src/sdk/connector.ts";
import { activitiesIn, askCrm, runTrunkline, until } from "../support/trunkline.ts";
import { browserFor, visit, WITHOUT_CHROMIUM } from "./chromium.ts";
import { assertUsable, connect, crmFrame, hangUp, makeCrm, openOnTheWire, takeCallFrom, wire } from "./phone.ts";

void suite("the playground", { skip: WITHOUT_CHROMIUM }, () => {
  test("a call is taken, logged with a deal, seen in the CRM, given its recording and edited", async (t) => {
    const running = await runTrunkline(t);
    const { page, leave } = await visit(t, await browserFor(t), { colorScheme: "light" });
    await page.goto(`${running.url}/playground`);
    await page.getByRole("textbox", { name: "API key" }).waitFor();
    await assertUsable(page, "the login");
    await connect(page, running.url);

    await takeCallFrom(page, /Luke Skywalker/);
    await page.getByText("1 match").waitFor();
    await page.getByLabel("Note").fill("Wants two <b>more</b> X-wings.");
    await page.getByLabel("Deal", { exact: true }).selectOption({ label: "Jedi Order" });
    await assertUsable(page, "the form");
    await hangUp(page);
    await page.getByRole("button", { name: "Save log" }).click();
    await page.getByText("Disposition saved in Demo CRM.").waitFor();
    await crmFrame(page).getByText("- Note: Wants two <b>more</b> X-wings.").waitFor();
    await crmFrame(page).getByText("Deal: Jedi Order").waitFor();

    await page.getByRole("button", { name: "The recording is ready" }).click();
    await crmFrame(page).getByText("Call recording link: https://media.ringcentral.com").waitFor();
    await page.getByRole("button", { name: "Edit the log" }).click();
    await page.getByRole("form", { name: "Edit the log" }).getByLabel("Note").fill("Wants three.");
    await page.getByLabel("Deal", { exact: true }).selectOption({ label: "X-wing maintenance" });
    await page.getByRole("button", { name: "Save changes" }).click();
    await crmFrame(page).getByText("- Note: Wants three.").waitFor();
    await crmFrame(page).getByText("Deal: X-wing maintenance").waitFor();
    await assertUsable(page, "the log");

    const [call, ...others] = await activitiesIn(running);
    assert.equal(others.length, 0);
    assert.doesNotMatch(String(call?.["body"]), /accessToken|made-up/);
    await leave();
  });

  test("the wire shows every request and answer, and covers secrets until somebody wants to see them", async (t) => {
    const running = await runTrunkline(t);
    const { page, leave } = await visit(t, await browserFor(t));
    await connect(page, running.url);
    const token = await page.evaluate<string>("JSON.parse(sessionStorage['trunkline.playground.session']).token");
    await page.getByRole("button", { name: /Luke Skywalker/ }).click();
    await page.getByText("+16505551212: 1 contact, from the CRM").waitFor();
    await openOnTheWire(page, /\/apiKeyLogin/);
    await page.getByText('"jwtToken"').waitFor();
    await openOnTheWire(page, /\/contact/);
    await page.getByText('"mostRecentActivityDate"').or(page.getByText('"createdDate"')).first().waitFor();

    const covered = await wire(page);
    assert.match(covered, /GET\s+\/contact\s+200[^]*GET\s+\/api\/contacts\s+200[^]*GET\s+\/api\/deals\s+200/);
    assert.match(covered, /phoneNumber=\+16505551212/);
    assert.ok(!covered.includes(token) && !covered.includes("demo-key"), covered);
    await page.getByLabel("Show secrets").check();
    const revealed = await wire(page);
    assert.ok(revealed.includes(`jwtToken=${token}`) && revealed.includes('"apiKey": "demo-key"'), revealed);
    await assertUsable(page, "the wire");
    await leave();
  });

  test("with a CRM that is down nobody is guessed, nothing is lost, and the log arrives once", async (t) => {
    const running = await runTrunkline(t);
    const { page, leave } = await visit(t, await browserFor(t), { colorScheme: "dark" });
    await connect(page, running.url);
    await takeCallFrom(page, /Luke Skywalker/);
    await page.getByText("1 match").waitFor();
    await makeCrm(page, "Down");
    await page.getByLabel("Note").fill("Said while the CRM was down.");
    await hangUp(page);
    await page.getByRole("button", { name: "Save log" }).click();
    await page.getByText("On its way").waitFor();
    await page.getByText("Nothing is lost").first().waitFor();
    await assertUsable(page, "a log that waits");

    await page.getByRole("button", { name: "All calls" }).click();
    await page.getByLabel("Number").fill("+1 415 555 0163");
    await page.getByRole("button", { name: "Let it ring" }).click();
    await page.getByText("Not known.").waitFor();
    assert.equal(await page.getByText("Create new contact...").count(), 0);
    await assertUsable(page, "an unknown caller");

    await makeCrm(page, "Well");
    await page.getByRole("button", { name: "Ask Demo CRM again" }).click();
    await page.getByText("100% Organic_Foods").first().waitFor();
    await page.getByText("The log of the call with Luke Skywalker has arrived.").waitFor();
    const call = await until(async () => (await activitiesIn(running))[0]);
    assert.match(String(call["body"]), /Said while the CRM was down\./);
    assert.equal((await activitiesIn(running)).length, 1);
    await leave();
  });

  test("through OAuth: the CRM's page opens, sends back to the playground, and logging out ends the session", async (t) => {
    const running = await runTrunkline(t);
    const { context, page, leave } = await visit(t, await browserFor(t));
    await page.goto(`${running.url}/playground`);
    await page.getByLabel("Demo CRM (OAuth)").check();
    await assertUsable(page, "the OAuth login");
    const opening = context.waitForEvent("page");
    await page.getByRole("button", { name: "Open its login page" }).click();
    const login = await opening;
    await login.getByRole("button", { name: "Allow" }).click();
    await page.getByText("Ann Operator").waitFor();
    await page.reload();
    await takeCallFrom(page, /Pat Doe, Sam Doe/);
    await page.getByText("2 matches: choose one").waitFor();

    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("heading", { name: "Connect the phone to a CRM" }).waitFor();
    assert.equal(await page.evaluate("sessionStorage.getItem('trunkline.playground.session')"), null);
    await leave();
  });

  test("texts, a voicemail and a fax are logged message by message, and settings are kept", async (t) => {
    const running = await runTrunkline(t);
    const { page, leave } = await visit(t, await browserFor(t));
    await connect(page, running.url);
    await page.getByRole("button", { name: "Messages" }).click();
    await page.getByRole("button", { name: /Luke Skywalker/ }).click();
    await page.getByText("1 match").waitFor();
    const write = async (text: string) => {
      await page.getByRole("textbox", { name: "Message" }).fill(text);
      await page.getByRole("button", { name: "Send" }).click();
      await crmFrame(page).getByText(text).waitFor();
    };
    await write("Is the order on its way?");
    await page.getByRole("button", { name: "You write" }).click();
    await write("It left this morning.");
    await page.getByRole("button", { name: "They leave a voicemail" }).click();
    await crmFrame(page).getByText("Voicemail recording link").waitFor();
    await page.getByRole("button", { name: "A fax arrives" }).click();
    await crmFrame(page).getByText("Fax document link").waitFor();
    await assertUsable(page, "a conversation");
    const kinds = (await activitiesIn(running)).map(({ type }) => type);
    assert.deepEqual(new Set(kinds), new Set(["sms", "voicemail", "fax"]));
    assert.equal(kinds.length, 3);

    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByLabel("Session id").check();
    await assertUsable(page, "the settings");
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByText("Settings saved.").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("checkbox", { name: "Session id", checked: true }).waitFor();
    await leave();
  });

  test("on a telephone's own screen: a stranger becomes a contact, with nothing out of sight", async (t) => {
    const running = await runTrunkline(t);
    const { page, leave } = await visit(t, await browserFor(t), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await connect(page, running.url);
    await takeCallFrom(page, /A stranger/);
    await page.getByText("Nobody has this number").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Nora Finch");
    await page.getByLabel("Type").selectOption("Lead");
    await assertUsable(page, "a new contact");
    await hangUp(page);
    await page.getByRole("button", { name: "Create contact and save log" }).click();
    await page.getByRole("heading", { name: "The log" }).waitFor();
    for (const pane of ["CRM", "Wire", "Phone"]) {
      await page.getByRole("button", { name: pane, exact: true }).click();
      await assertUsable(page, pane);
    }
    const { items } = await askCrm(running, "GET", "/api/contacts?name=Nora");
    assert.equal(Array.isArray(items) && items.length, 1);
    await leave();
  });

  test("a CRM of one's own needs no page beside the telephone: the log is read back, and a refused login says why", async (t) => {
    const own = defineConnector({
      ...demo,
      platform: "own",
      displayName: "Own CRM",
      manifest: (site) => ({
        ...demo.manifest(site),
        name: "own",
        displayName: "Own CRM",
        contactPageUrl: "https://crm.example/contacts/{contactId}",
        page: {
          callLog: {
            additionalFields: [
              { const: "urgent", title: "Urgent", type: "checkbox" },
              { const: "reason", title: "Reason", type: "inputField", required: true },
            ],
          },
          messageLog: { additionalFields: [] },
          useContactSearch: true,
        },
      }),
    });
    const running = await runTrunkline(t, { connectors: [own, ...CONNECTORS] });
    const { page, leave } = await visit(t, await browserFor(t), { expected: /apiKeyLogin/ });
    await page.goto(`${running.url}/playground`);
    await page.getByRole("textbox", { name: "API key" }).fill("wrong");
    await page.getByRole("button", { name: "Connect" }).click();
    await page.getByText("Own CRM did not accept these credentials.").waitFor();
    await connect(page, running.url);

    await page.getByLabel("Number").fill("+16505551212");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Answer" }).press("Enter");
    await page.getByLabel("Note").fill("Read me back.");
    await page.getByLabel("Urgent").check();
    await page.getByLabel("Reason").fill("Price");
    await hangUp(page);
    await page.getByRole("button", { name: "Save log" }).click();
    const crm = page.getByRole("region", { name: "CRM" });
    await crm.getByText("- Note: Read me back.").waitFor();
    const link = crm.getByRole("link", { name: "Open Luke Skywalker in the CRM" }).first();
    assert.equal(await link.getAttribute("href"), "https://crm.example/contacts/1");
    assert.equal(await page.locator("iframe").count(), 0);
    await assertUsable(page, "a log that is read back");
    await leave();
  });
});
