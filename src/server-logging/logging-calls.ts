/** One call that RingCentral recorded: into the ledger, as the browser would have put it there. */

import type { LoggingFields } from "../core/admin/logging-fields.ts";
import type { Calls } from "../core/calls/calls.ts";
import { defaultSubject } from "../core/calls/default-subject.ts";
import { type Connectors, siteOf } from "../core/connectors.ts";
import { defined } from "../sdk/defined.ts";
import type { FollowedLog } from "../store/followed-logs.ts";
import { chosenFor } from "./choices.ts";
import { numberToLog, type SoleContact } from "./known-numbers.ts";
import type { CallOfExtension } from "./recorded-call.ts";
import type { Whose } from "./whose.ts";

/** "undecided": nobody answers to the number, or several do; a person may still change that in the CRM. */
export type Logged = "done" | "undecided";

export interface CallLoggingDependencies {
  whose: Whose;
  calls: Calls;
  soleContact: SoleContact;
  connectors: Connectors;
  loggingFields: Pick<LoggingFields, "filledIn">;
}

export type LogRecordedCall = (followed: FollowedLog, sessionId: string, call: CallOfExtension) => Promise<Logged>;

export function createCallLogging(dependencies: CallLoggingDependencies): LogRecordedCall {
  const { whose, calls, soleContact, connectors, loggingFields } = dependencies;

  return async (followed, sessionId, { extensionId, contactNumber, facts }) => {
    const phone = numberToLog(followed, contactNumber);
    if (phone === undefined || phone === "never") return "done";
    const { user, owner, crmUserId, settings } = await whose(followed, extensionId);
    const { durationSeconds, result, recordingLink, legs } = facts;
    const later = defined({ durationSeconds, result, recordingLink, legs });
    const known = await calls.update(user, { sessionId, subject: undefined, facts: later, submission: {} });
    if (known !== undefined) return "done";
    const contact = await soleContact(user, phone);
    if (contact === undefined) return "undecided";
    const filledInBy = [followed.userId, user.id];
    await calls.log(user, {
      sessionId,
      contact: defined({ id: contact.id, type: contact.type, name: contact.name, phoneNumber: contactNumber }),
      subject: defaultSubject(facts.direction, contact.name),
      facts,
      submission: chosenFor({
        manifest: connectors.byPlatform(user.platform).manifest(siteOf(connectors)),
        page: "callLog",
        logCase: facts.direction === "Outbound" ? "outboundCall" : "inboundCall",
        contact,
        settings,
        filledIn: await loggingFields.filledIn(filledInBy),
      }),
      owner,
      service: { notesOf: { account: followed.account, crmUserId }, filledInBy },
    });
    return "done";
  };
}
