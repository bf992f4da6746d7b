/** A call on the wire: RingCentral's call record as the client sends it. Unknown members are ignored. */

import { type Static, Type } from "typebox";

const Text = Type.Optional(Type.String());
const Open = { additionalProperties: true };

const Id = Type.Union([Type.String({ minLength: 1 }), Type.Number()]);
const Direction = Type.Optional(Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")]));
/** Epoch milliseconds or ISO 8601. */
export const Moment = Type.Union([Type.Number({ minimum: 0 }), Type.String({ minLength: 1 })]);
/** Whole seconds, or text such as "pending" while the call goes on. */
const Duration = Type.Union([Type.Number({ minimum: 0 }), Type.String()]);

export const Party = Type.Object(
  { phoneNumber: Text, extensionNumber: Type.Optional(Id), name: Text, location: Text },
  Open,
);
export type Party = Static<typeof Party>;

const Leg = Type.Object(
  { direction: Direction, from: Type.Optional(Party), to: Type.Optional(Party), duration: Type.Optional(Duration) },
  Open,
);

const Insights = {
  aiNote: Text,
  transcript: Text,
  ringSenseTranscript: Text,
  ringSenseSummary: Text,
  ringSenseAIScore: Type.Optional(Type.Unknown()),
  ringSenseBulletedSummary: Text,
  ringSenseLink: Text,
  voicemailLink: Text,
};
export type Insights = Static<ReturnType<typeof Type.Object<typeof Insights>>>;

/** Values of the manifest's additional fields, by their `const`. */
export const Submission = Type.Optional(Type.Record(Type.String(), Type.Unknown()));

const LogInfo = Type.Object(
  {
    sessionId: Id,
    telephonySessionId: Type.Optional(Id),
    direction: Direction,
    startTime: Type.Optional(Moment),
    duration: Type.Optional(Duration),
    result: Text,
    from: Type.Optional(Party),
    to: Type.Optional(Party),
    recording: Type.Optional(Type.Object({ link: Text }, Open)),
    legs: Type.Optional(Type.Array(Leg)),
    customSubject: Text,
  },
  Open,
);
export type LogInfo = Static<typeof LogInfo>;

/** The contact that the person chose; a missing one is answered in words, not refused. */
export const ChosenContact = {
  contactId: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Literal(false)])),
  contactType: Text,
  contactName: Text,
};

/** Whose call it is; heeded where one login logs for several extensions. */
export const NamedExtension = {
  hashedExtensionId: Text,
  extensionNumber: Type.Optional(Type.Union([Type.String(), Type.Number()])),
};

export const CreateCallLogBody = Type.Object(
  {
    logInfo: LogInfo,
    note: Text,
    additionalSubmission: Submission,
    ...ChosenContact,
    ...Insights,
    ...NamedExtension,
  },
  Open,
);
export type CreateCallLogBody = Static<typeof CreateCallLogBody>;

export const UpdateCallLogBody = Type.Object(
  {
    sessionId: Id,
    subject: Text,
    note: Text,
    startTime: Type.Optional(Moment),
    duration: Type.Optional(Duration),
    result: Text,
    direction: Direction,
    from: Type.Optional(Party),
    to: Type.Optional(Party),
    recordingLink: Text,
    legs: Type.Optional(Type.Array(Leg)),
    additionalSubmission: Submission,
    ...Insights,
    ...NamedExtension,
  },
  Open,
);
export type UpdateCallLogBody = Static<typeof UpdateCallLogBody>;
export type WireLeg = Static<typeof Leg>;

export const DispositionBody = Type.Object(
  { sessionId: Id, dispositions: Submission, additionalSubmission: Submission, ...NamedExtension },
  Open,
);

export const CachedNoteBody = Type.Object({ sessionId: Id, note: Type.String() }, Open);
