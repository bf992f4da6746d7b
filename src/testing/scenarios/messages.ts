/** Texts, voicemails and faxes: one record per conversation, every message in it once. */

import { expect, expectHas, expectSame, NotOffered, until } from "../expectations.ts";
import { type Batch, conversationOf, recorded, sentence, texts } from "../posted.ts";
import { onlyRecord, type Person, personIn, type Scenario, withSomebody } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { type Answer, at, listAt } from "../wire.ts";
import { expectLogged } from "./call.ts";

const FROM_A_PERSON = "Answered on paper";

export const MESSAGE_SCENARIOS: readonly Scenario[] = [
  scenario("ten texts make one record with each of them in it, in order", async (stage, person) => {
    const batch = { person, messages: texts(person, 0, 10) };
    const answer = await stage.measure("10 messages, new", () => post(stage, batch));
    expectAdded(answer, 10);
    expectSame((await onlyRecord(stage)).contactId, person.id, "The record's contact");
    await expectSentences(stage, 10);
  }),
  continued("ten more texts are added to the record that is there", async (stage, person) => {
    const batch = { person, messages: texts(person, 10, 20) };
    expectAdded(await stage.measure("10 messages, existing", () => post(stage, batch)), 10);
    await expectSentences(stage, 20);
  }),
  continued("texts that are sent again add nothing", async (stage, person) => {
    const batch = { person, messages: texts(person, 0, 10) };
    expectAdded(await post(stage, batch), 0);
    expectAdded(await post(stage, { person, messages: texts(person, 5, 12) }), 2);
    await expectSentences(stage, 12);
  }),
  continued("a person's words in a conversation survive what is added later", async (stage, person) => {
    const { id, body } = await onlyRecord(stage);
    const words = stage.connector.logFormat === "text/html" ? `<p>${FROM_A_PERSON}</p>` : `\n${FROM_A_PERSON}\n`;
    await stage.crm.editRecord(id, `${body}${words}`);
    expectAdded(await post(stage, { person, messages: texts(person, 10, 12) }), 2);
    expectHas((await onlyRecord(stage)).body, FROM_A_PERSON, "The record");
    await expectSentences(stage, 12);
  }),
  continued("texts that come while the record cannot be read are added later", async (stage, person) => {
    stage.between.setFaults({ on: "readLog", kind: "error", times: 1 });
    expectLogged(await post(stage, { person, messages: texts(person, 10, 12) }));
    await until("the texts stood in the CRM", async () =>
      (await onlyRecord(stage)).body.includes(sentence(11)) ? true : undefined,
    );
    await expectSentences(stage, 12);
  }),
  scenario("a conversation whose creation was not answered is there once", async (stage, person) => {
    stage.between.setFaults({ on: "createLog", kind: "answer cut", times: 1 });
    const batch = { person, messages: texts(person, 0, 10) };
    expectLogged(await post(stage, batch));
    expectLogged(await post(stage, batch));
    if (stage.connector.findMessageLog === undefined) {
      // One that takes a text at a time had not come further than the first.
      await onlyRecord(stage);
      throw new NotOffered("without findMessageLog a lost answer waits for a person; no second record was written");
    }
    await expectSentences(stage, 10);
    expectLogged(await post(stage, { person, messages: texts(person, 10, 11) }));
    await until("the next text stood in the CRM", async () =>
      (await onlyRecord(stage)).body.includes(sentence(10)) ? true : undefined,
    );
  }),
  ...(["VoiceMail", "Fax"] as const).map((type) =>
    scenario(`a ${type === "Fax" ? "fax" : "voicemail"} is one record with its link`, async (stage, person) => {
      const link = `https://media.example/${type.toLowerCase()}/4711`;
      const batch = { type, conversationId: "8802", person, messages: [recorded(person, type, link)] };
      expectAdded(await post(stage, batch), 1);
      expectAdded(await post(stage, batch), 0);
      expectHas((await onlyRecord(stage)).body, link, "The record");
    }),
  ),
  scenario("a conversation in a group is logged for each of its people", async (stage, person) => {
    const other = await personIn(stage, { name: "Kim Colleague", phone: "+16505550155" });
    const messages = texts(person, 0, 3);
    expectAdded(await post(stage, { person, others: [other], messages }), 3);
    expectAdded(await post(stage, { person: other, others: [person], messages }), 3);
    const records = await stage.crm.records();
    const contacts = records.map(({ contactId }) => contactId);
    expectSame(contacts.toSorted(), [person.id, other.id].toSorted(), "The records' contacts");
    for (const { body } of records) expectHas(body, sentence(2), "The record");
  }),
];

function scenario(name: string, play: (stage: Stage, person: Person) => Promise<void>): Scenario {
  return {
    area: "messages",
    name,
    needs: ["createMessageLog", "updateMessageLog"],
    async play(stage) {
      await play(stage, await withSomebody(stage));
    },
  };
}

/** With ten texts in the CRM already. */
function continued(name: string, play: (stage: Stage, person: Person) => Promise<void>): Scenario {
  return scenario(name, async (stage, person) => {
    expectAdded(await post(stage, { person, messages: texts(person, 0, 10) }), 10);
    await play(stage, person);
  });
}

function post({ phone }: Stage, batch: Batch): Promise<Answer> {
  return phone.ask("POST", "/messageLog", { body: conversationOf(batch) });
}

function expectAdded(answer: Answer, count: number): void {
  expect(at(answer.body, "successful") === true, `The client was answered with ${answer.status} ${answer.text}`);
  expectSame(listAt(answer.body, "logIds").length, count, "The number of messages that were new");
}

/** The first sentences, each once, in order, and in one record. */
async function expectSentences(stage: Stage, count: number): Promise<void> {
  const { body } = await onlyRecord(stage);
  const places = Array.from({ length: count }, (_, number) => body.split(sentence(number)));
  places.forEach((pieces, number) => expectSame(pieces.length - 1, 1, `How often text ${number} stands in the record`));
  const order = places.map(([before = ""]) => before.length);
  expectSame(
    order,
    order.toSorted((one, other) => one - other),
    "The order of the texts",
  );
}
