/** Checks that log a call and a conversation, twice each, change the call, and read it back. */

import { setTimeout } from "node:timers/promises";
import { at, listAt, textAt } from "../../../testing/wire.ts";
import { isId, isList, isNotice, objectOf, reasonIn } from "./answers.ts";
import { type Check, must, should, type Visit } from "./check.ts";
import type { Answer } from "./http.ts";
import { canDo } from "./platform.ts";
import { callLog, conversation, newSessionId, SECOND_NOTE } from "./records.ts";
import { asUser } from "./session.ts";
import { cannotWrite, withoutContact } from "./writing-contacts.ts";

/** A server may say that a log is accepted and on its way. */
const PENDING = /^pending/;
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 500;

export const LOG_WRITING_CHECKS: readonly Check[] = [
  {
    id: "log-call",
    chapter: "Writing",
    expects: "POST /callLog answers successful: true, a logId and a notice",
    why: "The extension opens the record in the CRM by this id, and shows the notice.",
    skip: (visit) => cannotWrite(visit) ?? withoutContact(visit),
    async run(visit) {
      const sessionId = newSessionId();
      const answer = await postCall(visit, sessionId);
      const body = objectOf(answer);
      const logId = at(body, "logId");
      must(at(body, "successful") === true, `successful is not true: ${reasonIn(body) || answer.line}`);
      must(isId(logId), `logId is missing: ${answer.line}`);
      visit.learnt.call = { sessionId, logId: String(logId) };
      must(isNotice(at(body, "returnMessage")), `returnMessage lacks its message or messageType: ${answer.line}`);
    },
  },
  {
    id: "log-call-again",
    chapter: "Writing",
    expects: "posting the same session again makes no second log",
    why: "Two tabs, a retry and a logging service all post the same call.",
    skip: withoutCall,
    async run(visit) {
      const { logId = "", sessionId = "" } = visit.learnt.call ?? {};
      const answer = await postCall(visit, sessionId);
      const again = at(objectOf(answer), "logId");
      const isOther = isId(again) && String(again) !== logId && !PENDING.test(String(again)) && !PENDING.test(logId);
      must(!isOther, `the first was ${logId}, the second is ${String(again)}`);
    },
  },
  {
    id: "find-call",
    chapter: "Writing",
    expects: "GET /callLog answers one log for the session, matched, with its logId",
    why: "This is how the extension knows that a call is logged.",
    skip: withoutCall,
    async run(visit) {
      const { logId = "", sessionId = "" } = visit.learnt.call ?? {};
      for (let look = 1; look <= LOOKS; look += 1) {
        const answer = await asUser(visit, { path: `/callLog?sessionIds=${sessionId}&requireDetails=false` });
        const logs = listAt(objectOf(answer), "logs").filter((log) => at(log, "sessionId") === sessionId);
        must(logs.length === 1, `${logs.length} logs came: ${answer.line}`);
        must(at(logs[0], "matched") === true, `it does not count as logged: ${answer.line}`);
        const found = at(logs[0], "logId");
        must(isId(found), `logId is missing: ${answer.line}`);
        if (!PENDING.test(String(found))) {
          return must(PENDING.test(logId) || String(found) === logId, `it was ${logId} before and is ${found} now`);
        }
        await setTimeout(BETWEEN_LOOKS_MS);
      }
      should(false, `it is still on its way after ${(LOOKS * BETWEEN_LOOKS_MS) / 1000} s`);
    },
  },
  {
    id: "update-call",
    chapter: "Writing",
    expects: "PATCH /callLog with a new note and duration answers successful: true",
    why: "Duration, recording and notes arrive after the call was logged.",
    skip: withoutCall,
    async run(visit) {
      const json = {
        sessionId: visit.learnt.call?.sessionId,
        note: SECOND_NOTE,
        duration: 75,
        result: "Call connected",
      };
      const answer = await asUser(visit, { method: "PATCH", path: "/callLog", json });
      must(
        at(objectOf(answer), "successful") === true,
        `successful is not true: ${reasonIn(answer.body) || answer.line}`,
      );
    },
  },
  {
    id: "read-call",
    chapter: "Writing",
    expects: "GET /callLog with requireDetails=true answers the new note and the subject",
    why: "The extension's form is filled with them, and saves them again.",
    skip: withoutCall,
    async run(visit) {
      const path = `/callLog?sessionIds=${visit.learnt.call?.sessionId ?? ""}&requireDetails=true`;
      const answer = await asUser(visit, { path });
      const [log] = listAt(objectOf(answer), "logs");
      const note = textAt(log, "logData", "note");
      must(note.includes(SECOND_NOTE), `logData.note is ${JSON.stringify(note)}`);
      must(textAt(log, "logData", "subject") !== "", "logData.subject is missing");
    },
  },
  {
    id: "disposition",
    chapter: "Writing",
    expects: "PUT /callDisposition answers with a notice, or successful: true",
    why: "The extension shows nothing but this notice.",
    skip: (visit) =>
      withoutCall(visit) ?? (canDo(visit, "upsertCallDisposition") === false ? "it has none" : undefined),
    async run(visit) {
      const json = { sessionId: visit.learnt.call?.sessionId, dispositions: { note: SECOND_NOTE } };
      const body = objectOf(await asUser(visit, { method: "PUT", path: "/callDisposition", json }));
      const isAnswered = at(body, "successful") === true || isNotice(at(body, "returnMessage"));
      must(isAnswered, "neither is there");
    },
  },
  {
    id: "log-conversation",
    chapter: "Writing",
    expects: "POST /messageLog answers successful: true and logIds as a list with something in it",
    why: "The extension counts logIds unguarded, and says nothing where it is empty.",
    skip: (visit) => cannotWrite(visit) ?? withoutContact(visit) ?? withoutMessages(visit),
    async run(visit) {
      const { contact } = visit.learnt;
      const json = contact === undefined ? {} : conversation(contact);
      const answer = await asUser(visit, { method: "POST", path: "/messageLog", json });
      const body = objectOf(answer);
      must(isList(at(body, "logIds")), `logIds is no list: ${answer.line}`);
      must(at(body, "successful") === true, `successful is not true: ${reasonIn(body) || answer.line}`);
      visit.learnt.conversation = json;
      must(listAt(body, "logIds").length > 0, `logIds is empty: ${answer.line}`);
    },
  },
  {
    id: "log-conversation-again",
    chapter: "Writing",
    expects: "posting the same conversation again still answers logIds as a list",
    why: "The extension posts a conversation again whenever a message was added to it.",
    skip: (visit) => (visit.learnt.conversation === undefined ? "no conversation was logged" : undefined),
    async run(visit) {
      const answer = await asUser(visit, { method: "POST", path: "/messageLog", json: visit.learnt.conversation });
      must(isList(at(objectOf(answer), "logIds")), `logIds is no list: ${answer.line}`);
    },
  },
];

function withoutCall(visit: Visit): string | undefined {
  return cannotWrite(visit) ?? (visit.learnt.call === undefined ? "no call was logged" : undefined);
}

function withoutMessages(visit: Visit): string | undefined {
  return canDo(visit, "createMessageLog") === false ? "it logs no messages" : undefined;
}

function postCall(visit: Visit, sessionId: string): Promise<Answer> {
  const { contact } = visit.learnt;
  return asUser(visit, {
    method: "POST",
    path: "/callLog",
    json: contact === undefined ? {} : callLog(sessionId, contact),
  });
}
