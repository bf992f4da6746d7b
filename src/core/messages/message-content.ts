/** What the ledger keeps of a conversation: its messages so far, and how many of them stand in the CRM. */

import { type Static, Type } from "typebox";
import { compiled } from "../../compiled.ts";
import { LoggedByService } from "../calls/call-content.ts";

const Text = Type.Optional(Type.String());

const Direction = Type.Optional(Type.Union([Type.Literal("Inbound"), Type.Literal("Outbound")]));

/** What was attached to a message, as an address without a token. */
const Link = Type.Object({
  kind: Type.Union([
    Type.Literal("voicemail"),
    Type.Literal("fax"),
    Type.Literal("image"),
    Type.Literal("video"),
    Type.Literal("attachment"),
  ]),
  address: Type.String(),
});

/** One message: the text has a line for each link, `words` are the message's own where it has links. `at` in epoch milliseconds. */
const Entry = Type.Object({
  id: Type.String(),
  at: Type.Number(),
  author: Type.String(),
  text: Type.String(),
  direction: Direction,
  words: Text,
  links: Type.Optional(Type.Array(Link)),
});

const Conversation = Type.Object({
  kind: Type.Union([Type.Literal("SMS"), Type.Literal("VoiceMail"), Type.Literal("Fax")]),
  direction: Direction,
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
  /** The colleague's id in the CRM, where it is logged on somebody's behalf. */
  owner: Text,
  service: LoggedByService,
});
export type WantedConversation = Static<typeof WantedConversation>;

const WrittenConversation = Type.Object({
  messageIds: Type.Array(Type.String()),
  /** One that may stand there as well. */
  doubtful: Text,
});
export type WrittenConversation = Static<typeof WrittenConversation>;

const wanted = compiled(WantedConversation);
const written = compiled(WrittenConversation);

export function readWantedConversation(content: unknown): WantedConversation {
  return wanted.Parse(content);
}

export function readWrittenConversation(content: unknown): WrittenConversation | undefined {
  return content === undefined ? undefined : written.Parse(content);
}
