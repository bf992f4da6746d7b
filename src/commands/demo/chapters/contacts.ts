/** Connecting, and who is calling. */

import { at, listAt, textAt } from "../answer-parts.ts";
import { equals, holds, reads } from "../check.ts";
import type { Step } from "../step.ts";

export const LUKE_NUMBER = "+16505551212";
const STRANGER_NUMBER = "+12065550123";
const STRANGER_NAME = "Nora Finch";

export const CONTACT_STEPS: readonly Step[] = [
  {
    title: "Connect to the Demo CRM with its API key",
    request: () => ({
      method: "POST",
      path: "/apiKeyLogin?state=platform=demo",
      body: { platform: "demo", apiKey: "demo-key", hostname: "localhost", additionalInfo: {} },
    }),
    learns: ({ body }) => ({ token: textAt(body, "jwtToken") }),
    checks: ({ answer: { status, body } }) => [
      equals("the login is accepted", status, 200),
      holds("a token is handed out", /^[\w-]+\.[\w-]+\.[\w-]+$/.test(textAt(body, "jwtToken")), at(body, "jwtToken")),
      equals("it is Ann's key", at(body, "name"), "Ann Operator"),
      equals("the person is told", at(body, "returnMessage", "messageType"), "success"),
    ],
  },
  {
    title: "The telephone rings: who has this number?",
    request: () => ({ method: "GET", path: contactPath(LUKE_NUMBER) }),
    learns: ({ body }) => ({
      lukeId: textAt(body, "contact", 0, "id"),
      dealId: textAt(body, "contact", 0, "additionalInfo", "deals", 0, "const"),
    }),
    checks: async ({ answer: { status, body }, known, crm }) => {
      const luke = await crm.send({ method: "GET", path: `/api/contacts/${known.lukeId}` });
      return [
        equals("the search succeeds", [status, at(body, "successful")], [200, true]),
        equals("it is Luke and nobody else, then the offer to create", names(body), ["Luke Skywalker", OFFER]),
        equals("his organization is known", at(body, "contact", 0, "organization"), "Rebel Alliance"),
        equals("his deals can be chosen", listAt(body, "contact", 0, "additionalInfo", "deals").length, 2),
        equals("the id is the CRM's own", at(luke.body, "name"), "Luke Skywalker"),
        equals("the CRM writes the number in its own way", at(luke.body, "phones", 0, "number"), "(650) 555-1212"),
      ];
    },
  },
  {
    title: "Another call, from a number that nobody has",
    request: () => ({ method: "GET", path: contactPath(STRANGER_NUMBER) }),
    checks: ({ answer: { status, body } }) => [
      equals("the search succeeds", [status, at(body, "successful")], [200, true]),
      equals("nothing but the offer to create a contact", names(body), [OFFER]),
      equals("the offer has the id that the client knows", at(body, "contact", 0, "id"), "createNewContact"),
    ],
  },
  {
    title: "Create the contact",
    request: () => ({
      method: "POST",
      path: "/contact?jwtToken=<token>",
      body: { phoneNumber: STRANGER_NUMBER, newContactName: STRANGER_NAME, newContactType: "Lead" },
    }),
    learns: ({ body }) => ({ newContactId: textAt(body, "id") }),
    checks: async ({ answer: { status, body }, known, crm }) => {
      const created = await crm.send({ method: "GET", path: `/api/contacts/${known.newContactId}` });
      return [
        equals("it is created", [status, at(body, "successful")], [200, true]),
        equals("id and name stand at the top and in the contact", at(body, "contact", "id"), at(body, "id")),
        equals("the CRM has it under this id", at(created.body, "name"), STRANGER_NAME),
        equals("as a lead", at(created.body, "type"), "Lead"),
        equals("with the number", at(created.body, "phones", 0, "number"), STRANGER_NUMBER),
      ];
    },
  },
  {
    title: "The same number again: found at once, although the CRM's own search lags by a minute",
    request: () => ({ method: "GET", path: contactPath(STRANGER_NUMBER) }),
    checks: async ({ answer: { body }, known, crm }) => {
      const search = await crm.send({
        method: "GET",
        path: `/api/contacts?phone=${encodeURIComponent(STRANGER_NUMBER)}`,
      });
      return [
        equals("the new contact is found", names(body), [STRANGER_NAME, OFFER]),
        equals("under the same id", at(body, "contact", 0, "id"), known.newContactId),
        equals("the CRM's search does not find it yet", listAt(search.body, "items").length, 0),
      ];
    },
  },
];

export const LAST_STEPS: readonly Step[] = [
  {
    title: "Log out",
    request: () => ({ method: "POST", path: "/unAuthorize?jwtToken=<token>" }),
    checks: ({ answer: { status, body } }) => [
      equals("it succeeds", [status, at(body, "successful")], [200, true]),
      reads("the person is told", at(body, "returnMessage", "message"), "Logged out of Demo CRM"),
    ],
  },
  {
    title: "The old token is worthless now",
    request: () => ({ method: "GET", path: contactPath(LUKE_NUMBER) }),
    checks: ({ answer: { status, body } }) => [
      equals("it is refused", status, 400),
      equals("with the sentence that the client shows", body, "Please go to Settings and authorize CRM platform"),
    ],
  },
];

const OFFER = "Create new contact...";

/** The number is not encoded, as the extension sends it: its + arrives as a space. */
function contactPath(number: string): string {
  return `/contact?phoneNumber=${number}&overridingFormat=&isExtension=false&jwtToken=<token>`;
}

function names(body: unknown): unknown[] {
  return listAt(body, "contact").map((contact) => at(contact, "name"));
}
