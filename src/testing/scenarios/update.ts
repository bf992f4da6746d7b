/** Changing a logged call: everything new arrives, and nothing that stands there is lost. */

import { expect, expectHas, expectSame, until } from "../expectations.ts";
import { FIRST_NOTE, laterFacts, RECORDING } from "../posted.ts";
import { onlyRecord, type Scenario, writtenOnce } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { at, textAt, type Answer } from "../wire.ts";
import { expectLogged, logged } from "./call.ts";

const FROM_A_PERSON = "Send them the offer by Friday";
/** `$&` means something to careless replacing, the rest to HTML. */
const AWKWARD_NOTE = 'cost $& <b> & "more"';

export const UPDATE_SCENARIOS: readonly Scenario[] = [
  scenario("what becomes known later is merged into the record, and the note stays", async (stage) => {
    expectLogged(await stage.measure("update a call", () => patch(stage, laterFacts("s1"))));
    const call = await stage.phone.loadCall("s1");
    expectHas(call.fullBody, RECORDING, "The record");
    expectSame(call.note, FIRST_NOTE, "The note");
    await onlyRecord(stage);
  }),
  scenario("an update that says nothing new costs the CRM nothing", async (stage) => {
    await patch(stage, laterFacts("s1"));
    stage.between.exchanges.length = 0;
    expectLogged(await patch(stage, laterFacts("s1")));
    expectSame(stage.between.exchanges.length, 0, "The number of requests to the CRM");
  }),
  scenario(
    "a read that fails before an update writes nothing, and the next update finds everything as it was",
    async (stage) => {
      const before = await onlyRecord(stage);
      stage.between.exchanges.length = 0;
      stage.between.setFaults({ on: "readLog", kind: "429 until a time", times: 1 });
      expectLogged(await patch(stage, laterFacts("s1")));
      const wrote = stage.between.exchanges.filter(({ operation }) => operation === "updateLog");
      expectSame(wrote.length, 0, "The number of writes after the read that failed");
      expectSame(await onlyRecord(stage), before, "The record after the read that failed");
      expectLogged(await patch(stage, { sessionId: "s1", aiNote: "They are happy." }));
      await untilRecordHas(stage, "They are happy.");
      const call = await stage.phone.loadCall("s1");
      expectHas(call.fullBody, RECORDING, "The record");
      expectSame(call.note, FIRST_NOTE, "The note");
    },
  ),
  scenario("a person's words in the record survive every update", async (stage, id) => {
    const { body } = await onlyRecord(stage);
    const words = stage.connector.logFormat === "text/html" ? `<p>${FROM_A_PERSON}</p>` : `\n${FROM_A_PERSON}\n`;
    await stage.crm.editRecord(id, `${body}${words}`);
    await patch(stage, laterFacts("s1"));
    await patch(stage, edited("They took the offer."));
    const record = await onlyRecord(stage);
    for (const text of [FROM_A_PERSON, RECORDING, "They took the offer."]) expectHas(record.body, text, "The record");
    expect(!record.body.includes(FIRST_NOTE), "The old note is still there.");
  }),
  scenario("a record that was deleted in the CRM is not resurrected, and the person is told", async (stage, id) => {
    await stage.crm.deleteRecord(id);
    const answer = await patch(stage, laterFacts("s1"));
    expectSame(at(answer.body, "successful"), false, "successful");
    expect(textAt(answer.body, "returnMessage", "message") !== "", "The client has nothing to show.");
    expectSame(await stage.crm.records(), [], "The CRM's records");
  }),
  scenario("an update whose answer was lost is there once", async (stage) => {
    stage.between.setFaults({ on: "updateLog", kind: "answer cut", times: 1 });
    expectLogged(await patch(stage, edited("They took the offer.")));
    stage.between.exchanges.length = 0;
    expectLogged(await patch(stage, laterFacts("s1")));
    await untilRecordHas(stage, RECORDING);
    const { body } = await onlyRecord(stage);
    expectSame(body.split("They took the offer.").length - 1, 1, "How often the note stands in the record");
  }),
  scenario("an update while the CRM asks to slow down arrives later", async (stage) => {
    stage.between.setFaults({ on: "updateLog", kind: "429 in seconds", times: 1 });
    expectLogged(await patch(stage, laterFacts("s1")));
    await untilRecordHas(stage, RECORDING);
    await writtenOnce(stage, "s1");
  }),
  scenario("updates that the CRM refuses are told, and the record stays", async (stage) => {
    stage.between.setFaults({ on: "updateLog", kind: "refused", times: 1 });
    const answer = await patch(stage, laterFacts("s1"));
    expectSame(at(answer.body, "successful"), false, "successful");
    expectSame((await stage.phone.loadCall("s1")).note, FIRST_NOTE, "The note");
    expectLogged(await patch(stage, laterFacts("s1")));
    await untilRecordHas(stage, RECORDING);
  }),
  scenario("a note of awkward characters arrives as it was typed, and harms nothing", async (stage) => {
    expectLogged(await patch(stage, edited(AWKWARD_NOTE)));
    expectLogged(await patch(stage, laterFacts("s1")));
    const call = await stage.phone.loadCall("s1");
    expectSame(call.note, AWKWARD_NOTE, "The note");
    expectHas(call.fullBody, RECORDING, "The record");
  }),
  scenario("a note that was cleared is gone, and the rest stays", async (stage) => {
    await patch(stage, laterFacts("s1"));
    expectLogged(await patch(stage, edited("")));
    const call = await stage.phone.loadCall("s1");
    expectSame(call.note, "", "The note");
    expectHas(call.fullBody, RECORDING, "The record");
    expect(!call.fullBody.includes(FIRST_NOTE), "The old note is still there.");
  }),
  scenario("a new subject is the record's subject", async (stage) => {
    expectLogged(await patch(stage, { sessionId: "s1", subject: "Plans for next year", note: FIRST_NOTE }));
    expectHas((await stage.phone.loadCall("s1")).subject, "Plans for next year", "The subject");
  }),
  scenario("a session that was never logged cannot be updated, and nothing is created", async (stage) => {
    expectSame(at((await patch(stage, laterFacts("unheard-of"))).body, "successful"), false, "successful");
    await onlyRecord(stage);
  }),
];

function scenario(name: string, play: (stage: Stage, id: string) => Promise<void>): Scenario {
  return {
    area: "update",
    name,
    async play(stage) {
      const { id } = await logged(stage);
      await play(stage, id);
    },
  };
}

function patch({ phone }: Stage, body: object): Promise<Answer> {
  return phone.ask("PATCH", "/callLog", { body });
}

/** As the edit form sends it: with a subject, an empty note means "cleared". */
function edited(note: string): object {
  return { sessionId: "s1", subject: "Call with Robin Conformance", note };
}

async function untilRecordHas(stage: Stage, words: string): Promise<void> {
  await until(`the record had "${words}"`, async () =>
    (await onlyRecord(stage)).body.includes(words) ? true : undefined,
  );
}
