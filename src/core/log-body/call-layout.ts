/** The parts of a call log in their order, each with the label that App Connect gives it. */

import type { CallPartName, CallParts } from "./call-parts.ts";

/** `note` has a heading of its own, a `fact` and a `link` have one line, a `text` has many. */
export type PartShape = "note" | "fact" | "link" | "text";

/** A part that has a place in the body; a direction is only told by a label. */
export type PlacedPart = Exclude<CallPartName, "direction">;

export interface PartLayout {
  readonly part: PlacedPart;
  readonly shape: PartShape;
  readonly label: string;
  /** Where HTML spells the label otherwise. */
  readonly htmlLabel?: string;
}

export const CALL_LAYOUT: readonly PartLayout[] = [
  { part: "note", shape: "note", label: "Note" },
  { part: "sessionId", shape: "fact", label: "Session Id" },
  { part: "agentName", shape: "fact", label: "RingCentral user name" },
  { part: "agentNumber", shape: "fact", label: "RingCentral number and extension" },
  { part: "subject", shape: "fact", label: "Summary" },
  { part: "contactNumber", shape: "fact", label: "Contact Number" },
  { part: "startedAt", shape: "fact", label: "Date/Time", htmlLabel: "Date/time" },
  { part: "duration", shape: "fact", label: "Duration" },
  { part: "result", shape: "fact", label: "Result" },
  { part: "recordingLink", shape: "link", label: "Call recording link" },
  { part: "voicemailLink", shape: "link", label: "Voicemail recording link" },
  { part: "aiNote", shape: "text", label: "AI Note" },
  { part: "transcript", shape: "text", label: "Transcript" },
  { part: "ringSenseTranscript", shape: "text", label: "ACE transcript" },
  { part: "ringSenseSummary", shape: "text", label: "ACE summary" },
  { part: "ringSenseAiScore", shape: "fact", label: "Call score" },
  { part: "ringSenseBulletedSummary", shape: "text", label: "ACE bulleted summary" },
  { part: "ringSenseLink", shape: "link", label: "ACE recording link" },
  { part: "legs", shape: "text", label: "Call journey" },
];

/** The headings around a note in HTML and Markdown. */
export const NOTE_HEADING = "Agent notes";
export const DETAILS_HEADING = "Call details";

/** The contact's number by the call's direction, in HTML and Markdown; "Contact Number" while the direction is unknown. */
export const CONTACT_NUMBER_LABELS: Readonly<Record<string, string>> = {
  Inbound: "Caller phone number",
  Outbound: "Recipient phone number",
};

/** The label of the contact's number where it tells the direction, else the part's own. */
export function labelTelling(direction: CallParts["direction"], { part, label }: PartLayout): string {
  return (part === "contactNumber" ? CONTACT_NUMBER_LABELS[direction ?? ""] : undefined) ?? label;
}
