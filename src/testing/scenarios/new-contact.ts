/** Creating a contact: found at once, and there once, also when the answer was lost. */

import { expect, expectSame, NotOffered } from "../expectations.ts";
import { type Scenario, withSomebody } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { at, textAt } from "../wire.ts";
import { expectFound } from "./look-up.ts";

const NAME = "Smith & Sons #2";
const PHONE = "+16505550166";

export const NEW_CONTACT_SCENARIOS: readonly Scenario[] = [
  scenario("a contact that was created is found by its number", async (stage) => {
    const id = await stage.measure("create a contact", () => created(stage));
    expectFound(await stage.phone.findContact(PHONE, { fresh: true }), [[id, NAME]]);
    await expectOneOf(stage, NAME);
  }),
  scenario("a contact that was just created is found although the CRM's search lags behind", async (stage) => {
    if (stage.crm.delaySearch === undefined) throw new NotOffered("the fake CRM's search never lags (delaySearch)");
    await stage.crm.delaySearch();
    const id = await created(stage);
    expectFound(await stage.phone.findContact(PHONE), [[id, NAME]]);
    expectFound(await stage.phone.findContact(PHONE, { fresh: true }), [[id, NAME]]);
  }),
  scenario("the same contact posted twice, also at the same time, is there once", async (stage) => {
    const ids = await Promise.all([created(stage), created(stage)]);
    expectSame([...ids, await created(stage)], [ids[0], ids[0], ids[0]], "The ids that were answered");
    await expectOneOf(stage, NAME);
  }),
  scenario("a contact whose creation was not answered is there once", async (stage) => {
    stage.between.setFaults({ on: "createContact", kind: "answer cut", times: 1 });
    const first = await stage.phone.ask("POST", "/contact", { body: wanted });
    if (at(first.body, "successful") !== true) await created(stage);
    await expectOneOf(stage, NAME);
  }),
  scenario("a contact that the CRM does not accept is refused in words", async (stage) => {
    stage.between.setFaults({ on: "createContact", kind: "refused" });
    const answer = await stage.phone.ask("POST", "/contact", { body: wanted });
    expectSame(at(answer.body, "successful"), false, "successful");
    expect(textAt(answer.body, "returnMessage", "message") !== "", "The client has nothing to show.");
    await expectOneOf(stage, NAME, 0);
  }),
];

const wanted = { phoneNumber: PHONE, newContactName: NAME };

function scenario(name: string, play: (stage: Stage) => Promise<void>): Scenario {
  return {
    area: "new contact",
    name,
    needs: ["createContact"],
    async play(stage) {
      await withSomebody(stage);
      await play(stage);
    },
  };
}

async function created({ crm, phone }: Stage): Promise<string> {
  const newContactType = crm.contactType ?? "Contact";
  const answer = await phone.ask("POST", "/contact", { body: { ...wanted, newContactType } });
  expect(at(answer.body, "successful") === true, `Creating a contact was answered with ${answer.text}`);
  return textAt(answer.body, "contact", "id");
}

async function expectOneOf({ crm }: Stage, name: string, count = 1): Promise<void> {
  const named = (await crm.contacts()).filter((contact) => contact.name === name);
  expectSame(named.length, count, `The number of contacts named ${name}`);
}
