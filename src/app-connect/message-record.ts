/** A message as App Connect hands it to a connector, and as it is found again in a log's text. */

import type { LogContact } from "../sdk/connector.ts";
import type { LoggedMessage, MessageLink } from "../sdk/log-facts.ts";
import type { Members } from "./exports.ts";

export function messageRecord(contact: LogContact, message: LoggedMessage): Members {
  const { at, author, direction, id, links = [], text, words = text } = message;
  const them = { phoneNumber: contact.phoneNumber, name: contact.name ?? author };
  const us = { name: direction === "Outbound" ? author : undefined };
  const [from, to] = direction === "Outbound" ? [us, them] : [{ ...them, name: author }, us];
  return {
    id,
    type: typeOf(links),
    subject: words,
    direction: direction ?? "Inbound",
    creationTime: at,
    lastModifiedTime: at,
    from,
    to: [to],
    attachments: links.map(({ address, kind }) => ({ type: ATTACHED[kind], link: address, uri: address })),
  };
}

/** The links that App Connect hands over by name; addresses with a token in them are not among them. */
export function attachments({ links = [] }: LoggedMessage): Members {
  const linkOf = (kind: MessageLink["kind"]) => links.find((link) => link.kind === kind)?.address ?? null;
  return {
    recordingLink: linkOf("voicemail"),
    faxDocLink: linkOf("fax"),
    faxDownloadLink: null,
    imageLink: linkOf("image"),
    imageDownloadLink: null,
    imageContentType: null,
    videoLink: linkOf("video"),
  };
}

/** Whether a message's words stand in a text, whatever its markup. */
export function standsIn(text: string): (message: LoggedMessage) => boolean {
  const shown = plain(text);
  return ({ text: whole, words = whole, links = [] }) => {
    const wanted = [words, ...links.map(({ address }) => address)].map(plain).filter((part) => part !== "");
    return wanted.length > 0 && wanted.every((part) => shown.includes(part));
  };
}

function plain(text: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };
  return text
    .replaceAll(/<[^<>]*>/g, " ")
    .replaceAll(/&(#39|[a-z]+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/\s+/g, "")
    .toLowerCase();
}

function typeOf(links: readonly MessageLink[]): string {
  const kinds = new Set(links.map(({ kind }) => kind));
  if (kinds.has("voicemail")) return "VoiceMail";
  return kinds.has("fax") ? "Fax" : "SMS";
}

const ATTACHED: Readonly<Record<MessageLink["kind"], string>> = {
  voicemail: "AudioRecording",
  fax: "RenderedDocument",
  image: "MmsAttachment",
  video: "MmsAttachment",
  attachment: "MmsAttachment",
};
