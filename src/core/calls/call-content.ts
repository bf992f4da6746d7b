/** What the ledger keeps of a call: the structured parts that it must say in the CRM, and those that it says there already. */

import { type Static, Type } from "typebox";
import { compiled } from "../../compiled.ts";

const Text = Type.Optional(Type.String());

const Party = Type.Object({ name: Text, phoneNumber: Text, extensionNumber: Text });

const Leg = Type.Object({
  direction: Type.Optional(Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")])),
  from: Type.Optional(Party),
  to: Type.Optional(Party),
  /** Seconds. */
  duration: Type.Optional(Type.Number()),
});

/** Facts of a call, as far as they are known. Times in epoch milliseconds, durations in seconds. */
export const CallFacts = Type.Object({
  note: Text,
  sessionId: Text,
  telephonySessionId: Text,
  agentName: Text,
  agentNumber: Text,
  agentExtension: Text,
  contactNumber: Text,
  direction: Type.Optional(Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")])),
  startedAt: Type.Optional(Type.Number()),
  durationSeconds: Type.Optional(Type.Union([Type.Number(), Type.Literal("pending")])),
  result: Text,
  /** An http link, or the client's "(pending...)". */
  recordingLink: Text,
  voicemailLink: Text,
  aiNote: Text,
  transcript: Text,
  ringSenseTranscript: Text,
  ringSenseSummary: Text,
  ringSenseAiScore: Text,
  ringSenseBulletedSummary: Text,
  ringSenseLink: Text,
  legs: Type.Optional(Type.Array(Leg)),
});
export type CallFacts = Static<typeof CallFacts>;

const LogContact = Type.Object({ id: Type.String(), type: Text, name: Text, phoneNumber: Text });
const Submission = Type.Record(Type.String(), Type.Unknown());

/** Where no browser logs: the users whose `logging_fields` the connector is handed. */
export const LoggedByService = Type.Optional(Type.Object({ filledInBy: Type.Array(Type.String()) }));

/** What the record must say. */
const WantedCall = Type.Object({
  contact: LogContact,
  subject: Type.String(),
  facts: CallFacts,
  submission: Submission,
  /** The colleague's id in the CRM, where it is logged on somebody's behalf. */
  owner: Text,
  service: LoggedByService,
});
export type WantedCall = Static<typeof WantedCall>;

/** What we last wrote: the base of the next merge. Parts are the values as they were rendered then. */
const WrittenCall = Type.Object({
  parts: Type.Record(Type.String(), Type.String()),
  /** What stood in a record of which we did not know what we had written, as far as we have not written it anew since. */
  adopted: Type.Optional(Type.Record(Type.String(), Type.String())),
  subject: Type.String(),
  startedAt: Type.Optional(Type.Number()),
  durationSeconds: Type.Optional(Type.Number()),
  submission: Submission,
});
export type WrittenCall = Static<typeof WrittenCall>;

const wanted = compiled(WantedCall);
const written = compiled(WrittenCall);

export function readWantedCall(content: unknown): WantedCall {
  return wanted.Parse(content);
}

export function readWrittenCall(content: unknown): WrittenCall | undefined {
  return content === undefined ? undefined : written.Parse(content);
}
