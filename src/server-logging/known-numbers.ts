/** Who in the CRM answers to a number, as far as that is clear without a person. */

import type { Contacts } from "../core/contacts.ts";
import { parsePhoneNumber, type PhoneNumber } from "../core/phone-number.ts";
import type { Contact } from "../sdk/connector.ts";
import type { FollowedLog } from "../store/followed-logs.ts";
import type { StoredUser } from "../store/users.ts";

/** Undefined for what is no telephone number; "never" for one that is not to be logged. */
export function numberToLog(followed: Pick<FollowedLog, "doNotLog">, text: string): PhoneNumber | "never" | undefined {
  const phone = parsePhoneNumber(text);
  return phone !== undefined && followed.doNotLog.some((number) => phone.matches(number)) ? "never" : phone;
}

export type SoleContact = (user: StoredUser, phone: PhoneNumber) => Promise<Contact | undefined>;

/** Undefined where nobody answers to it, or several do. Throws where that is not known, because the search failed. */
export function createSoleContact({ contacts }: { contacts: Contacts }): SoleContact {
  return async (user, phone) => {
    const match = await contacts.match(user, { phone, isExtension: false, fresh: false });
    if (match.outcome === "unknown") throw match.failure;
    const [contact, ...others] = match.outcome === "known" ? match.contacts : [];
    return others.length > 0 ? undefined : contact;
  };
}
