/** From RingCentral's messages to a conversation: oldest first, attachments as links without tokens. */

import type { MessageLink } from "../../sdk/log-facts.ts";
import { defined } from "../../sdk/defined.ts";
import { mediaPage, withoutTokens } from "../media-link.ts";
import type { Conversation } from "./message-content.ts";
import {
  type MessageAttachment,
  type MessageParty,
  numberOf,
  type SentMessage,
  type SentMessages,
} from "./sent-messages.ts";

type Entry = Conversation["entries"][number];

export interface ReadConversation {
  /** As the client names its log. */
  key: string;
  conversationId: string | undefined;
  /** A group has a record for each participant's contact. */
  isGroup: boolean;
  conversation: Conversation;
  /** The first correspondent's number. */
  phoneNumber: string | undefined;
}

export function readConversation(sent: SentMessages, contact: { name?: string | undefined }): ReadConversation {
  const [first] = sent.messages;
  const correspondents = sent.correspondents ?? [];
  const phoneNumber = correspondents[0]?.phoneNumber ?? numberOf(first && otherSide(first));
  const kind = kindOf(sent, first);
  const contactName = contact.name ?? correspondents[0]?.name ?? phoneNumber ?? "unknown";
  const self = sent.self?.name ?? nameOfOwnSide(sent.messages);
  const entries = sent.messages.map((message) => entryFrom(message, { kind, contactName, self, sent })).toReversed();
  return {
    key: sent.id,
    conversationId: sent.conversationId?.toString(),
    isGroup: correspondents.length > 1,
    phoneNumber,
    conversation: defined({
      kind,
      direction: first?.direction,
      contactName,
      agentName: self,
      day: Math.min(...entries.map((entry) => entry.at)),
      participants: participantsOf(sent, contactName),
      ownerName: sent.owner?.name,
      entries: entries.toSorted((one, other) => one.at - other.at),
    }),
  };
}

function kindOf(sent: SentMessages, first: SentMessage | undefined): Conversation["kind"] {
  const type = (first?.type ?? sent.type ?? "SMS").toLowerCase();
  if (type === "voicemail") return "VoiceMail";
  return type === "fax" ? "Fax" : "SMS";
}

interface Surroundings {
  kind: Conversation["kind"];
  contactName: string;
  self: string | undefined;
  sent: SentMessages;
}

function entryFrom(message: SentMessage, { kind, contactName, self, sent }: Surroundings): Entry {
  const inbound = message.direction !== "Outbound";
  const isGroup = (sent.correspondents?.length ?? 0) > 1;
  const from = message.from;
  const other = isGroup ? (nameIn(sent, from?.phoneNumber) ?? from?.name ?? numberOf(from)) : undefined;
  const secrets = sent.rcAccessToken === undefined ? [] : [sent.rcAccessToken];
  const links = (message.attachments ?? []).flatMap((attachment) => linkOf(attachment, secrets));
  const words = message.subject ?? "";
  const pages = kind === "Fax" && message.faxPageCount !== undefined ? [`Pages: ${message.faxPageCount}`] : [];
  const text = [words, ...pages, ...links.map(({ line }) => line)].filter((line) => line !== "").join("\n");
  return defined({
    id: String(message.id),
    at: message.at ?? Date.now(),
    author: inbound ? (other ?? contactName) : (from?.name ?? self ?? numberOf(from) ?? "Me"),
    text,
    direction: message.direction,
    words: words === text ? undefined : words,
    links: links.length === 0 ? undefined : links.map(({ link }) => link),
  });
}

interface Linked {
  line: string;
  link: MessageLink;
}

/** A line for each attachment that a person can open. The text of an SMS is an attachment too; it is in `subject` already. */
function linkOf({ type, link, uri, contentType, fileName }: MessageAttachment, secrets: readonly string[]): Linked[] {
  const address = link !== undefined && link !== "" ? link : uri;
  if (address === undefined || address === "" || type === "Text" || type === "AudioTranscription") return [];
  const clean = withoutTokens(address, secrets);
  if (clean === "") return [];
  const linked = (kind: MessageLink["kind"], label: string, page: string): Linked[] => [
    { line: `${label}: ${page}`, link: { kind, address: page } },
  ];
  if (type === "AudioRecording") return linked("voicemail", "Voicemail recording link", clean);
  if (type === "RenderedDocument" || type === "SourceDocument") return linked("fax", "Fax document link", clean);
  const kind = contentType?.startsWith("image/") ? "image" : contentType?.startsWith("video/") ? "video" : "attachment";
  const page = link !== undefined && link !== "" ? clean : mediaPage(clean);
  return linked(kind, `${LABELS[kind]}${fileName === undefined ? "" : ` ${fileName}`}`, page);
}

const LABELS = { image: "Image", video: "Video", attachment: "Attachment" };

function participantsOf({ correspondents, self, messages }: SentMessages, contactName: string): string[] {
  const own = self?.name ?? nameOfOwnSide(messages) ?? numberOf(self);
  const others = (correspondents ?? [])
    .map(({ name, phoneNumber }) => name ?? phoneNumber)
    .filter((name) => name !== undefined);
  const known = others.length > 1 ? others : [contactName];
  return [...new Set([...(own === undefined ? [] : [own]), ...known])];
}

function nameIn({ correspondents }: SentMessages, phoneNumber: string | undefined): string | undefined {
  return correspondents?.find((one) => phoneNumber !== undefined && one.phoneNumber === phoneNumber)?.name;
}

function nameOfOwnSide(messages: readonly SentMessage[]): string | undefined {
  return messages.find((message) => message.direction === "Outbound")?.from?.name;
}

function otherSide({ direction, from, to }: SentMessage): MessageParty | undefined {
  if (direction !== "Outbound") return from;
  return isList(to) ? to[0] : to;
}

function isList(to: SentMessage["to"]): to is readonly MessageParty[] {
  return Array.isArray(to);
}
