/** Saying what a logged call is about: the deal, the matter, or whatever the CRM files calls under. */

import { expect, expectSame, NotOffered } from "../expectations.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { type Answer, at } from "../wire.ts";
import { expectLogged, logged } from "./call.ts";

export const DISPOSITION_SCENARIOS: readonly Scenario[] = [
  scenario("what a person chooses is kept with the call", async (stage, choice) => {
    expectLogged(await stage.measure("choose a disposition", () => choose(stage, choice)));
    await expectChosen(stage, choice);
  }),
  scenario("a choice that the record already has costs the CRM nothing", async (stage, choice) => {
    await choose(stage, choice);
    stage.between.exchanges.length = 0;
    expectLogged(await choose(stage, choice));
    expectSame(stage.between.exchanges.length, 0, "The number of requests to the CRM");
  }),
];

type Choice = Readonly<Record<string, string | number>>;

function scenario(name: string, play: (stage: Stage, choice: Choice) => Promise<void>): Scenario {
  return {
    area: "disposition",
    name,
    needs: ["upsertCallDisposition"],
    async play(stage) {
      const { person } = await logged(stage);
      if (stage.crm.addChoice === undefined) throw new NotOffered("the fake CRM has nothing to choose (addChoice)");
      await play(stage, await stage.crm.addChoice(person.id));
    },
  };
}

function choose({ phone }: Stage, dispositions: Choice): Promise<Answer> {
  return phone.ask("PUT", "/callDisposition", { body: { sessionId: "s1", dispositions } });
}

async function expectChosen({ phone }: Stage, choice: Choice): Promise<void> {
  const { dispositions } = await phone.loadCall("s1");
  for (const [field, value] of Object.entries(choice)) {
    const shown = at(dispositions, field);
    expect(String(shown) === String(value), `${field} is ${JSON.stringify(shown)}, expected ${JSON.stringify(value)}.`);
  }
}
