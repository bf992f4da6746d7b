/** RingCentral's events, as they arrive at a webhook: parsed once, and told apart. */

import { type Static, Type } from "typebox";
import { Id, Moment, type Party, PartyAnswer, partyOf, Text, textOf } from "./answer-parts.ts";
import { MessageAnswer, messageOf, type MessageRecord } from "./message-records.ts";
import { compiled } from "../compiled.ts";

/** One side of a call that is going on. */
export interface CallPartyState {
  partyId: string;
  accountId: string | undefined;
  /** Undefined for the customer's side. */
  extensionId: string | undefined;
  direction: "Inbound" | "Outbound" | undefined;
  from: Party;
  to: Party;
  /** Such as "Setup", "Proceeding", "Answered", "Hold", "VoiceMail", "Gone" or, at its end, "Disconnected". */
  status: string | undefined;
  isMissed: boolean;
  recordingIds: readonly string[];
}

export interface TelephonySessionEvent {
  kind: "telephony-session";
  /** Events may overtake each other: a lower number is older news. */
  sequence: number;
  sessionId: string;
  telephonySessionId: string;
  /** Epoch milliseconds. */
  eventTime: number;
  parties: readonly CallPartyState[];
}

export interface MessageStoreEvent {
  kind: "message-store";
  extensionId: string;
  /** `newMessageIds` may be missing where `newCount` is not: a catch-up finds them in any case. */
  changes: readonly { type: string; newCount: number; updatedCount: number; newMessageIds: readonly string[] }[];
}

export interface IncomingTextEvent {
  kind: "incoming-text";
  message: MessageRecord;
}

/** The subscription is about to end. */
export interface ExpiryEvent {
  kind: "expiry-reminder";
}

/** What each event has beside what it is about. */
export interface EventEnvelope {
  /** The same for the same event, should it arrive twice. */
  uuid: string;
  subscriptionId: string;
  /** The filter's path with real ids: "/restapi/v1.0/account/1/extension/2/message-store". */
  event: string;
  accountId: string | undefined;
  extensionId: string | undefined;
}

/** "other": an event that nobody here asked for, or one whose body is not what RingCentral describes. */
export type RingCentralEvent = EventEnvelope &
  (TelephonySessionEvent | MessageStoreEvent | IncomingTextEvent | ExpiryEvent | { kind: "other" });

const Envelope = compiled(
  Type.Object({ uuid: Type.String(), subscriptionId: Type.String(), event: Type.String(), body: Type.Unknown() }),
);

const TelephonyParty = Type.Object({
  id: Type.String(),
  accountId: Type.Optional(Id),
  extensionId: Type.Optional(Id),
  direction: Type.Optional(Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")])),
  from: Type.Optional(PartyAnswer),
  to: Type.Optional(PartyAnswer),
  status: Type.Optional(Type.Object({ code: Text })),
  missedCall: Type.Optional(Type.Boolean()),
  recordings: Type.Optional(Type.Array(Type.Object({ id: Id }))),
});
const TelephonyBody = Type.Object({
  sequence: Type.Number(),
  sessionId: Id,
  telephonySessionId: Type.String(),
  eventTime: Moment,
  parties: Type.Array(TelephonyParty),
});
const telephonyBody = compiled(TelephonyBody);

const Count = Type.Optional(Type.Number());
const MessageChanges = Type.Object({
  extensionId: Id,
  changes: Type.Array(
    Type.Object({
      type: Type.String(),
      newCount: Count,
      updatedCount: Count,
      newMessageIds: Type.Optional(Type.Array(Id)),
    }),
  ),
});
const messageChanges = compiled(MessageChanges);
const incomingText = compiled(MessageAnswer);

/** Undefined where it is no event at all. */
export function readEvent(sent: unknown): RingCentralEvent | undefined {
  if (!Envelope.Check(sent)) return undefined;
  const { uuid, subscriptionId, event } = sent;
  const [, accountId] = /\/account\/(\w+)/.exec(event) ?? [];
  const [, extensionId] = /\/extension\/(\w+)/.exec(event) ?? [];
  const [path = ""] = event.split("?", 1);
  return { uuid, subscriptionId, event, accountId, extensionId, ...aboutOf(path, sent.body) };
}

function aboutOf(
  path: string,
  body: unknown,
): TelephonySessionEvent | MessageStoreEvent | IncomingTextEvent | ExpiryEvent | { kind: "other" } {
  if (path.endsWith("/telephony/sessions") && telephonyBody.Check(body)) return telephonySessionOf(body);
  if (path.endsWith("/message-store/instant") && incomingText.Check(body)) {
    return { kind: "incoming-text", message: messageOf(body) };
  }
  if (path.endsWith("/message-store") && messageChanges.Check(body)) return messageStoreOf(body);
  if (path.includes("/restapi/v1.0/subscription/")) return { kind: "expiry-reminder" };
  return { kind: "other" };
}

function telephonySessionOf(body: Static<typeof TelephonyBody>): TelephonySessionEvent {
  return {
    kind: "telephony-session",
    sequence: body.sequence,
    sessionId: textOf(body.sessionId),
    telephonySessionId: body.telephonySessionId,
    eventTime: Date.parse(body.eventTime),
    parties: body.parties.map((party) => ({
      partyId: party.id,
      accountId: textOf(party.accountId),
      extensionId: textOf(party.extensionId),
      direction: party.direction,
      from: partyOf(party.from),
      to: partyOf(party.to),
      status: party.status?.code,
      isMissed: party.missedCall === true,
      recordingIds: (party.recordings ?? []).map(({ id }) => textOf(id)),
    })),
  };
}

function messageStoreOf(body: Static<typeof MessageChanges>): MessageStoreEvent {
  return {
    kind: "message-store",
    extensionId: textOf(body.extensionId),
    changes: body.changes.map(({ type, newCount = 0, updatedCount = 0, newMessageIds = [] }) => ({
      type,
      newCount,
      updatedCount,
      newMessageIds: newMessageIds.map((id) => textOf(id)),
    })),
  };
}
