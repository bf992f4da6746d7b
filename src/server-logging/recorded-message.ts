/** From a record of RingCentral's message store to what is kept on its way to the ledger, and from there to a conversation. */

import { type Static, Type } from "typebox";
import { mediaPage } from "../core/media-link.ts";
import type { SentMessage } from "../core/messages/sent-messages.ts";
import type { MessageRecord } from "../ringcentral/message-records.ts";
import { defined } from "../sdk/defined.ts";
import { compiled } from "../compiled.ts";

const Text = Type.Optional(Type.String());
const Party = Type.Object({ phoneNumber: Text, extensionNumber: Text, extensionId: Text, name: Text });
export type MessageSide = Static<typeof Party>;

const Message = Type.Object({
  id: Type.String(),
  kind: Type.Union([Type.Literal("SMS"), Type.Literal("VoiceMail"), Type.Literal("Fax")]),
  direction: Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")]),
  /** Of a voicemail or a fax, its own. */
  conversationId: Type.String(),
  /** Epoch milliseconds. */
  at: Type.Number(),
  words: Text,
  from: Party,
  to: Type.Array(Party),
  /** Among `to`, whose message store it is from; undefined where RingCentral does not say. */
  recipient: Type.Optional(Party),
  attachments: Type.Array(Type.Object({ type: Text, uri: Type.String(), contentType: Text, fileName: Text })),
  faxPageCount: Type.Optional(Type.Number()),
});
export type RecordedMessage = Static<typeof Message>;

/** A fax or a picture of a message that is logged, for a CRM that stores documents. */
const Document = Type.Object({
  userId: Type.String(),
  contact: Type.Object({ id: Type.String(), type: Text, name: Text, phoneNumber: Text }),
  submission: Type.Record(Type.String(), Type.Unknown()),
  source: Type.Object({ name: Type.String(), contentType: Type.String(), uri: Type.String() }),
});
export type RecordedDocument = Static<typeof Document>;

const OnItsWay = Type.Union([
  Type.Object({ extensionId: Type.String(), message: Message }),
  Type.Object({ document: Document }),
]);
export type OnItsWay = Static<typeof OnItsWay>;
const stored = compiled(OnItsWay);

export function readOnItsWay(content: unknown): OnItsWay {
  return stored.Parse(content);
}

const KINDS: Readonly<Record<string, RecordedMessage["kind"]>> = {
  SMS: "SMS",
  Text: "SMS",
  VoiceMail: "VoiceMail",
  Fax: "Fax",
};

/** Undefined for what is not logged: a message within the company, one that was deleted, and a fax that has not gone out yet. */
export function messageOf(record: MessageRecord): RecordedMessage | undefined {
  const kind = Object.hasOwn(KINDS, record.type) ? KINDS[record.type] : undefined;
  if (kind === undefined || record.isDeleted) return undefined;
  // It comes again once it has: until then its document may not be there.
  if (kind === "Fax" && record.messageStatus === "Queued") return undefined;
  const recipient = record.to.find(({ isTarget }) => isTarget) ?? (record.to.length === 1 ? record.to[0] : undefined);
  return defined({
    id: record.id,
    kind,
    direction: record.direction,
    conversationId: record.conversationId ?? record.id,
    at: record.creationTime,
    words: record.subject,
    from: partyOf(record.from),
    to: record.to.map(partyOf),
    recipient: recipient && partyOf(recipient),
    attachments: record.attachments.map(({ type, uri, contentType, fileName }) =>
      defined({ type, uri, contentType, fileName }),
    ),
    faxPageCount: record.faxPageCount,
  });
}

/** Whose message store it is from. */
export function ownSide({ direction, from, recipient }: RecordedMessage): MessageSide | undefined {
  return direction === "Outbound" ? from : recipient;
}

/** Everybody else: of a group several. Colleagues are not among them. */
export function farSides({ direction, from, recipient, to }: RecordedMessage): MessageSide[] {
  const others = recipient === undefined ? [] : to.filter((party) => !isSame(party, recipient));
  const sides = direction === "Outbound" ? to : [from, ...others];
  return sides.filter(({ extensionId, phoneNumber }) => extensionId === undefined && phoneNumber !== undefined);
}

/** As a browser would have posted it. */
export function sentMessage(message: RecordedMessage): SentMessage {
  const { id, kind, direction, at, words, from, to, attachments, faxPageCount } = message;
  return {
    id,
    type: kind,
    subject: words,
    direction,
    at,
    from,
    to,
    faxPageCount,
    // A recording is played by a page; the address itself asks for a token.
    attachments: attachments.map((one) => (one.type === "AudioRecording" ? { ...one, link: mediaPage(one.uri) } : one)),
  };
}

function isSame(one: MessageSide, other: MessageSide): boolean {
  return one.phoneNumber === other.phoneNumber && one.extensionNumber === other.extensionNumber;
}

function partyOf({ phoneNumber, extensionNumber, extensionId, name }: MessageRecord["from"]): MessageSide {
  return defined({ phoneNumber, extensionNumber, extensionId, name });
}
