/** Who is calling: found however the number was typed, nobody where there is nobody, and "not known" where the search failed. */

import { expect, expectSame } from "../expectations.ts";
import type { FaultKind } from "../faults.ts";
import { type Scenario, SOMEBODY, withSomebody } from "../scenario.ts";
import { type Answer, at, listAt, textAt } from "../wire.ts";

/** How a person typed the number, how the phone reports it, and the format that the user has set for such numbers. */
const SPELLINGS: readonly [how: string, typed: string, reported: string, format: string][] = [
  ["in E.164", "+16505550141", "+16505550141", ""],
  ["as national digits", "6505550142", "+16505550142", "**********"],
  ["with punctuation", "(650) 555-0143", "+16505550143", "(***) ***-****"],
  ["with an extension", "650-555-0144 ext. 12", "+16505550144", "***-***-****"],
  ["with a trunk prefix", "020 7946 0777", "+442079460777", "0** **** ****"],
  ["internationally, with spaces", "+44 20 7946 0321", "+442079460321", "+44 ** **** ****"],
];

const AMPERSAND = "Smith & Sons #1";

export const LOOK_UP_SCENARIOS: readonly Scenario[] = [
  ...SPELLINGS.map(([how, typed, reported, format]): Scenario => ({
    area: "look-up",
    name: `a caller is found whose number was typed ${how}`,
    async play(stage) {
      const { id } = await withSomebody(stage, { name: "Ada Caller", phone: typed });
      await stage.crm.addContact({ name: "Somebody Else", phone: "+16505550188" });
      expectFound(await stage.phone.findContact(reported, { format }), [[id, "Ada Caller"]]);
    },
  })),
  {
    area: "look-up",
    name: "everybody who has the number is offered",
    async play(stage) {
      const first = await withSomebody(stage);
      const one = await stage.measure("look-up, one match", () => stage.phone.findContact(SOMEBODY.phone));
      expectFound(one, [[first.id, first.name]]);
      const second = await stage.crm.addContact({ name: "Kim Colleague", phone: SOMEBODY.phone });
      expectFound(await stage.phone.findContact(SOMEBODY.phone, { fresh: true }), [
        [first.id, first.name],
        [second, "Kim Colleague"],
      ]);
    },
  },
  {
    area: "look-up",
    name: "nobody is nobody: an empty list, with the offer to create a contact where that is possible",
    async play(stage) {
      await withSomebody(stage);
      const answer = await stage.measure("look-up, nobody", () => stage.phone.findContact("+16505550177"));
      expectFound(answer, []);
      const offered = listAt(answer.body, "contact").length;
      expectSame(
        offered,
        stage.connector.createContact === undefined ? 0 : 1,
        "The number of offers to create a contact",
      );
    },
  },
  {
    area: "look-up",
    name: "a name with & and # arrives whole",
    async play(stage) {
      const { id } = await withSomebody(stage, { name: AMPERSAND, phone: SOMEBODY.phone });
      expectFound(await stage.phone.findContact(SOMEBODY.phone), [[id, AMPERSAND]]);
    },
  },
  {
    area: "look-up",
    name: "a caller from inside the company does not become a stranger to be created",
    async play(stage) {
      await withSomebody(stage);
      stage.between.exchanges.length = 0;
      const answer = await stage.phone.findContact("102", { isExtension: true });
      expectSame(at(answer.body, "successful"), false, "successful");
      expectSame(listAt(answer.body, "contact"), [], "The list of contacts");
      if (stage.connector.findsExtensions !== true)
        expectSame(stage.between.exchanges.length, 0, "The number of requests to the CRM");
    },
  },
  failingSearch("asks to slow down", "429 in seconds"),
  failingSearch("fails by itself", "error"),
  failingSearch("cuts the connection", "cut"),
  failingSearch("answers with half of it", "answer garbled"),
  {
    area: "look-up",
    name: "a search by name finds names with & and #",
    needs: ["findContactWithName"],
    async play(stage) {
      const { id } = await withSomebody(stage, { name: AMPERSAND, phone: SOMEBODY.phone });
      const answer = await stage.phone.ask("GET", "/custom/contact/search", { query: { name: AMPERSAND } });
      expectFound(answer, [[id, AMPERSAND]]);
    },
  },
  {
    area: "look-up",
    name: "a search by name that failed says so",
    needs: ["findContactWithName"],
    async play(stage) {
      await withSomebody(stage);
      stage.between.setFaults({ on: "search", kind: "error" });
      expectUnknown(await stage.phone.ask("GET", "/custom/contact/search", { query: { name: SOMEBODY.name } }));
    },
  },
];

function failingSearch(how: string, kind: FaultKind): Scenario {
  return {
    area: "look-up",
    name: `when the search ${how}, it is not known who is calling, and nobody is invited to create a duplicate`,
    async play(stage) {
      const { id } = await withSomebody(stage);
      stage.between.setFaults({ on: "search", kind });
      expectUnknown(await stage.phone.findContact(SOMEBODY.phone));
      stage.between.setFaults();
      expectFound(await stage.phone.findContact(SOMEBODY.phone, { fresh: true }), [[id, SOMEBODY.name]]);
    },
  };
}

/** Compares ids and names, whatever their order. */
export function expectFound(answer: Answer, expected: readonly [id: string, name: string][]): void {
  expectSame(at(answer.body, "successful"), true, "successful");
  const found = listAt(answer.body, "contact")
    .filter((contact) => at(contact, "isNewContact") !== true)
    .map((contact) => [textAt(contact, "id"), textAt(contact, "name")]);
  expectSame(found.map(String).toSorted(), expected.map(String).toSorted(), "The list of contacts");
}

function expectUnknown(answer: Answer): void {
  expectSame(answer.status, 200, "The status");
  expectSame(at(answer.body, "successful"), false, "successful");
  expectSame(listAt(answer.body, "contact"), [], "The list of contacts");
  expect(textAt(answer.body, "returnMessage", "message") !== "", "The client has nothing to show.");
}
