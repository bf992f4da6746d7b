/** A message of RingCentral's message store: a text, a fax, a voicemail. The same in a list, a sync and an event. */

import { type Static, Type } from "typebox";
import { Id, Moment, type Party, PartyAnswer, partyOf, Text, textOf } from "./answer-parts.ts";

export interface MessageAttachment {
  id: string;
  /** Reading it takes a token, which belongs in a header. */
  uri: string;
  /** Such as "Text", "RenderedDocument", "AudioRecording", "AudioTranscription" or "MmsAttachment". */
  type: string | undefined;
  contentType: string | undefined;
  fileName: string | undefined;
}

export interface Recipient extends Party {
  /** In a group: whose message store it is from. */
  isTarget: boolean;
}

export interface MessageRecord {
  id: string;
  /** "SMS", "Pager" (within the company), "Fax" or "VoiceMail". */
  type: string;
  direction: "Inbound" | "Outbound";
  /** Texts and pager messages only. */
  conversationId: string | undefined;
  /** Epoch milliseconds. */
  creationTime: number;
  /** A text's words. */
  subject: string | undefined;
  from: Party;
  to: readonly Recipient[];
  attachments: readonly MessageAttachment[];
  faxPageCount: number | undefined;
  /** Such as "Queued", "Sent", "Delivered", "SendingFailed" or "Received". */
  messageStatus: string | undefined;
  isDeleted: boolean;
}

const AttachmentAnswer = Type.Object({
  id: Id,
  uri: Type.String(),
  type: Text,
  contentType: Text,
  fileName: Text,
});

export const MessageAnswer = Type.Object({
  id: Id,
  type: Type.String(),
  direction: Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")]),
  creationTime: Moment,
  subject: Text,
  // `conversationId` is a number beyond what JavaScript counts exactly: two conversations could become one.
  conversation: Type.Optional(Type.Object({ id: Type.String() })),
  from: Type.Optional(PartyAnswer),
  to: Type.Optional(Type.Array(Type.Object({ ...PartyAnswer.properties, target: Type.Optional(Type.Boolean()) }))),
  attachments: Type.Optional(Type.Array(AttachmentAnswer)),
  faxPageCount: Type.Optional(Type.Number()),
  messageStatus: Text,
  availability: Text,
});

export function messageOf(answer: Static<typeof MessageAnswer>): MessageRecord {
  return {
    id: textOf(answer.id),
    type: answer.type,
    direction: answer.direction,
    conversationId: answer.conversation?.id,
    creationTime: Date.parse(answer.creationTime),
    subject: answer.subject,
    from: partyOf(answer.from),
    to: (answer.to ?? []).map((recipient) => ({ ...partyOf(recipient), isTarget: recipient.target === true })),
    attachments: (answer.attachments ?? []).map(attachmentOf),
    faxPageCount: answer.faxPageCount,
    messageStatus: answer.messageStatus,
    isDeleted: answer.availability === "Deleted" || answer.availability === "Purged",
  };
}

function attachmentOf(answer: Static<typeof AttachmentAnswer>): MessageAttachment {
  const { uri, type, contentType, fileName } = answer;
  return { id: textOf(answer.id), uri, type, contentType, fileName };
}
