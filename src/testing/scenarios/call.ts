/** Logging a call: one record, whatever goes wrong on the way and however often it is posted. */

import { expect, expectHas, expectSame, NotOffered, until } from "../expectations.ts";
import type { FaultKind } from "../faults.ts";
import { callOf, FIRST_NOTE } from "../posted.ts";
import { onlyRecord, type Person, type Scenario, withSomebody, writtenOnce } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { type Answer, at, textAt } from "../wire.ts";

export const CALL_SCENARIOS: readonly Scenario[] = [
  scenario("a call is logged for its contact, with its subject and note", async (stage, person) => {
    const answer = await stage.measure("log a call", () => post(stage, person));
    expectLogged(answer);
    const record = await writtenOnce(stage, "s1");
    expectSame(record.contactId, person.id, "The record's contact");
    const call = await stage.phone.loadCall("s1");
    expectSame(call.note, FIRST_NOTE, "The note");
    expectHas(call.subject, person.name, "The subject");
    expect(call.fullBody !== "", "The record has no text.");
  }),
  scenario("ten postings of one session at the same time make one record", async (stage, person) => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(stage, person)));
    const { id } = await writtenOnce(stage, "s1");
    for (const answer of answers) {
      expectLogged(answer);
      expectSame(textAt(answer.body, "logId"), id, "The id that one of them was answered with");
    }
  }),
  scenario("a call that is still going on is logged, too", async (stage, person) => {
    const logInfo = { duration: "pending", recording: { link: "(pending...)" } };
    expectLogged(await stage.phone.ask("POST", "/callLog", { body: callOf("s1", person, { logInfo }) }));
    await writtenOnce(stage, "s1");
  }),
  notDone("asks to slow down for some seconds", "429 in seconds"),
  notDone("asks to slow down until a time", "429 until a time"),
  mayBeDone("answers with an error of its own", "error"),
  mayBeDone("cuts the connection before it has read the request", "cut"),
  mayBeDone("cuts the connection after it has written the record", "answer cut"),
  mayBeDone("never answers although it has written the record", "answer withheld"),
  mayBeDone("garbles the answer after it has written the record", "answer garbled"),
  scenario(
    "a call that the CRM does not accept is refused in words, and can be posted again",
    async (stage, person) => {
      stage.between.setFaults({ on: "createLog", kind: "refused", times: 1 });
      const answer = await post(stage, person);
      expectSame(at(answer.body, "successful"), false, "successful");
      expect(textAt(answer.body, "returnMessage", "message") !== "", "The client has nothing to show.");
      expectSame((await stage.phone.loadCall("s1")).matched, false, "Whether the session counts as logged");
      expectLogged(await post(stage, person));
      await writtenOnce(stage, "s1");
    },
  ),
  scenario("a call that waits shows its own note, takes a new one, and is written with it", async (stage, person) => {
    stage.between.setFaults({ on: "createLog", kind: "429 in seconds" });
    expectLogged(await post(stage, person));
    expectSame((await stage.phone.loadCall("s1")).note, FIRST_NOTE, "The note while the call waits");
    const change = { sessionId: "s1", subject: "Plans", note: "They took the offer." };
    expectLogged(await stage.phone.ask("PATCH", "/callLog", { body: change }));
    stage.between.setFaults();
    await writtenOnce(stage, "s1");
    const call = await stage.phone.loadCall("s1");
    expectSame([call.subject, call.note], ["Plans", "They took the offer."], "What the record says");
  }),
  scenario("calls that were logged while the CRM was down are written when it is back", async (stage, person) => {
    await stage.between.goAway();
    expectLogged(await post(stage, person));
    await stage.between.comeBack();
    await writtenOnce(stage, "s1");
  }),
  scenario("a call that was accepted before a restart is written after it", async (stage, person) => {
    stage.between.setFaults({ on: "createLog", kind: "429 in seconds" });
    expectLogged(await post(stage, person));
    await stage.restart();
    stage.between.setFaults();
    await writtenOnce(stage, "s1");
  }),
  scenario(
    "what belongs to a record and could not be written with it follows, without a second record",
    async (stage, person) => {
      const { between, crm } = stage;
      if (crm.operations.completeLog === undefined)
        throw new NotOffered("a record is written in one piece (operations.completeLog)");
      between.setFaults({ on: "completeLog", kind: "429 in seconds", times: 1 });
      expectLogged(await post(stage, person));
      await until("what belongs to the record was written", async () =>
        between.exchanges.some(({ operation, status = 500 }) => operation === "completeLog" && status < 300)
          ? true
          : undefined,
      );
      await writtenOnce(stage, "s1");
    },
  ),
];

/** Nothing was done at the CRM, and that is known: trying again is safe. */
function notDone(how: string, kind: FaultKind): Scenario {
  return scenario(`when the CRM ${how}, the call is written a little later, once`, async (stage, person) => {
    stage.between.setFaults({ on: "createLog", kind, times: 1 });
    expectLogged(await post(stage, person));
    await writtenOnce(stage, "s1");
  });
}

/** It is not known whether the record was written: somebody must look before it is written again. */
function mayBeDone(how: string, kind: FaultKind): Scenario {
  return scenario(`when the CRM ${how}, there is one record in the end`, async (stage, person) => {
    stage.between.setFaults({ on: "createLog", kind, times: 1 });
    expectLogged(await post(stage, person));
    expectLogged(await post(stage, person));
    if (stage.connector.findCallLog !== undefined) return void (await writtenOnce(stage, "s1"));
    const { length } = await stage.crm.records();
    expect(length <= 1, `There are ${length} records in the CRM where there must be one at most.`);
    throw new NotOffered("without findCallLog a lost answer waits for a person; no second record was written");
  });
}

function scenario(name: string, play: (stage: Stage, person: Person) => Promise<void>): Scenario {
  return {
    area: "call",
    name,
    async play(stage) {
      await play(stage, await withSomebody(stage));
    },
  };
}

function post({ phone }: Stage, person: Person): Promise<Answer> {
  return phone.ask("POST", "/callLog", { body: callOf("s1", person) });
}

/** In the CRM, or accepted and on its way. */
export function expectLogged(answer: Answer): void {
  expect(at(answer.body, "successful") === true, `The client was answered with ${answer.status} ${answer.text}`);
}

/** A call that stands in the CRM, with its record. */
export async function logged(stage: Stage): Promise<{ person: Person; id: string }> {
  const person = await withSomebody(stage);
  expectLogged(await post(stage, person));
  await writtenOnce(stage, "s1");
  const { id } = await onlyRecord(stage);
  return { person, id };
}
