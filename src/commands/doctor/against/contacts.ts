/** Checks of who is calling: the answers that the extension's log form is opened with. */

import { at, listAt } from "../../../testing/wire.ts";
import { isId, isList, isNotice, isObject, isText, mustRefuse, objectOf, reasonIn } from "./answers.ts";
import { type Check, must, should, Unmet, type Visit } from "./check.ts";
import type { Answer } from "./http.ts";
import { canDo } from "./platform.ts";
import { asUser, withoutSession } from "./session.ts";

/** Of the numbers that are kept for stories (North American Numbering Plan, 555-0100 to 555-0199). */
const NOBODYS_NUMBER = "+12025550187";

export const CONTACT_CHECKS: readonly Check[] = [
  {
    id: "contact",
    chapter: "With a session",
    expects: "GET /contact answers { successful, contact: [ … ] }, the number's + unencoded",
    why: "The extension takes anything but an object with a list for “no contact found”.",
    skip: withoutSession,
    async run(visit) {
      const answer = await lookUp(visit, NOBODYS_NUMBER);
      visit.learnt.looksUp = mustBeFound(answer);
      should(visit.learnt.looksUp, `the look-up failed: ${reasonIn(answer.body)}`);
    },
  },
  {
    id: "contact-placeholder",
    chapter: "With a session",
    expects: "where contacts can be created, the list ends with the one placeholder createNewContact",
    why: "The log form of an unknown caller opens with it; with nothing in the list it does not open.",
    skip: (visit) => withoutSession(visit) ?? withoutLookUp(visit),
    async run(visit) {
      const answer = await lookUp(visit, NOBODYS_NUMBER);
      const contacts = listAt(answer.body, "contact");
      const last = contacts.at(-1);
      must(isPlaceholder(last) && isText(at(last, "name")), `the list ends with ${JSON.stringify(last) ?? "nothing"}`);
      must(at(last, "isNewContact") === true, "the placeholder's isNewContact is not true");
      must(contacts.filter(isPlaceholder).length === 1, "there are several placeholders");
    },
  },
  {
    id: "contact-without-number",
    chapter: "With a session",
    expects: "GET /contact without a number is refused in words",
    why: "A request that is broken must not look like “nobody has this number”.",
    skip: withoutSession,
    run: async (visit) => mustRefuse(await asUser(visit, { path: "/contact?overridingFormat=&isExtension=false" })),
  },
  {
    id: "contact-extension",
    chapter: "With a session",
    expects: "a colleague's extension is answered with a list, without the placeholder",
    why: "Otherwise calls inside the company make contacts in the CRM.",
    skip: withoutSession,
    async run(visit) {
      const answer = await asUser(visit, { path: "/contact?phoneNumber=101&overridingFormat=&isExtension=true" });
      const contacts = at(objectOf(answer), "contact");
      must(isList(contacts), `contact is no list: ${answer.line}`);
      should(!contacts.some(isPlaceholder), "the placeholder is among them");
    },
  },
  {
    id: "contact-known",
    chapter: "With a session",
    expects: "a known caller is answered with an id, a name and additionalInfo without null",
    why: "The log form spreads additionalInfo's values, and breaks on null.",
    skip: (visit) => withoutSession(visit) ?? (visit.given.number === undefined ? NO_NUMBER : undefined),
    async run(visit) {
      const answer = await lookUp(visit, visit.given.number ?? "");
      mustBeFound(answer);
      const known = realOnes(answer);
      should(known.length > 0, "nobody has this number");
      for (const contact of known) mustBeContact(contact);
    },
  },
  {
    id: "contact-spellings",
    chapter: "With a session",
    expects: "a number's + is understood whether it arrives as +, as a space or encoded",
    why: "The extension puts the number into the query as it is, and a + there means a space.",
    skip: (visit) => withoutSession(visit) ?? (visit.given.number?.startsWith("+") === true ? undefined : NO_NUMBER),
    async run(visit) {
      const digits = (visit.given.number ?? "").replaceAll(/\D/g, "");
      const found: string[] = [];
      for (const spelling of [`+${digits}`, `%20${digits}`, `%2B${digits}`]) {
        const ids = realOnes(await lookUp(visit, spelling)).map((contact) => String(at(contact, "id")));
        found.push(ids.toSorted().join(", ") || "nobody");
      }
      const [first] = found;
      must(
        found.every((ids) => ids === first),
        `as +, space and %2B: ${found.join(" / ")}`,
      );
    },
  },
  {
    id: "search-by-name",
    chapter: "With a session",
    expects: "GET /custom/contact/search answers a list, and a notice where it is empty",
    why: "The extension reads the notice of an empty list unguarded.",
    skip: withoutSession,
    async run(visit) {
      const answer = await asUser(visit, { path: "/custom/contact/search?name=Nobody of this name" });
      const found = objectOf(answer);
      must(isList(at(found, "contact")), `contact is no list: ${answer.line}`);
      const isEmpty = listAt(found, "contact").length === 0;
      must(!isEmpty || isNotice(at(found, "returnMessage")), `there is no notice: ${answer.line}`);
    },
  },
];

function withoutLookUp(visit: Visit): string | undefined {
  if (visit.learnt.looksUp !== true) return "no look-up has succeeded";
  return canDo(visit, "createContact") === true ? undefined : "the server does not say that it can create contacts";
}

const NO_NUMBER = "give --number, such as +16505551212, of somebody whom the CRM knows";

/** `number` stands in the query as it is. */
export function lookUp(visit: Visit, number: string): Promise<Answer> {
  return asUser(visit, { path: `/contact?phoneNumber=${number}&overridingFormat=&isExtension=false` });
}

/** Answers whether the look-up succeeded. */
function mustBeFound(answer: Answer): boolean {
  const found = objectOf(answer);
  must(isList(at(found, "contact")), `contact is no list: ${answer.line}`);
  const isSuccessful = at(found, "successful");
  must(typeof isSuccessful === "boolean", `successful is neither true nor false: ${answer.line}`);
  return isSuccessful;
}

export function realOnes(answer: Answer): readonly unknown[] {
  return listAt(answer.body, "contact").filter((contact) => !isPlaceholder(contact));
}

function isPlaceholder(contact: unknown): boolean {
  return at(contact, "id") === "createNewContact";
}

export function mustBeContact(contact: unknown): void {
  if (!isObject(contact)) throw new Unmet(`${JSON.stringify(contact) ?? "nothing"} is no contact`);
  must(isId(at(contact, "id")), "a contact has no id");
  const id = String(at(contact, "id"));
  must(isText(at(contact, "name")), `contact ${id} has no name`);
  const info = at(contact, "additionalInfo") ?? {};
  must(isObject(info), `contact ${id}: additionalInfo is no object`);
  for (const [field, value] of Object.entries(info)) {
    must(value !== null, `contact ${id}: additionalInfo.${field} is null`);
    const options: readonly unknown[] = isList(value) ? value : [];
    const isSo = options.every((option) => isId(at(option, "const")) && isText(at(option, "title")));
    must(isSo, `contact ${id}: an option of additionalInfo.${field} lacks its const or title`);
  }
}
