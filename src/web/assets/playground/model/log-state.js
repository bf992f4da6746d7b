/** Where a log stands: from the answer to the request that sent it, and from what the server tells later. */

/** @import { Answer, LiveEvent, LogState } from "../types.d.ts" */

import { at, textAt } from "./reading.js";

/** @type {LogState} */
export const NOT_LOGGED = { state: "none", logId: undefined, said: undefined, attempt: 0, at: 0 };

/** While it is sent. @param {LogState} log @returns {LogState} */
export function saving(log) {
  return { ...log, state: "saving", said: undefined, attempt: 0, at: Date.now() };
}

/**
 * @param {LogState} before What it was when the request was sent.
 * @param {LogState} now What the server has told meanwhile is newer than its answer.
 * @param {Answer} answer
 * @returns {LogState}
 */
export function afterAnswer(before, now, { ok, body }) {
  const said = textAt(body, "returnMessage", "message") || (typeof body === "string" ? body : undefined);
  const logId = textAt(body, "logId") || now.logId;
  const accepted = ok && at(body, "successful") === true;
  if (!accepted) return before.state === "none" ? { ...now, state: "refused", said } : { ...before, said };
  // An answer without an id is one to a conversation, where only the notice tells.
  const waits = logId?.startsWith("pending-") === true || textAt(body, "returnMessage", "messageType") === "warning";
  if (waits && now.state === "written") return now;
  if (!waits) return { ...now, state: "written", logId, said, at: Date.now() };
  // What an attempt failed of is said more shortly than in the answer.
  return { ...now, state: "waiting", logId, said: now.attempt > 0 ? now.said : said };
}

/** @param {LogState} log @param {LiveEvent} event An attempt that came to an end. @returns {LogState} */
export function afterAttempt(log, event) {
  const state = textAt(event, "state");
  const attempt = Number(event["attempt"] ?? 0);
  const logId = textAt(event, "logId") || log.logId;
  const said = textAt(event, "reason") || undefined;
  if (state === "written") return { ...log, state: "written", logId, attempt, said: undefined, at: event.at };
  if (state === "refused") return { ...log, state: "refused", logId, attempt, said, at: event.at };
  return { ...log, state: log.state === "saving" ? "saving" : "waiting", attempt, said: said ?? log.said };
}
