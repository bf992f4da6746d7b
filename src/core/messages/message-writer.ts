/** Writes a conversation into a CRM: one create for any number of messages, or one read and one write. */

import { TrunklineError } from "../../sdk/errors.ts";
import { CLOCK_SKEW_MS } from "../calls/call-writer.ts";
import { type CrmReach, markerOf, type RecordWriter } from "../ledger/record-writer.ts";
import { composeConversation, mergeConversation } from "../log-body/conversation.ts";
import {
  type Conversation,
  readWantedConversation,
  readWrittenConversation,
  type WrittenConversation,
} from "./message-content.ts";

export function createMessageWriter(): RecordWriter {
  return {
    async create(reach, entry) {
      const { connector } = reach;
      if (connector.createMessageLog === undefined) throw cannotLogMessages(connector.displayName);
      const { contact, conversation, submission } = readWantedConversation(entry.wanted);
      const { subject, body } = composeConversation(conversation, styleOf(reach), connector.logFormat);
      const reference = await connector.createMessageLog(reach, {
        marker: markerOf(entry),
        kind: conversation.kind,
        contact,
        subject,
        body,
        startedAt: conversation.entries[0]?.at ?? conversation.day,
        submission,
      });
      return { ...reference, written: writtenFrom(conversation) };
    },

    async update(reach, entry, logId) {
      const { connector } = reach;
      if (connector.updateMessageLog === undefined) throw cannotLogMessages(connector.displayName);
      const { conversation } = readWantedConversation(entry.wanted);
      const before = asItStood(conversation, readWrittenConversation(entry.written));
      const after = writtenFrom(conversation);
      if (before !== undefined && before.entries.length === conversation.entries.length) return after;
      await connector.updateMessageLog(reach, {
        logId,
        contactId: entry.contactId,
        revise: (body) =>
          mergeConversation(body, { written: before, wanted: conversation }, styleOf(reach), connector.logFormat),
      });
      return after;
    },

    canFind: ({ connector }) => connector.findMessageLog !== undefined,

    async find(reach, entry) {
      const contactId = readWantedConversation(entry.wanted).contact.id;
      const since = entry.createdAt - CLOCK_SKEW_MS;
      return reach.connector.findMessageLog?.(reach, { marker: markerOf(entry), contactId, since });
    },

    asWritten: (_reach, entry) => writtenFrom(readWantedConversation(entry.wanted).conversation),
  };
}

function writtenFrom(conversation: Conversation): WrittenConversation {
  return { messageIds: conversation.entries.map((entry) => entry.id) };
}

/** The conversation as we last wrote it; undefined where that is not known. */
function asItStood(conversation: Conversation, written: WrittenConversation | undefined): Conversation | undefined {
  if (written === undefined) return undefined;
  const ids = new Set(written.messageIds);
  return { ...conversation, entries: conversation.entries.filter((entry) => ids.has(entry.id)) };
}

function styleOf(reach: CrmReach) {
  return { timeZone: reach.user.timeZone, settings: reach.user.settings };
}

function cannotLogMessages(crm: string): TrunklineError {
  return new TrunklineError("unsupported", `Messages cannot be logged in ${crm} from here.`);
}
