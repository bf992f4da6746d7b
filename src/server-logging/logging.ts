/** One call that RingCentral recorded: into the ledger, as the browser would have put it there. */

import type { Calls } from "../core/calls/calls.ts";
import { defaultSubject } from "../core/calls/default-subject.ts";
import type { Connectors } from "../core/connectors.ts";
import { siteOf } from "../core/connectors.ts";
import type { Contacts } from "../core/contacts.ts";
import { parsePhoneNumber } from "../core/phone-number.ts";
import type { Contact } from "../sdk/connector.ts";
import { defined } from "../sdk/defined.ts";
import type { FollowedLog } from "../store/followed-logs.ts";
import type { StoredUser } from "../store/users.ts";
import type { CallOfExtension } from "./recorded-call.ts";
import type { WhoseCall } from "./whose-call.ts";

/** "undecided": nobody answers to the number, or several do; a person may still change that in the CRM. */
export type Logged = "done" | "undecided";

export interface LoggingDependencies {
  whoseCall: WhoseCall;
  calls: Calls;
  contacts: Contacts;
  connectors: Connectors;
}

export type LogRecordedCall = (followed: FollowedLog, sessionId: string, call: CallOfExtension) => Promise<Logged>;

export function createLogging({ whoseCall, calls, contacts, connectors }: LoggingDependencies): LogRecordedCall {
  /** Contract: where a field has one choice for this contact, it is taken. */
  function onlyChoices(user: StoredUser, { additionalInfo = {} }: Contact) {
    const { page } = connectors.byPlatform(user.platform).manifest(siteOf(connectors));
    const fields = page.callLog?.additionalFields ?? [];
    const chosen = fields.flatMap(({ const: name }): [string, unknown][] => {
      const options = Object.hasOwn(additionalInfo, name) ? additionalInfo[name] : undefined;
      const [only, ...others] = Array.isArray(options) ? options : [];
      return only === undefined || others.length > 0 ? [] : [[name, only.const]];
    });
    return Object.fromEntries(chosen);
  }

  return async (followed, sessionId, { extensionId, contactNumber, facts }) => {
    const phone = parsePhoneNumber(contactNumber);
    if (phone === undefined || followed.doNotLog.some((number) => phone.matches(number))) return "done";
    const { user, owner, isLogged } = await whoseCall(followed, { sessionId, extensionId });
    if (isLogged) {
      const { durationSeconds, result, recordingLink, legs } = facts;
      const later = defined({ durationSeconds, result, recordingLink, legs });
      await calls.update(user, { sessionId, subject: undefined, facts: later, submission: {} });
      return "done";
    }
    const match = await contacts.match(user, { phone, isExtension: false, fresh: false });
    if (match.outcome === "unknown") throw match.failure;
    const [contact, ...others] = match.outcome === "known" ? match.contacts : [];
    if (contact === undefined || others.length > 0) return "undecided";
    await calls.log(user, {
      sessionId,
      contact: defined({ id: contact.id, type: contact.type, name: contact.name, phoneNumber: contactNumber }),
      subject: defaultSubject(facts.direction, contact.name),
      facts,
      submission: onlyChoices(user, contact),
      owner,
      loggedByService: true,
    });
    return "done";
  };
}
