/** An entry's state in words: what it means for the CRM, what happens next, and what one can do. */

/** @import { Entry } from "../types.d.ts" */

import { span } from "./moments.js";

/** @typedef {"good" | "warn" | "bad" | "other" | "info" | "quiet"} Tone */

/** One or two words and their colour. @param {Entry} entry @returns {{ word: string, tone: Tone }} */
export function stateOf({ state, lastError, waitsForYou }) {
  switch (state) {
    case "pending":
      return lastError === undefined ? { word: "on its way", tone: "info" } : { word: "waiting", tone: "warn" };
    case "sending":
      return { word: "being written", tone: "info" };
    case "uncertain":
      return waitsForYou ? { word: "needs you", tone: "bad" } : { word: "uncertain", tone: "other" };
    case "refused":
      return { word: "refused", tone: "bad" };
    case "written":
      return { word: "written", tone: "good" };
    case "dropped":
      return { word: "given up", tone: "quiet" };
  }
}

/** What the state means. @param {Entry} entry */
export function meaningOf(entry) {
  const { state, logId, needsFinding, waitsForYou, crm } = entry;
  switch (state) {
    case "pending":
      return logId === undefined
        ? `Kept here, not in ${crm} yet.`
        : `It is in ${crm}, but not with its newest content yet.`;
    case "sending":
      return "It is being written at this moment.";
    case "uncertain":
      if (needsFinding) return `It may be in ${crm} or not, and this CRM cannot be asked: only a person can find out.`;
      return waitsForYou
        ? `It may be in ${crm} or not, and looking for it has failed for three days.`
        : `It may be in ${crm} or not: it is looked for before anything is written again.`;
    case "refused":
      return `${crm} did not take it, and it is not tried again by itself.`;
    case "written":
      return `It is in ${crm}.`;
    case "dropped":
      return "It was given up: its content is gone, and it will not be written.";
  }
}

/** When something happens without anybody's doing. @param {Entry} entry @param {number} now */
export function nextOf({ state, nextAttemptAt, leaseUntil = 0, waitsForYou }, now) {
  if (state === "sending") return leaseUntil < now ? "now: its sender died" : "under way";
  if (waitsForYou) return "waits for you";
  if (state === "refused") return "when you ask";
  if (state === "written" || state === "dropped" || nextAttemptAt === undefined) return "—";
  return nextAttemptAt <= now ? "now" : `in ${span(nextAttemptAt - now)}`;
}

/** @param {Entry} entry */
export function adviceOn({ state, needsFinding, waitsForYou, lastErrorCode, user, crm }) {
  if (state === "written" || state === "dropped") return undefined;
  if (needsFinding) return `Look into ${crm} for the marker or for the log itself, then say what you found.`;
  if (waitsForYou) return "Retry looks for it once more.";
  if (state === "refused") return "Put right what the reason names, then retry.";
  const needsLogin = lastErrorCode === "crm-session-ended" || lastErrorCode === "not-connected";
  return needsLogin || !user.connected ? `${user.name} has to connect to ${crm} again: that wakes it.` : undefined;
}

/** @param {Entry} entry */
export function kindOf({ kind }) {
  return kind === "call" ? "Call" : "Conversation";
}
