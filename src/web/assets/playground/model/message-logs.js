/** POST /messageLog in the extension's shape: one conversation per day, newest message first. */

/** @import { Ask, Contact, Message, Thread } from "../types.d.ts" */
/** @import { Callers } from "./callers.js" */
/** @import { Session } from "./session.js" */

import { OWN_SIDE } from "./call-log-body.js";
import { sendable } from "./fields.js";
import { attachmentOf, MADE_UP_TOKEN } from "./ring-central.js";

const FAX_PAGES = 3;

/** @typedef {ReturnType<typeof createMessageLogs>} MessageLogs */

/** @param {{ ask: Ask, callers: Callers, session: Session }} parts */
export function createMessageLogs({ ask, callers, session }) {
  return {
    /** @param {{ thread: Thread, contact: Contact, messages: readonly Message[] }} about Messages of one record, oldest first. */
    post({ thread, contact, messages }) {
      const [first] = messages;
      if (first === undefined) throw new Error("There is no message to log.");
      const own = { ...OWN_SIDE, name: session.store.get().name };
      const other = { phoneNumber: thread.number, name: contact.name };
      return ask("POST", "/messageLog", {
        body: {
          logInfo: {
            conversationId: conversationIdOf(thread, first),
            conversationLogId: conversationKey(thread, first),
            date: dayOf(first.at),
            type: first.kind,
            messages: messages.toReversed().map((message) => wireMessage(message, { own, other })),
            correspondents: [other],
            self: own,
            ...(first.kind === "Fax" ? { rcAccessToken: MADE_UP_TOKEN } : {}),
          },
          additionalSubmission: sendable(thread.submission),
          overridingFormat: callers.formats(),
          contactId: contact.id,
          contactType: contact.type ?? "",
          contactName: contact.name,
        },
      });
    },
  };
}

/** The record that a message belongs to. @param {Pick<Thread, "id">} thread @param {Message} message */
export function conversationKey(thread, message) {
  return `${conversationIdOf(thread, message)}/${dayOf(message.at)}`;
}

/** A voicemail and a fax are conversations of their own. @param {Pick<Thread, "id">} thread @param {Message} message */
function conversationIdOf(thread, message) {
  return message.kind === "SMS" ? thread.id : message.id;
}

/** "5/9/2026", in the person's own zone. @param {number} at */
function dayOf(at) {
  const day = new Date(at);
  return `${day.getMonth() + 1}/${day.getDate()}/${day.getFullYear()}`;
}

/** @param {Message} message @param {{ own: object, other: object }} sides */
function wireMessage({ id, kind, direction, text, at }, { own, other }) {
  const [from, to] = direction === "Inbound" ? [other, own] : [own, other];
  const { link, withToken } = attachmentOf(id);
  const common = { id, type: kind, direction, creationTime: at, lastModifiedTime: at, from, to: [to] };
  if (kind === "SMS") return { ...common, subject: text, messageStatus: "Received", attachments: [] };
  if (kind === "VoiceMail") {
    const attachments = [{ type: "AudioRecording", contentType: "audio/mpeg", link: withToken, uri: link }];
    return { ...common, attachments };
  }
  const attachments = [{ type: "RenderedDocument", contentType: "application/pdf", link: withToken, uri: link }];
  return { ...common, faxPageCount: FAX_PAGES, attachments };
}
