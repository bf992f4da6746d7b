/** Messages: App Connect's connectors take one at a time, the first to create a log and each other to add to it. */

import type {
  CallLogToFind,
  Connector,
  CrmContext,
  LogReference,
  MessageLogToCreate,
  MessageLogToUpdate,
  MessageProgress,
} from "../sdk/connector.ts";
import { asTrunklineError, TrunklineError } from "../sdk/errors.ts";
import type { KnownConversation, LoggedMessage } from "../sdk/log-facts.ts";
import { callLogInfoIn, hasFailed, logIdIn, textIn, wordsIn } from "./answers.ts";
import { bodyIn, finding } from "./call-logs.ts";
import { assigned, contactInfo } from "./call-record.ts";
import { ask, type Callee } from "./calling.ts";
import type { Members } from "./exports.ts";
import { attachments, messageRecord, standsIn } from "./message-record.ts";

type MessageLogs = Pick<Connector, "createMessageLog" | "updateMessageLog" | "findMessageLog">;

/** None for a connector that cannot add to a log: every message but a conversation's first would be lost. */
export function messageLogFunctions(callee: Callee): MessageLogs {
  const { functions } = callee.exports;
  if (!functions.has("createMessageLog") || !functions.has("updateMessageLog")) return {};

  async function createFrom(context: CrmContext, log: MessageLogToCreate, message: LoggedMessage): Promise<string> {
    const answered = await ask(callee, context, {
      name: "createMessageLog",
      aim: "create",
      owner: log.owner,
      input: (session) => ({
        ...session,
        ...common(log.contact, { ...log.submission, ...assigned(log.owner) }, message),
        correspondents: [],
        marker: log.marker,
      }),
    });
    const logId = logIdIn(answered.value);
    if (logId === undefined) throw answered.refused(wordsIn(answered.value));
    return logId;
  }

  async function add(context: CrmContext, logId: string, conversation: KnownConversation, message: LoggedMessage) {
    const { contact, submission } = conversation;
    const answered = await ask(callee, context, {
      name: "updateMessageLog",
      // Called twice, it adds the message twice.
      aim: "create",
      input: (session) => ({
        ...session,
        ...common(contact, submission, message),
        existingMessageLog: {
          id: message.id,
          platform: callee.platform,
          thirdPartyLogId: logId,
          userId: session.user.id,
        },
      }),
    });
    if (hasFailed(answered.value)) throw answered.refused(wordsIn(answered.value));
  }

  /** Adds one after the other; answers how far it came where it did not come to the end. */
  async function addAll(
    context: CrmContext,
    logId: string,
    conversation: KnownConversation,
    messages: readonly LoggedMessage[],
  ): Promise<MessageProgress | undefined> {
    const ids: string[] = [];
    for (const message of messages) {
      try {
        await add(context, logId, conversation, message);
      } catch (thrown) {
        const failure = asTrunklineError(thrown);
        if (failure.retry !== "reconcile") return { standing: { ids }, unfinished: failure };
        const stands = await textOf(context, logId, message);
        if (stands === undefined) return { standing: { ids }, unfinished: needsAPerson(message) };
        // It may still arrive: the next attempt looks again before it adds it.
        if (!stands(message)) return { standing: { ids, doubtful: message.id }, unfinished: failure };
      }
      ids.push(message.id);
    }
    return undefined;
  }

  function needsAPerson({ at }: LoggedMessage): TrunklineError {
    return new TrunklineError(
      "unsupported",
      `It is not known whether the message of ${new Date(at).toISOString()} stands in ${callee.crm}, and its connector cannot tell. Please look there before you try again.`,
    );
  }

  /** What stands in the log now, as a test for messages; undefined where it cannot be read. */
  async function textOf(context: CrmContext, logId: string, { id }: LoggedMessage) {
    const name = functions.has("getMessageLog") ? "getMessageLog" : "getCallLog";
    if (!functions.has(name)) return undefined;
    try {
      const input = { callLogId: logId, messageLogId: logId, messageId: id };
      const { value } = await ask(callee, context, {
        name,
        aim: "read",
        input: (session) => ({ ...session, ...input }),
      });
      const text = textIn(value) ?? bodyIn(callLogInfoIn(value) ?? {});
      return text === "" ? undefined : standsIn(text);
    } catch {
      // Many a CRM keeps messages where its calls are not: then this is no answer at all.
      return undefined;
    }
  }

  return {
    async createMessageLog(context, log, conversation) {
      const [first, ...others] = conversation.added;
      if (first === undefined) throw new TrunklineError("bad-input", "There is no message to log.");
      const logId = await createFrom(context, log, first);
      const progress = await addAll(context, logId, conversation, others);
      if (progress === undefined) return { logId };
      return { logId, ...after([first], progress) };
    },

    async updateMessageLog(context, log: MessageLogToUpdate, conversation): Promise<MessageProgress | undefined> {
      const { added, doubtful, isBaseKnown } = conversation;
      const { logId } = log;
      // Where the base is unknown, the record was created from the first of them, and nobody knows how far it came since.
      const [first] = added;
      const asked = added.filter(({ id }) => !isBaseKnown || id === doubtful);
      const stands = first && asked.length > 0 ? await textOf(context, logId, first) : undefined;
      if (stands === undefined && doubtful !== undefined && asked[0] !== undefined) {
        return { standing: { ids: [] }, unfinished: needsAPerson(asked[0]) };
      }
      const there = asked.filter(stands ?? ((message) => message === first));
      const progress = await addAll(
        context,
        logId,
        conversation,
        added.filter((message) => !there.includes(message)),
      );
      return progress && after(there, progress);
    },

    ...(functions.has("findMessageLog") && {
      async findMessageLog(context: CrmContext, search: CallLogToFind): Promise<LogReference | undefined> {
        const found = await finding(callee, "findMessageLog")(context, search);
        // It was created from the first message: the others are still to be added.
        const sentence = `The conversation is not complete in ${callee.crm} yet.`;
        return found && { ...found, unfinished: new TrunklineError("crm-unavailable", sentence) };
      },
    }),
  };
}

function after(there: readonly LoggedMessage[], { standing, unfinished }: MessageProgress): MessageProgress {
  return { unfinished, standing: { ...standing, ids: [...there.map(({ id }) => id), ...standing.ids] } };
}

function common(
  contact: KnownConversation["contact"],
  submission: KnownConversation["submission"],
  message: LoggedMessage,
): Members {
  return {
    contactInfo: contactInfo(contact),
    message: messageRecord(contact, message),
    ...attachments(message),
    additionalSubmission: { ...submission },
  };
}
