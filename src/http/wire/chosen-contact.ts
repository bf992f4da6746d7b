/** The contact that a log shall belong to, or why it cannot. */

import type { LogContact } from "../../sdk/connector.ts";
import { defined } from "../../sdk/defined.ts";
import { type ReturnMessage, warning } from "../return-message.ts";
import { CREATE_NEW_CONTACT } from "../schemas/contact.ts";

export interface ChosenContact {
  contactId?: string | number | false;
  contactType?: string;
  contactName?: string;
}

export type ContactChoice = { contact: LogContact } | { problem: ReturnMessage };

/** Contract: a log without a contact is answered with a warning. The placeholder's id means that creating one failed. */
export function contactFrom(chosen: ChosenContact, phoneNumber: string | undefined): ContactChoice {
  const { contactId, contactType, contactName } = chosen;
  if (contactId === CREATE_NEW_CONTACT) {
    return {
      problem: warning("The new contact has not been created yet, so nothing was logged. Please create it first."),
    };
  }
  if (contactId === undefined || contactId === false || contactId === "") {
    return { problem: warning(`Contact not found for number ${phoneNumber ?? "unknown"}. Please choose a contact.`) };
  }
  return { contact: defined({ id: String(contactId), type: contactType, name: contactName, phoneNumber }) };
}
