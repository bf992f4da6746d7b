/** Calls and conversations as the client posts them. */

import type { Person } from "./scenario.ts";

const AGENT = { phoneNumber: "+16505550100", extensionNumber: "101", name: "Ann Operator" };
/** 2026-09-21T14:13:20Z. */
const STARTED_AT = 1_790_000_000_000;
const DAY = "9/21/2026";

export const FIRST_NOTE = "They want an offer.";
export const RECORDING = "https://recordings.example/calls/4711";

/** POST /callLog. Members of `logInfo` are merged, the rest is replaced. */
export function callOf(
  sessionId: string,
  person: Person,
  more: { logInfo?: object; [member: string]: unknown } = {},
): Record<string, unknown> {
  const { logInfo, ...rest } = more;
  return {
    logInfo: {
      id: `A${sessionId}`,
      sessionId,
      telephonySessionId: `s-${sessionId}`,
      direction: "Inbound",
      result: "Call connected",
      startTime: STARTED_AT,
      duration: 62,
      from: { phoneNumber: person.phone, name: "WIRELESS CALLER" },
      to: AGENT,
      customSubject: `Call with ${person.name}`,
      ...logInfo,
    },
    note: FIRST_NOTE,
    additionalSubmission: {},
    ...chosen(person),
    ...rest,
  };
}

/** PATCH /callLog as the background sync sends it, after the recording has become available. */
export function laterFacts(sessionId: string, more: object = {}): Record<string, unknown> {
  return {
    sessionId,
    note: "",
    startTime: STARTED_AT,
    duration: 125,
    result: "Call connected",
    direction: "Inbound",
    recordingLink: RECORDING,
    ...more,
  };
}

export type MessageType = "SMS" | "VoiceMail" | "Fax";

export interface Batch {
  type?: MessageType;
  conversationId?: string;
  person: Person;
  /** Of a group: everybody else in it. */
  others?: readonly Person[];
  messages: readonly object[];
}

/** POST /messageLog with what happened in one conversation on one day. The client sends the newest first. */
export function conversationOf({ type = "SMS", conversationId = "551", person, others = [], messages }: Batch): object {
  return {
    logInfo: {
      conversationId,
      conversationLogId: `${conversationId}/${DAY}`,
      date: DAY,
      type,
      messages: messages.toReversed(),
      correspondents: [person, ...others].map(({ name, phone }) => ({ name, phoneNumber: phone })),
      self: AGENT,
    },
    additionalSubmission: {},
    ...chosen(person),
  };
}

export function texts(person: Person, from: number, to: number): object[] {
  return Array.from({ length: to - from }, (_, index) => message(person, from + index, "SMS", sentence(from + index)));
}

/** What the text with this number says. */
export function sentence(number: number): string {
  return `This is sentence ${number} of all.`;
}

/** A voicemail or a fax. */
export function recorded(person: Person, type: "VoiceMail" | "Fax", link: string): object {
  const attachment = { type: type === "Fax" ? "RenderedDocument" : "AudioRecording", link };
  return {
    ...message(person, 900, type, ""),
    attachments: [attachment],
    ...(type === "Fax" ? { faxPageCount: 3 } : {}),
  };
}

function message(person: Person, number: number, type: MessageType, subject: string): object {
  const theirs = { phoneNumber: person.phone, name: person.name };
  const outbound = number % 2 === 1;
  return {
    id: 7000 + number,
    type,
    subject,
    direction: outbound ? "Outbound" : "Inbound",
    creationTime: STARTED_AT + number * 60_000,
    from: outbound ? AGENT : theirs,
    to: [outbound ? theirs : AGENT],
    attachments: [],
  };
}

function chosen({ id, name, type }: Person) {
  return { contactId: id, contactType: type, contactName: name };
}
