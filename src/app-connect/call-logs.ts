/** Calls: created, read, updated, and filed under what a person chose. */

import type {
  CallDisposition,
  CallLogToFind,
  CallLogToUpdate,
  Connector,
  CrmContext,
  LoadedCallLog,
  LogReference,
} from "../sdk/connector.ts";
import { defined } from "../sdk/defined.ts";
import { TrunklineError } from "../sdk/errors.ts";
import type { KnownCall } from "../sdk/log-facts.ts";
import { callLogInfoIn, hasFailed, logIdIn, membersIn, textIn, wordsIn } from "./answers.ts";
import { assigned, callRecord, contactInfo, insights, loggedCall } from "./call-record.ts";
import { type Answered, ask, type Callee } from "./calling.ts";
import type { Members } from "./exports.ts";

type CallLogs = Pick<
  Connector,
  "createCallLog" | "getCallLog" | "updateCallLog" | "findCallLog" | "upsertCallDisposition"
>;

export function callLogFunctions(callee: Callee, { composes }: { composes: boolean }): CallLogs {
  const { functions } = callee.exports;

  /** Throws where it cannot be read: nothing may be written over what nobody has seen. */
  async function read(context: CrmContext, logId: string, contactId: string, sessionId?: string): Promise<Members> {
    const answered = await ask(callee, context, {
      name: "getCallLog",
      aim: "read",
      input: (session) => ({ ...session, callLogId: logId, contactId, telephonySessionId: sessionId }),
    });
    const info = callLogInfoIn(answered.value);
    // Empty, and something went wrong: that is not what stands there.
    const isUnread = info !== undefined && bodyIn(info) === "" && wentWrong(answered);
    if (info === undefined || isUnread) throw answered.refused(wordsIn(answered.value));
    return info;
  }

  /** The record as it stands. A connector that composes by itself may do without. */
  async function present(context: CrmContext, log: CallLogToUpdate, sessionId: string): Promise<Members | undefined> {
    if (functions.has("getCallLog")) return read(context, log.logId, log.contactId, sessionId);
    if (!composes) return undefined;
    throw cannotRead(callee.crm);
  }

  return {
    async createCallLog(context, log, call) {
      const { facts } = call;
      const answered = await ask(callee, context, {
        name: "createCallLog",
        aim: "create",
        owner: log.owner,
        input: (session) => ({
          ...session,
          contactInfo: contactInfo(log.contact, facts.contactNumber),
          callLog: callRecord(call, log),
          ...insights(facts),
          note: facts.note ?? "",
          additionalSubmission: { ...log.submission, ...assigned(log.owner) },
          composedLogDetails: composes ? log.body : "",
          isFromSSCL: call.isLoggedByService,
          marker: log.marker,
        }),
      });
      const logId = logIdIn(answered.value);
      if (logId === undefined) throw answered.refused(wordsIn(answered.value));
      return { logId };
    },

    async getCallLog(context, { logId, contactId }): Promise<LoadedCallLog> {
      if (!functions.has("getCallLog")) throw cannotRead(callee.crm);
      const info = await read(context, logId, contactId);
      return defined({
        subject: textIn(info["subject"]) ?? "",
        body: bodyIn(info),
        contactName: textIn(info["contactName"]),
        dispositions: scalarsIn(info["dispositions"]),
        fullLogResponse: { ...membersIn(info["fullLogResponse"]) },
      });
    },

    async updateCallLog(context, log, call) {
      const info = await present(context, log, call.sessionId);
      const { facts, submission } = call;
      const composed = composes && info !== undefined ? log.revise(bodyIn(info)) : "";
      const answered = await ask(callee, context, {
        name: "updateCallLog",
        aim: "update",
        input: (session) => ({
          ...session,
          existingCallLog: loggedCall(placeOf(log, session.user.id), call),
          existingCallLogDetails: info?.["fullLogResponse"],
          composedLogDetails: composed,
          // Some write the subject in any case: unchanged, it is the one that stands there.
          subject: log.subject ?? textIn(info?.["subject"]),
          startTime: facts.startedAt,
          duration: facts.durationSeconds,
          result: facts.result,
          recordingLink: facts.recordingLink,
          legs: facts.legs ?? [],
          ...insights(facts),
          additionalSubmission: { ...submission },
          isFromSSCL: call.isLoggedByService,
        }),
      });
      if (hasFailed(answered.value)) throw answered.refused(wordsIn(answered.value));
    },

    ...(functions.has("upsertCallDisposition") && {
      async upsertCallDisposition(context: CrmContext, { logId, submission }: CallDisposition, call: KnownCall) {
        const { contact } = call;
        const answered = await ask(callee, context, {
          name: "upsertCallDisposition",
          aim: "update",
          input: (session) => ({
            ...session,
            existingCallLog: loggedCall(placeOf({ logId, contactId: contact.id }, session.user.id), call),
            dispositions: { ...submission },
            additionalSubmission: { ...submission },
          }),
        });
        if (hasFailed(answered.value)) throw answered.refused(wordsIn(answered.value));
      },
    }),

    ...(functions.has("findCallLog") && { findCallLog: finding(callee, "findCallLog") }),
  };

  function placeOf({ contactId, logId }: { contactId: string; logId: string }, userId: string) {
    return { contactId, logId, userId, platform: callee.platform };
  }
}

function wentWrong({ traces, value }: Answered): boolean {
  return hasFailed(value) || traces.failed !== undefined;
}

/** No function of App Connect's: a connector may add it, so that a lost answer needs no person. */
export function finding(callee: Callee, name: "findCallLog" | "findMessageLog") {
  return async (context: CrmContext, search: CallLogToFind): Promise<LogReference | undefined> => {
    const answered = await ask(callee, context, { name, aim: "read", input: (session) => ({ ...session, ...search }) });
    const logId = logIdIn(answered.value);
    const { failed } = answered.traces;
    if (logId === undefined && failed !== undefined && failed.outcome !== 404) throw answered.refused(undefined);
    return logId === undefined ? undefined : { logId };
  };
}

/** Older connectors answer the text as the note. */
export function bodyIn(info: Members): string {
  return textIn(info["fullBody"]) ?? textIn(info["note"]) ?? "";
}

function scalarsIn(value: unknown): LoadedCallLog["dispositions"] {
  const scalars: LoadedCallLog["dispositions"] = {};
  for (const [name, content] of Object.entries(membersIn(value))) {
    if (typeof content === "string" || typeof content === "number" || typeof content === "boolean") {
      scalars[name] = content;
    }
  }
  return scalars;
}

function cannotRead(crm: string): TrunklineError {
  return new TrunklineError(
    "unsupported",
    `The connector for ${crm} cannot read a log (it has no getCallLog), so this one was left as it is.`,
  );
}
