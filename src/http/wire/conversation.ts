/** From the client's grouped messages to a conversation: oldest first, attachments as links without tokens. */

import { withoutTokens } from "../../core/media-link.ts";
import type { Conversation } from "../../core/messages/message-content.ts";
import { badInput } from "../../sdk/errors.ts";
import type { MessageLink } from "../../sdk/log-facts.ts";
import { defined } from "../../sdk/defined.ts";
import type { Attachment, Message, MessageLogInfo } from "../schemas/message.ts";
import { numberOf } from "./call-facts.ts";
import { momentFrom } from "./moment.ts";

/**
 * RingCentral's public page that shows an MMS picture to whoever may see it: the media address itself only answers to a
 * token, and tokens are never written anywhere (contract.md, "POST /messageLog").
 */
const MEDIA_READER = "https://ringcentral.github.io/ringcentral-media-reader/?media=";

type Entry = Conversation["entries"][number];

export interface ReadConversation {
  /** One record per key. A group has one for each participant's contact. */
  key: string;
  conversation: Conversation;
  /** The first correspondent's number. */
  phoneNumber: string | undefined;
}

export function conversationFrom(logInfo: MessageLogInfo, contact: { id: string; name?: string }): ReadConversation {
  const [first] = logInfo.messages;
  const correspondents = logInfo.correspondents ?? [];
  const phoneNumber = correspondents[0]?.phoneNumber ?? numberOf(first && otherSide(first));
  const kind = kindOf(logInfo, first);
  const contactName = contact.name ?? correspondents[0]?.name ?? phoneNumber ?? "unknown";
  const self = logInfo.self?.name ?? nameOfOwnSide(logInfo.messages);
  const entries = logInfo.messages
    .map((message) => entryFrom(message, { kind, contactName, self, logInfo }))
    .toReversed();
  return {
    key: keyOf(logInfo, contact.id),
    phoneNumber,
    conversation: defined({
      kind,
      direction: first?.direction,
      contactName,
      agentName: self,
      day: Math.min(...entries.map((entry) => entry.at)),
      participants: participantsOf(logInfo, contactName),
      ownerName: logInfo.owner?.name,
      entries: entries.toSorted((one, other) => one.at - other.at),
    }),
  };
}

function keyOf({ conversationLogId, conversationId, correspondents }: MessageLogInfo, contactId: string): string {
  const id = conversationLogId ?? conversationId;
  if (id === undefined) throw badInput("logInfo.conversationLogId", "is required");
  return (correspondents?.length ?? 0) > 1 ? `${id}-${contactId}` : String(id);
}

function kindOf(logInfo: MessageLogInfo, first: Message | undefined): Conversation["kind"] {
  const type = (first?.type ?? logInfo.type ?? "SMS").toLowerCase();
  if (type === "voicemail") return "VoiceMail";
  return type === "fax" ? "Fax" : "SMS";
}

interface Surroundings {
  kind: Conversation["kind"];
  contactName: string;
  self: string | undefined;
  logInfo: MessageLogInfo;
}

function entryFrom(message: Message, { kind, contactName, self, logInfo }: Surroundings): Entry {
  const inbound = message.direction !== "Outbound";
  const isGroup = (logInfo.correspondents?.length ?? 0) > 1;
  const from = message.from;
  const other = isGroup ? (nameIn(logInfo, from?.phoneNumber) ?? from?.name ?? numberOf(from)) : undefined;
  const secrets = logInfo.rcAccessToken === undefined ? [] : [logInfo.rcAccessToken];
  const links = (message.attachments ?? []).flatMap((attachment) => linkOf(attachment, secrets));
  const words = message.subject ?? "";
  const pages = kind === "Fax" && message.faxPageCount !== undefined ? [`Pages: ${message.faxPageCount}`] : [];
  const text = [words, ...pages, ...links.map(({ line }) => line)].filter((line) => line !== "").join("\n");
  return defined({
    id: String(message.id),
    at: momentFrom("logInfo.messages.creationTime", message.creationTime) ?? Date.now(),
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
function linkOf({ type, link, uri, contentType, fileName }: Attachment, secrets: readonly string[]): Linked[] {
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
  const page = link !== undefined && link !== "" ? clean : `${MEDIA_READER}${encodeURIComponent(clean)}`;
  return linked(kind, `${LABELS[kind]}${fileName === undefined ? "" : ` ${fileName}`}`, page);
}

const LABELS = { image: "Image", video: "Video", attachment: "Attachment" };

function participantsOf({ correspondents, self, messages }: MessageLogInfo, contactName: string): string[] {
  const own = self?.name ?? nameOfOwnSide(messages) ?? numberOf(self);
  const others = (correspondents ?? [])
    .map(({ name, phoneNumber }) => name ?? phoneNumber)
    .filter((name) => name !== undefined);
  const known = others.length > 1 ? others : [contactName];
  return [...new Set([...(own === undefined ? [] : [own]), ...known])];
}

function nameIn({ correspondents }: MessageLogInfo, phoneNumber: string | undefined): string | undefined {
  return correspondents?.find((one) => phoneNumber !== undefined && one.phoneNumber === phoneNumber)?.name;
}

function nameOfOwnSide(messages: readonly Message[]): string | undefined {
  return messages.find((message) => message.direction === "Outbound")?.from?.name;
}

function otherSide({ direction, from, to }: Message) {
  return direction === "Outbound" ? (Array.isArray(to) ? to[0] : to) : from;
}
