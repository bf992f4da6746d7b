/** From the client's call record to the facts that Trunkline keeps: tokens stripped from links, sides told apart. */

import type { CallFacts } from "../../core/calls/call-content.ts";
import { withoutTokens } from "../../core/media-link.ts";
import { numberOf } from "../../core/messages/sent-messages.ts";
import { defined } from "../../sdk/defined.ts";
import type { CreateCallLogBody, Insights, LogInfo, Party, UpdateCallLogBody, WireLeg } from "../schemas/call.ts";
import { momentFrom } from "./moment.ts";

type Direction = LogInfo["direction"];

/** What a new call is known to be. */
export function factsOfCall(body: CreateCallLogBody): CallFacts {
  const { logInfo, note } = body;
  return defined({
    note,
    sessionId: String(logInfo.sessionId),
    telephonySessionId: logInfo.telephonySessionId?.toString(),
    direction: logInfo.direction,
    ...sidesOf(logInfo.direction, logInfo.from, logInfo.to),
    startedAt: momentFrom("logInfo.startTime", logInfo.startTime),
    durationSeconds: secondsFrom(logInfo.duration),
    result: logInfo.result,
    recordingLink: link(logInfo.recording?.link),
    legs: legsFrom(logInfo.legs),
    ...insightsFrom(body),
  });
}

/** What an update says anew; everything else stays as it is. */
export function factsOfUpdate(body: UpdateCallLogBody): CallFacts {
  // The edit form sends a subject, and then an empty note means "cleared"; the background sync sends none and means "no change".
  const note = body.note === "" && body.subject === undefined ? undefined : body.note;
  return defined({
    note,
    direction: body.direction,
    ...sidesOf(body.direction, body.from, body.to),
    startedAt: momentFrom("startTime", body.startTime),
    durationSeconds: secondsFrom(body.duration),
    result: body.result,
    recordingLink: link(body.recordingLink),
    legs: legsFrom(body.legs),
    ...insightsFrom(body),
  });
}

/** The contact is on the far side: the caller of an inbound call, the called of an outbound one. */
function sidesOf(direction: Direction, from: Party | undefined, to: Party | undefined) {
  if (direction === undefined) return {};
  const [contact, agent] = direction === "Inbound" ? [from, to] : [to, from];
  return {
    contactNumber: numberOf(contact),
    agentName: agent?.name,
    agentNumber: agent?.phoneNumber,
    agentExtension: agent?.extensionNumber?.toString(),
  };
}

function insightsFrom(body: Insights): CallFacts {
  return defined({
    aiNote: body.aiNote,
    transcript: body.transcript,
    ringSenseTranscript: body.ringSenseTranscript,
    ringSenseSummary: body.ringSenseSummary,
    ringSenseAiScore: scoreFrom(body.ringSenseAIScore),
    ringSenseBulletedSummary: body.ringSenseBulletedSummary,
    ringSenseLink: link(body.ringSenseLink),
    voicemailLink: link(body.voicemailLink),
  });
}

/** "pending" and any other text that is not a number: the call or its record is not finished. */
function secondsFrom(duration: number | string | undefined): number | "pending" | undefined {
  if (duration === undefined || duration === "") return undefined;
  const seconds = Number(duration);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds) : "pending";
}

function link(address: string | undefined): string | undefined {
  return address === undefined || address === "" ? undefined : withoutTokens(address);
}

function scoreFrom(score: unknown): string | undefined {
  if (typeof score === "string" || typeof score === "number") return String(score);
  if (typeof score !== "object" || score === null) return undefined;
  return Object.entries(score)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}

function legsFrom(legs: readonly WireLeg[] | undefined): CallFacts["legs"] {
  return legs?.map((leg) => {
    const seconds = secondsFrom(leg.duration);
    return defined({
      direction: leg.direction,
      from: leg.from && partyFrom(leg.from),
      to: leg.to && partyFrom(leg.to),
      duration: typeof seconds === "number" ? seconds : undefined,
    });
  });
}

function partyFrom(party: Party) {
  return defined({
    name: party.name,
    phoneNumber: party.phoneNumber,
    extensionNumber: party.extensionNumber?.toString(),
  });
}
