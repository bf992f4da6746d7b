/** What the ledger keeps of a conversation: its messages so far, and how many of them stand in the CRM. */

import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";

const Text = Type.Optional(Type.String());

/** One message, or one attachment's link with its message. `at` in epoch milliseconds. */
const Entry = Type.Object({ id: Type.String(), at: Type.Number(), author: Type.String(), text: Type.String() });

const Conversation = Type.Object({
  kind: Type.Union([Type.Literal("SMS"), Type.Literal("VoiceMail"), Type.Literal("Fax")]),
  direction: Type.Optional(Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")])),
  contactName: Type.String(),
  agentName: Text,
  /** Epoch milliseconds within the conversation's day. */
  day: Type.Number(),
  participants: Type.Array(Type.String()),
  ownerName: Text,
  entries: Type.Array(Entry),
});
export type Conversation = Static<typeof Conversation>;

const WantedConversation = Type.Object({
  contact: Type.Object({ id: Type.String(), type: Text, name: Text, phoneNumber: Text }),
  conversation: Conversation,
  submission: Type.Record(Type.String(), Type.Unknown()),
});
export type WantedConversation = Static<typeof WantedConversation>;

const WrittenConversation = Type.Object({ messageIds: Type.Array(Type.String()) });
export type WrittenConversation = Static<typeof WrittenConversation>;

const wanted = Compile(WantedConversation);
const written = Compile(WrittenConversation);

export function readWantedConversation(content: unknown): WantedConversation {
  return wanted.Parse(content);
}

export function readWrittenConversation(content: unknown): WrittenConversation | undefined {
  return content === undefined ? undefined : written.Parse(content);
}
