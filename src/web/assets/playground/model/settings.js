/** The user's settings: the extension's own about what a log says, and those that the manifest adds for its CRM. */

/** @import { Ask, SettingItem, SettingSection } from "../types.d.ts" */
/** @import { Notices } from "./notices.js" */
/** @import { Session } from "./session.js" */

import { at } from "./reading.js";

/** @typedef {ReturnType<typeof createSettings>} Settings */

/** @type {readonly [key: string, name: string, byDefault: boolean][]} */
const LINES_OF_A_LOG = [
  ["addCallLogNote", "Note", true],
  ["addCallSessionId", "Session id", false],
  ["addRingCentralUserName", "Your name", false],
  ["addRingCentralNumber", "Your number", false],
  ["addCallLogSubject", "Subject", true],
  ["addCallLogContactNumber", "Contact's number", true],
  ["addCallLogDateTime", "Date and time", true],
  ["addCallLogDuration", "Duration", true],
  ["addCallLogResult", "Result", true],
  ["addCallLogRecording", "Recording", true],
  ["addCallLogAiNote", "AI note", true],
  ["addCallLogTranscript", "Transcript", true],
];

/** Every client has these, whatever the CRM. @type {readonly SettingSection[]} */
export const CLIENT_SECTIONS = [
  {
    id: "logDetails",
    name: "What a call's log says",
    items: [
      ...LINES_OF_A_LOG.map(([id, name, defaultValue]) => ({ id, type: "boolean", name, defaultValue })),
      {
        id: "logDateFormat",
        type: "inputField",
        name: "Format of date and time",
        placeholder: "YYYY-MM-DD hh:mm:ss A",
        defaultValue: "",
      },
    ],
  },
  {
    id: "phoneFormats",
    name: "How the CRM spells numbers",
    items: [
      {
        id: "overridingPhoneNumberFormat",
        type: "inputField",
        name: "Format to search for as well",
        helper: "Each * stands for a digit",
        placeholder: "(***) ***-****",
        defaultValue: "",
      },
    ],
  },
];

/** @param {{ ask: Ask, session: Session, notices: Notices }} parts */
export function createSettings({ ask, session, notices }) {
  return {
    /** @param {Record<string, unknown>} changed Values by key. */
    async save(changed) {
      const userSettings = Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, { value }]));
      const answer = await ask("POST", "/user/settings", { body: { userSettings } });
      if (!answer.ok) return;
      session.learnSettings(at(answer.body, "userSettings"));
      notices.show("Settings saved.", "good");
    },
  };
}

/** What a setting is, the default where the user has none. @param {Session} session @param {SettingItem} item */
export function valueOf(session, item) {
  return session.setting(item.id, item.defaultValue);
}
