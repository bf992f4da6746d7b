/** Writes a conversation into a CRM: one create for any number of messages, or one read and one write. */

import type { MessagesStanding } from "../../sdk/connector.ts";
import { TrunklineError } from "../../sdk/errors.ts";
import type { KnownConversation } from "../../sdk/log-facts.ts";
import { CLOCK_SKEW_MS } from "../calls/call-writer.ts";
import { type CrmReach, type FilledIn, markerOf, type RecordWriter } from "../ledger/record-writer.ts";
import { createCalendars } from "../log-body/date-format.ts";
import { composeConversation, mergeConversation } from "../log-body/conversation.ts";
import {
  type Conversation,
  readWantedConversation,
  readWrittenConversation,
  type WantedConversation,
  type WrittenConversation,
} from "./message-content.ts";

/** A record that is about to be created. */
const NOTHING: WrittenConversation = { messageIds: [] };

export function createMessageWriter({ filledIn }: { filledIn: FilledIn }): RecordWriter {
  const calendarOf = createCalendars();

  /** What was filled in is handed over with each request and kept nowhere else: it may hold secrets. */
  async function knownConversation(
    { connector: { platform } }: CrmReach,
    { contact, conversation, service, submission }: WantedConversation,
    known: WrittenConversation | undefined,
  ): Promise<KnownConversation> {
    const there = new Set(known?.messageIds);
    const added = conversation.entries.filter(({ id }) => !there.has(id));
    const handedOver = { ...(await filledIn(platform, service?.filledInBy ?? [])), ...submission };
    return { contact, submission: handedOver, added, isBaseKnown: known !== undefined, doubtful: known?.doubtful };
  }

  const styleOf = ({ user }: CrmReach) => ({ timeZone: user.timeZone, settings: user.settings, calendarOf });
  return {
    async create(reach, entry) {
      const { connector } = reach;
      if (connector.createMessageLog === undefined) throw cannotLogMessages(connector.displayName);
      const wanted = readWantedConversation(entry.wanted);
      const { contact, conversation } = wanted;
      const known = await knownConversation(reach, wanted, NOTHING);
      const { subject, body } = composeConversation(conversation, styleOf(reach), connector.logFormat);
      const reference = await connector.createMessageLog(
        reach,
        {
          marker: markerOf(entry),
          kind: conversation.kind,
          contact,
          subject,
          body,
          startedAt: conversation.entries[0]?.at ?? conversation.day,
          submission: known.submission,
          owner: wanted.owner,
        },
        known,
      );
      const { standing, unfinished } = reference;
      const created = { ...reference, written: writtenFrom(conversation) };
      if (standing === undefined || unfinished === undefined) return created;
      return { ...created, unfinished: partly(unfinished, standing) };
    },

    async update(reach, entry, logId) {
      const { connector } = reach;
      if (connector.updateMessageLog === undefined) throw cannotLogMessages(connector.displayName);
      const wanted = readWantedConversation(entry.wanted);
      const { conversation } = wanted;
      const known = readWrittenConversation(entry.written);
      const before = asItStood(conversation, known);
      const after = writtenFrom(conversation);
      if (before !== undefined && before.entries.length === conversation.entries.length) return after;
      const progress = await connector.updateMessageLog(
        reach,
        {
          logId,
          contactId: entry.contactId,
          revise: (body) =>
            mergeConversation(body, { written: before, wanted: conversation }, styleOf(reach), connector.logFormat),
        },
        await knownConversation(reach, wanted, known),
      );
      if (progress) throw partly(progress.unfinished, progress.standing, known);
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

/** The failure, with the messages that stand in the record nonetheless. */
function partly(
  { code, facts, userMessage }: TrunklineError,
  { doubtful, ids }: MessagesStanding,
  known: WrittenConversation = NOTHING,
): TrunklineError {
  const messageIds = [...known.messageIds, ...ids];
  const standing: WrittenConversation = doubtful === undefined ? { messageIds } : { messageIds, doubtful };
  return new TrunklineError(code, userMessage, { ...facts, standing });
}

function cannotLogMessages(crm: string): TrunklineError {
  return new TrunklineError("unsupported", `Messages cannot be logged in ${crm} from here.`);
}
