/** Logs calls with the requests of the extension: at once, then what becomes known later, then what a person edits. */

/** @import { Answer, Ask, Call, LiveEvent, Submission } from "../types.d.ts" */
/** @import { Callers } from "./callers.js" */
/** @import { Calls } from "./calls.js" */
/** @import { Notices } from "./notices.js" */
/** @import { Session } from "./session.js" */

import { count } from "../../shared/words.js";
import { callLogBody, detailsIn, sidesOfCall } from "./call-log-body.js";
import { callerName } from "./callers.js";
import { resultOf, talkSeconds } from "./calls.js";
import { sendable } from "./fields.js";
import { afterAnswer, afterAttempt, saving } from "./log-state.js";
import { INSIGHTS, recordingOf } from "./ring-central.js";
import { listAt, objectAt, textAt } from "./reading.js";

/** @typedef {ReturnType<typeof createCallLogs>} CallLogs */

/** @param {{ ask: Ask, callers: Callers, calls: Calls, notices: Notices, session: Session, written: () => void }} parts */
export function createCallLogs({ ask, callers, calls, notices, session, written }) {
  /**
   * Sends something about a log and keeps how it stands then.
   * @param {string} sessionId
   * @param {() => Promise<Answer>} send
   */
  async function keepingState(sessionId, send) {
    const before = calls.get(sessionId)?.log;
    if (before === undefined) return undefined;
    calls.change(sessionId, (call) => ({ ...call, log: saving(call.log) }));
    const answer = await send();
    calls.change(sessionId, (call) => ({ ...call, log: afterAnswer(before, call.log, answer) }));
    written();
    return answer;
  }

  /** @param {Call} call */
  const sidesOf = (call) => sidesOfCall(call, session.store.get().name);

  /** @param {string} sessionId @param {object} members */
  const patch = (sessionId, members) =>
    keepingState(sessionId, () => ask("PATCH", "/callLog", { body: { sessionId, ...members } }));

  /** After a log by hand, and whenever the choice changes. @param {Call} call @param {Submission} submission */
  async function dispose({ sessionId, note }, submission) {
    const chosen = sendable(submission);
    if (session.store.get().platform?.disableDisposition === true || Object.keys(chosen).length === 0) return;
    await keepingState(sessionId, () =>
      ask("PUT", "/callDisposition", {
        body: { sessionId, dispositions: { ...chosen, note }, additionalSubmission: chosen },
      }),
    );
  }

  /** Which of the calls are logged: every visible session in one request, as the extension asks. Answers how many are. */
  async function refresh() {
    const ids = calls.store.get().calls.map(({ sessionId }) => sessionId);
    if (ids.length === 0) return 0;
    const answer = await ask("GET", "/callLog", { query: `sessionIds=${ids.join(",")}&requireDetails=false` });
    const logged = listAt(answer.body, "logs").filter((log) => textAt(log, "logId") !== "");
    for (const log of logged) {
      const logId = textAt(log, "logId");
      const state = logId.startsWith("pending-") ? "waiting" : "written";
      calls.change(textAt(log, "sessionId"), (call) => ({ ...call, log: { ...call.log, state, logId } }));
    }
    return logged.length;
  }

  return {
    /** @param {Call} call */
    async save(call) {
      const { sessionId } = call;
      const contact = await callers.settle(call.caller, (next) => calls.changeCaller(sessionId, next));
      if (contact === undefined) return;
      const submission = sendable(call.submission);
      const answer = await keepingState(sessionId, () =>
        ask("POST", "/callLog", {
          body: callLogBody(call, { contact, submission, formats: callers.formats(), sides: sidesOf(call) }),
        }),
      );
      if (answer?.ok === true && objectAt(answer.body)["successful"] === true) await dispose(call, submission);
    },

    /** The call record has arrived. @param {Call} call */
    recordArrives: (call) =>
      patch(call.sessionId, {
        startTime: call.startedAt,
        duration: talkSeconds(call),
        result: resultOf(call),
        direction: call.direction,
        ...sidesOf(call),
      }),

    /** Its link carries a token, as RingCentral's do: it must reach neither the CRM nor a log. @param {Call} call */
    recordingArrives(call) {
      const { link, withToken } = recordingOf(call.sessionId);
      calls.change(call.sessionId, (now) => ({ ...now, later: [...now.later, "recording"] }));
      return patch(call.sessionId, { recordingLink: link, recordingDownloadLink: withToken });
    },

    /** @param {Call} call */
    insightsArrive(call) {
      calls.change(call.sessionId, (now) => ({ ...now, later: [...now.later, "insights"] }));
      return patch(call.sessionId, INSIGHTS);
    },

    /** What stands in the CRM now, for the form in which it is edited. @param {Call} call */
    async details({ sessionId }) {
      const answer = await ask("GET", "/callLog", { query: `sessionIds=${sessionId}&requireDetails=true` });
      const [log] = listAt(answer.body, "logs");
      return detailsIn(log);
    },

    /** @param {Call} call @param {{ subject: string, note: string, submission: Submission }} edited */
    async edit(call, { subject, note, submission }) {
      calls.change(call.sessionId, (now) => ({ ...now, subject, note, submission }));
      await patch(call.sessionId, { subject, note });
      await dispose({ ...call, note }, submission);
    },

    refresh,
    /** The same, for somebody who asked. */
    async check() {
      const logged = await refresh();
      notices.show(`${logged} of ${count(calls.store.get().calls.length, "call")} logged.`, "quiet");
    },

    /** @param {LiveEvent} event */
    attempted(event) {
      if (textAt(event, "kind") !== "call") return;
      const sessionId = textAt(event, "sourceKey");
      const before = calls.get(sessionId);
      calls.change(sessionId, (call) => ({ ...call, log: afterAttempt(call.log, event) }));
      const arrived = before?.log.state === "waiting" && textAt(event, "state") === "written";
      if (arrived) notices.show(`The log of the call with ${callerName(before.caller)} has arrived.`, "good");
    },
  };
}
