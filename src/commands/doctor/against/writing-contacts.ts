/** Checks that create a contact, and what must not create anything. */

import { setTimeout } from "node:timers/promises";
import { at } from "../../../testing/wire.ts";
import { anyObjectOf, isId, isText, mustRefuse, objectOf, reasonIn } from "./answers.ts";
import { type Check, must, should, type Visit } from "./check.ts";
import { lookUp, mustBeContact, realOnes } from "./contacts.ts";
import { canDo, loginType } from "./platform.ts";
import { callLog, newContact, newSessionId } from "./records.ts";
import { asUser, logIn, withoutSession } from "./session.ts";

/** A CRM's own search may lag behind what was created. */
const LOOKS = 10;
const BETWEEN_LOOKS_MS = 500;

export const NOT_WRITING = "it would write; add --write";

export function cannotWrite(visit: Visit): string | undefined {
  return visit.given.write ? withoutSession(visit) : NOT_WRITING;
}

export const CONTACT_WRITING_CHECKS: readonly Check[] = [
  {
    id: "wrong-key",
    chapter: "Writing",
    expects: "POST /apiKeyLogin with a wrong key is refused (400 to 499), without a jwtToken",
    why: "The extension takes every 2xx for a login, whatever the answer says.",
    skip: (visit) => {
      if (!visit.given.write) return NOT_WRITING;
      return loginType(visit) === "apiKey" ? undefined : "the platform has no login with a key";
    },
    async run(visit) {
      const answer = await logIn(visit, `no-key-${newSessionId()}`);
      must(answer.status >= 400 && answer.status < 500 && !isText(at(answer.body, "jwtToken")), answer.line);
    },
  },
  {
    id: "create-contact",
    chapter: "Writing",
    expects: "POST /contact answers successful: true and the contact with its id",
    why: "The extension logs the call under that id.",
    skip: (visit) =>
      cannotWrite(visit) ?? (canDo(visit, "createContact") === false ? "it cannot create any" : undefined),
    async run(visit) {
      const wanted = newContact(visit);
      const answer = await asUser(visit, { method: "POST", path: "/contact", json: wanted });
      const body = objectOf(answer);
      const id = at(body, "contact", "id");
      must(at(body, "successful") === true, `successful is not true: ${reasonIn(body) || answer.line}`);
      must(isId(id), `contact.id is missing: ${answer.line}`);
      const type = wanted.newContactType === "" ? undefined : wanted.newContactType;
      visit.learnt.contact = { id, name: wanted.newContactName, phone: wanted.phoneNumber, type };
    },
  },
  {
    id: "find-created",
    chapter: "Writing",
    expects: "GET /contact finds the new contact by its number, under the very same id",
    why: "The extension compares ids strictly: a number in one answer and a text in another are two contacts.",
    skip: (visit) => cannotWrite(visit) ?? withoutContact(visit),
    async run(visit) {
      const { id = "", phone = "" } = visit.learnt.contact ?? {};
      for (let look = 1; look <= LOOKS; look += 1) {
        const contacts = realOnes(await lookUp(visit, `${phone}&isForceRefreshAccountData=true`));
        const found = contacts.find((contact) => String(at(contact, "id")) === String(id));
        if (found !== undefined) {
          must(at(found, "id") === id, `its id was a ${typeof id} before and is a ${typeof at(found, "id")} now`);
          return mustBeContact(found);
        }
        await setTimeout(BETWEEN_LOOKS_MS);
      }
      should(false, `it is not found ${(LOOKS * BETWEEN_LOOKS_MS) / 1000} s after it was created`);
    },
  },
  {
    id: "log-without-content",
    chapter: "Writing",
    expects: "POST /callLog without a call is refused in words",
    why: "What is broken must neither crash the server nor count as logged.",
    skip: cannotWrite,
    run: async (visit) => mustRefuse(await asUser(visit, { method: "POST", path: "/callLog", json: {} })),
  },
  {
    id: "log-for-placeholder",
    chapter: "Writing",
    expects: "POST /callLog for the contact createNewContact is refused in words",
    why: "When creating the contact fails, the extension posts the log under the placeholder's id.",
    skip: cannotWrite,
    async run(visit) {
      const nobody = { id: "createNewContact", name: "Create new contact...", phone: "+12025550199", type: undefined };
      mustRefuse(await asUser(visit, { method: "POST", path: "/callLog", json: callLog(newSessionId(), nobody) }));
    },
  },
  {
    id: "update-unknown",
    chapter: "Writing",
    expects: "PATCH /callLog of a call that nobody logged answers successful: false",
    why: "The extension must not tell its user that a note was saved which is nowhere.",
    skip: cannotWrite,
    async run(visit) {
      const json = { sessionId: newSessionId(), note: "nowhere" };
      const answer = await asUser(visit, { method: "PATCH", path: "/callLog", json });
      if (answer.status >= 400 && answer.status < 500) return mustRefuse(answer);
      must(answer.status === 200 && at(anyObjectOf(answer), "successful") === false, answer.line);
      should(reasonIn(answer.body) !== "", "it does not say why");
    },
  },
];

export function withoutContact({ learnt }: Visit): string | undefined {
  return learnt.contact === undefined ? "no contact was created" : undefined;
}
