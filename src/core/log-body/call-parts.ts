/** What a call log says about a call: the value of every part that the user wants to see. */

import { callJourney, type Leg } from "./call-journey.ts";
import { type CalendarOf, formatDate } from "./date-format.ts";
import { durationInWords } from "./duration.ts";
import { isWebLink, partValue, PENDING } from "./part-value.ts";

/** Everything that may be told about a call. */
export interface CallFacts {
  readonly note?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly agentName?: string | undefined;
  readonly agentNumber?: string | undefined;
  readonly agentExtension?: string | undefined;
  readonly subject?: string | undefined;
  readonly contactNumber?: string | undefined;
  readonly direction?: "Inbound" | "Outbound" | undefined;
  /** Epoch milliseconds. */
  readonly startedAt?: number | undefined;
  readonly durationSeconds?: number | "pending" | undefined;
  readonly result?: string | undefined;
  /** A web link, or any other text while the recording is being made. */
  readonly recordingLink?: string | undefined;
  readonly voicemailLink?: string | undefined;
  readonly aiNote?: string | undefined;
  readonly transcript?: string | undefined;
  readonly ringSenseTranscript?: string | undefined;
  readonly ringSenseSummary?: string | undefined;
  readonly ringSenseAiScore?: string | number | undefined;
  readonly ringSenseBulletedSummary?: string | undefined;
  readonly ringSenseLink?: string | undefined;
  readonly legs?: readonly Leg[] | undefined;
}

/** How the user wants logs to look. */
export interface LogStyle {
  /** An IANA name, or an offset such as "+08:00". */
  readonly timeZone: string;
  /** The user's settings: key to `{ value }`; what is missing has App Connect's default. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Kept from one text to the next, where there are many. */
  readonly calendarOf?: CalendarOf;
}

/** `direction` has no line of its own: it chooses the label of the contact's number. */
export type CallPartName = Exclude<keyof CallFacts, "agentExtension" | "durationSeconds"> | "duration";

/** The value of each part as a person reads it, unescaped, in the normal form of `partValue`. */
export type CallParts = Partial<Record<CallPartName, string>>;

/** The parts that are switched on and have something to say. */
export function renderCallParts(facts: CallFacts, style: LogStyle): CallParts {
  const shown: CallParts = {};
  const show = (part: CallPartName, setting: [key: string, byDefault: boolean], text: string | undefined) => {
    const value = isOn(style, ...setting) ? partValue(part, text ?? "") : "";
    if (value !== "") shown[part] = value;
  };
  show("note", ["addCallLogNote", true], facts.note);
  show("sessionId", ["addCallSessionId", false], facts.sessionId);
  show("agentName", ["addRingCentralUserName", false], facts.agentName);
  show("agentNumber", ["addRingCentralNumber", false], numberAndExtension(facts));
  show("subject", ["addCallLogSubject", true], facts.subject);
  show("contactNumber", ["addCallLogContactNumber", true], facts.contactNumber);
  show("startedAt", ["addCallLogDateTime", true], dateAndTime(facts.startedAt, style));
  show("duration", ["addCallLogDuration", true], duration(facts.durationSeconds));
  show("result", ["addCallLogResult", true], facts.result);
  show("recordingLink", ["addCallLogRecording", true], link(facts.recordingLink));
  show("voicemailLink", ["addCallLogRecording", true], link(facts.voicemailLink));
  show("aiNote", ["addCallLogAiNote", true], facts.aiNote);
  show("transcript", ["addCallLogTranscript", true], facts.transcript);
  show("ringSenseTranscript", ["addCallLogRingSenseRecordingTranscript", true], facts.ringSenseTranscript);
  show("ringSenseSummary", ["addCallLogRingSenseRecordingSummary", true], facts.ringSenseSummary);
  show("ringSenseAiScore", ["addCallLogRingSenseRecordingAIScore", true], facts.ringSenseAiScore?.toString());
  show(
    "ringSenseBulletedSummary",
    ["addCallLogRingSenseRecordingBulletedSummary", true],
    facts.ringSenseBulletedSummary,
  );
  show("ringSenseLink", ["addCallLogRingSenseRecordingLink", true], link(facts.ringSenseLink));
  show("legs", ["addCallLogLegs", true], callJourney(facts.legs ?? []));
  if (shown.contactNumber !== undefined && facts.direction !== undefined) shown.direction = facts.direction;
  return shown;
}

function isOn(style: LogStyle, key: string, byDefault: boolean): boolean {
  const value = settingValue(style, key);
  return typeof value === "boolean" ? value : byDefault;
}

function settingValue({ settings }: LogStyle, key: string): unknown {
  const setting = settings[key];
  return typeof setting === "object" && setting !== null && "value" in setting ? setting.value : undefined;
}

function numberAndExtension({ agentNumber, agentExtension }: CallFacts): string {
  return [agentNumber, agentExtension].filter(Boolean).join(" ");
}

function dateAndTime(startedAt: number | undefined, style: LogStyle): string | undefined {
  if (startedAt === undefined) return undefined;
  const pattern = settingValue(style, "logDateFormat");
  const usable = typeof pattern === "string" && pattern.trim() !== "";
  return formatDate(startedAt, usable ? pattern : "YYYY-MM-DD hh:mm:ss A", style.timeZone, style.calendarOf);
}

function duration(seconds: CallFacts["durationSeconds"]): string | undefined {
  if (seconds === undefined) return undefined;
  return typeof seconds === "number" && Number.isFinite(seconds) ? durationInWords(seconds) : PENDING;
}

function link(text: string | undefined): string | undefined {
  if (!text) return undefined;
  return isWebLink(text) ? text : PENDING;
}
