/** The call as App Connect hands it to a connector: RingCentral's call record, made again from what is known of the call. */

import type { CallLogToCreate, LogContact } from "../sdk/connector.ts";
import type { CallFacts, KnownCall } from "../sdk/log-facts.ts";
import { OWNERS_EXTENSION } from "./current-call.ts";
import type { Members } from "./exports.ts";

/** For a new log. */
export function callRecord(
  { sessionId, contact, facts }: KnownCall,
  { subject }: Pick<CallLogToCreate, "subject">,
): Members {
  return {
    id: facts.telephonySessionId ?? sessionId,
    sessionId,
    telephonySessionId: facts.telephonySessionId,
    customSubject: subject,
    direction: facts.direction,
    startTime: facts.startedAt,
    duration: facts.durationSeconds,
    result: facts.result,
    ...sidesOf(contact, facts),
    recording: facts.recordingLink === undefined ? undefined : { link: facts.recordingLink },
    legs: facts.legs ?? [],
  };
}

/** The contact, as every function that writes receives it. */
export function contactInfo({ id, name = "", phoneNumber, type = "" }: LogContact, number?: string): Members {
  return { id, name, type, phoneNumber: phoneNumber ?? number };
}

/** As App Connect's logging service says that a record belongs to a colleague. */
export function assigned(owner: string | undefined): Members {
  return owner === undefined ? {} : { isAssignedToUser: true, adminAssignedUserRcId: OWNERS_EXTENSION };
}

/** What every function that writes a call receives beside its text. */
export function insights(facts: CallFacts): Members {
  return {
    note: facts.note,
    aiNote: facts.aiNote,
    transcript: facts.transcript,
    voicemailLink: facts.voicemailLink,
    ringSenseTranscript: facts.ringSenseTranscript,
    ringSenseSummary: facts.ringSenseSummary,
    ringSenseAIScore: facts.ringSenseAiScore,
    ringSenseBulletedSummary: facts.ringSenseBulletedSummary,
    ringSenseLink: facts.ringSenseLink,
  };
}

/** The row of App Connect's own table of logged calls. */
export function loggedCall(
  log: { logId: string; contactId: string; userId: string; platform: string },
  call: KnownCall,
) {
  const { contactId, logId, platform, userId } = log;
  const { sessionId } = call;
  const id = call.facts.telephonySessionId ?? sessionId;
  return {
    id,
    sessionId,
    extensionNumber: "",
    hashedExtensionId: "",
    platform,
    thirdPartyLogId: logId,
    userId,
    contactId,
  };
}

/** The contact is the caller of an inbound call and the called of an outbound one. */
function sidesOf(contact: LogContact, facts: CallFacts): Members {
  const them = { phoneNumber: facts.contactNumber ?? contact.phoneNumber, name: contact.name };
  const us = { phoneNumber: facts.agentNumber, extensionNumber: facts.agentExtension, name: facts.agentName };
  return facts.direction === "Outbound" ? { from: us, to: them } : { from: them, to: us };
}
