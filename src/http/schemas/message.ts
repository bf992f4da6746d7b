/** A conversation on the wire: RingCentral's messages as the client groups them. Unknown members are ignored. */

import { type Static, Type } from "typebox";
import { ChosenContact, Moment, Party, Submission } from "./call.ts";

const Text = Type.Optional(Type.String());
const Open = { additionalProperties: true };
const Id = Type.Union([Type.String({ minLength: 1 }), Type.Number()]);

const Attachment = Type.Object({ type: Text, link: Text, uri: Text, contentType: Text, fileName: Text }, Open);
export type Attachment = Static<typeof Attachment>;

const Message = Type.Object(
  {
    id: Id,
    type: Text,
    subject: Text,
    direction: Type.Optional(Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")])),
    creationTime: Type.Optional(Moment),
    from: Type.Optional(Party),
    to: Type.Optional(Type.Union([Type.Array(Party), Party])),
    attachments: Type.Optional(Type.Array(Attachment)),
    faxPageCount: Type.Optional(Type.Number()),
  },
  Open,
);
export type Message = Static<typeof Message>;

const Correspondent = Type.Object({ phoneNumber: Text, extensionNumber: Type.Optional(Id), name: Text }, Open);

const Named = Type.Object({ name: Text }, Open);

const LogInfo = Type.Object(
  {
    conversationId: Type.Optional(Id),
    conversationLogId: Type.Optional(Id),
    type: Text,
    messages: Type.Array(Message),
    correspondents: Type.Optional(Type.Array(Correspondent)),
    self: Type.Optional(Party),
    owner: Type.Optional(Named),
    /** Read only to be kept out of every link. */
    rcAccessToken: Text,
  },
  Open,
);
export type MessageLogInfo = Static<typeof LogInfo>;

export const MessageLogBody = Type.Object(
  { logInfo: LogInfo, additionalSubmission: Submission, ...ChosenContact },
  Open,
);
