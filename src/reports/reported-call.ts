/** From a record of RingCentral's call log to what a report counts. */

import type { CallPart, CallRecord } from "../ringcentral/call-records.ts";

/** The part that one extension had in a call. */
export interface ExtensionPart {
  extensionId: string;
  isConnected: boolean;
  /** In conversation. */
  seconds: number;
}

export interface ReportedCall {
  id: string;
  sessionId: string;
  /** Epoch milliseconds. */
  startTime: number;
  direction: "Inbound" | "Outbound";
  /** Of the whole call, as RingCentral counts it. */
  durationSeconds: number;
  isConnected: boolean;
  /** In conversation: nobody talks to a voicemail box. */
  seconds: number;
  /** Which of the company's numbers was called, or was shown to whom was called. */
  companyNumber: string | undefined;
  /** Everybody who took part, or whose telephone rang. */
  parts: readonly ExtensionPart[];
}

/** Results of a call in which two people spoke ("CallResultEnum" of the API document, copy of 2026-08-13). */
const CONNECTED = new Set(["Accepted", "Call connected", "Answered Not Accepted"]);

/** Undefined for what no report counts: a fax, a call that goes on, and one that was deleted. */
export function reportedCall(record: CallRecord): ReportedCall | undefined {
  const { direction, durationSeconds, from, id, legs, sessionId, startTime, to } = record;
  if (record.type !== "Voice" || record.isDeleted || record.result === "In Progress") return undefined;
  const own = direction === "Inbound" ? to : from;
  const parts = legs.flatMap((leg) => partOf(leg, leg.extensionId));
  const named = parts.length > 0 ? parts : partOf(record, record.extensionId ?? own.extensionId);
  const companyNumber = own.phoneNumber;
  const outcome = outcomeOf(record);
  return { id, sessionId, startTime, direction, durationSeconds, ...outcome, companyNumber, parts: named };
}

function partOf(part: CallPart, extensionId: string | undefined): ExtensionPart[] {
  return extensionId === undefined ? [] : [{ extensionId, ...outcomeOf(part) }];
}

function outcomeOf({ durationSeconds, result = "" }: CallPart) {
  const isConnected = CONNECTED.has(result);
  return { isConnected, seconds: isConnected ? durationSeconds : 0 };
}
