/** Who is at the other end: found by number, found by name, or created. */

/** @import { Ask, Caller, ChangeCaller, Contact, Platform } from "../types.d.ts" */
/** @import { Session } from "./session.js" */

import { sendable } from "./fields.js";
import { listAt, objectAt, textAt } from "./reading.js";

/** The id of the list's last element, which stands for "create one". */
const NEW_CONTACT = "createNewContact";
/** Somebody in the same company; no CRM is asked about those. */
const EXTENSION = /^\d{2,6}$/;

const OF_EXTENSIONS = "This is an extension of your own company, which no CRM is asked about.";

/** @typedef {ReturnType<typeof createCallers>} Callers */

/** @param {string} number @param {Platform | undefined} platform @returns {Caller} */
export function unknownCaller(number, platform) {
  return {
    number,
    status: "asking",
    contacts: [],
    reason: undefined,
    chosenId: undefined,
    newName: "",
    newType: platform?.contactTypes?.[0]?.value ?? "",
    newFields: {},
  };
}

/** @param {Caller} caller @returns {Contact | undefined} */
export function chosenContact({ contacts, chosenId }) {
  return contacts.find(({ id }) => id === chosenId);
}

/** The people among the matches, without the placeholder. @param {Caller} caller */
export function realContacts({ contacts }) {
  return contacts.filter(({ isNewContact }) => isNewContact !== true);
}

/** What to call somebody: the chosen contact, else the number. @param {Caller} caller */
export function callerName(caller) {
  const chosen = chosenContact(caller);
  const [only] = realContacts(caller);
  if (chosen !== undefined && chosen.isNewContact !== true) return chosen.name;
  return only?.name ?? caller.number;
}

/** @param {{ ask: Ask, session: Session, written: () => void }} parts */
export function createCallers({ ask, session, written }) {
  const formats = () =>
    ["overridingPhoneNumberFormat", "overridingPhoneNumberFormat2", "overridingPhoneNumberFormat3"]
      .map((key) => session.setting(key, ""))
      .filter((format) => typeof format === "string" && format !== "")
      .map(String);

  return {
    formats,

    /** @param {string} number @param {ChangeCaller} change @param {{ fresh?: boolean }} [options] */
    async lookUp(number, change, { fresh = false } = {}) {
      change((caller) => ({ ...caller, status: "asking", reason: undefined }));
      // The number is not encoded, as the extension sends it: its + arrives as a space.
      const isExtension = EXTENSION.test(number);
      const query = `phoneNumber=${number}&overridingFormat=${encodeURIComponent(formats().join(","))}&isExtension=${isExtension}`;
      const answer = await ask("GET", "/contact", {
        query: fresh ? `${query}&isForceRefreshAccountData=true` : query,
        silent: true,
      });
      const contacts = listAt(answer.body, "contact").map(contactFrom);
      const isKnown = answer.ok && objectAt(answer.body)["successful"] === true;
      const reason =
        textAt(answer.body, "returnMessage", "message") || (typeof answer.body === "string" ? answer.body : "");
      change((caller) =>
        isKnown
          ? { ...caller, status: "asked", contacts, reason: undefined, chosenId: contacts[0]?.id }
          : {
              ...caller,
              status: "failed",
              contacts: [],
              chosenId: undefined,
              reason: reason || (isExtension ? OF_EXTENSIONS : "It is not known who this is."),
            },
      );
    },

    /** @param {string} name @param {ChangeCaller} change */
    async searchByName(name, change) {
      const answer = await ask("GET", "/custom/contact/search", { query: `name=${name}` });
      const found = listAt(answer.body, "contact").map(contactFrom);
      if (found.length === 0) return;
      change((caller) => {
        const others = caller.contacts.filter(({ id }) => !found.some((contact) => contact.id === id));
        return { ...caller, contacts: [...found, ...others], chosenId: found[0]?.id };
      });
    },

    /**
     * The contact to log for: the chosen one, created first where it is the placeholder. Undefined where there is none.
     * @param {Caller} caller
     * @param {ChangeCaller} change
     * @returns {Promise<Contact | undefined>}
     */
    async settle(caller, change) {
      const chosen = chosenContact(caller);
      if (chosen === undefined || chosen.isNewContact !== true) return chosen;
      const answer = await ask("POST", "/contact", {
        body: {
          phoneNumber: caller.number,
          newContactName: caller.newName,
          newContactType: caller.newType,
          additionalSubmission: sendable(caller.newFields),
        },
      });
      const created = contactFrom(objectAt(answer.body, "contact"));
      if (created.id === "") return undefined;
      written();
      change((now) => ({ ...now, contacts: [created, ...now.contacts], chosenId: created.id }));
      return created;
    },
  };
}

/** @param {unknown} raw @returns {Contact} */
function contactFrom(raw) {
  const { id, ...members } = objectAt(raw);
  return {
    ...members,
    id: typeof id === "number" ? String(id) : textAt(raw, "id"),
    name: textAt(raw, "name"),
    ...(id === NEW_CONTACT ? { isNewContact: true } : {}),
  };
}
