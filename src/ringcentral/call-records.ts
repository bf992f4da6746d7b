/** A record of RingCentral's call log, with what a log in a CRM needs of it. */

import { type Static, Type } from "typebox";
import { Id, Moment, type Party, PartyAnswer, partyOf, Text, textOf } from "./answer-parts.ts";

export interface CallRecording {
  id: string;
  /** At RingCentral's media host; reading it takes a token, which belongs in a header. */
  contentUri: string;
}

/** What a whole call and each of its legs have. */
export interface CallPart {
  telephonySessionId: string | undefined;
  partyId: string | undefined;
  /** On whose behalf. Company-wide records may have it in their legs alone. */
  extensionId: string | undefined;
  /** "Voice" or "Fax". */
  type: string;
  direction: "Inbound" | "Outbound";
  /** Such as "Phone Call" or "VoIP Call". */
  action: string;
  /** Such as "Accepted", "Missed" or "Voicemail"; "In Progress" while it goes on. */
  result: string | undefined;
  /** Epoch milliseconds. */
  startTime: number;
  durationSeconds: number;
  from: Party;
  to: Party;
  recording: CallRecording | undefined;
  /** The voicemail or fax that came of it. */
  messageId: string | undefined;
}

export interface CallLeg extends CallPart {
  /** Such as "Accept", "FindMe" or "TransferCall". */
  legType: string | undefined;
}

export interface CallRecord extends CallPart {
  id: string;
  /** What a call is known by in the ledger. */
  sessionId: string;
  isDeleted: boolean;
  /** In a detailed view only. */
  legs: readonly CallLeg[];
}

const PartAnswer = {
  telephonySessionId: Text,
  partyId: Text,
  extension: Type.Optional(Type.Object({ id: Type.Optional(Id) })),
  type: Type.String(),
  direction: Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")]),
  action: Type.String(),
  result: Text,
  startTime: Moment,
  duration: Type.Optional(Type.Number()),
  from: Type.Optional(PartyAnswer),
  to: Type.Optional(PartyAnswer),
  recording: Type.Optional(Type.Object({ id: Id, contentUri: Type.String() })),
  message: Type.Optional(Type.Object({ id: Id })),
};
const Part = Type.Object(PartAnswer);

export const CallRecordAnswer = Type.Object({
  ...PartAnswer,
  id: Id,
  sessionId: Id,
  deleted: Type.Optional(Type.Boolean()),
  legs: Type.Optional(Type.Array(Type.Object({ ...PartAnswer, legType: Text }))),
});

export function callRecordOf(answer: Static<typeof CallRecordAnswer>): CallRecord {
  return {
    ...partOf(answer),
    id: textOf(answer.id),
    sessionId: textOf(answer.sessionId),
    isDeleted: answer.deleted === true,
    legs: (answer.legs ?? []).map((leg) => ({ ...partOf(leg), legType: leg.legType })),
  };
}

function partOf(answer: Static<typeof Part>): CallPart {
  const { recording } = answer;
  return {
    telephonySessionId: answer.telephonySessionId,
    partyId: answer.partyId,
    extensionId: textOf(answer.extension?.id),
    type: answer.type,
    direction: answer.direction,
    action: answer.action,
    result: answer.result,
    startTime: Date.parse(answer.startTime),
    durationSeconds: answer.duration ?? 0,
    from: partyOf(answer.from),
    to: partyOf(answer.to),
    recording: recording === undefined ? undefined : { id: textOf(recording.id), contentUri: recording.contentUri },
    messageId: textOf(answer.message?.id),
  };
}
