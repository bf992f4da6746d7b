/** Writes a call into a CRM: a new record in one piece, a known one by merging what changed into what stands there. */

import { asTrunklineError, TrunklineError } from "../../sdk/errors.ts";
import type { KnownCall } from "../../sdk/log-facts.ts";
import type { JsonObject } from "../../store/json.ts";
import { composeCallBody, mergeCallBody, readCallBody } from "../log-body/call-body.ts";
import { type CalendarOf, createCalendars } from "../log-body/date-format.ts";
import { renderCallParts } from "../log-body/call-parts.ts";
import {
  type CrmReach,
  type FilledIn,
  markerOf,
  type RecordWriter,
  type WantedEntry,
} from "../ledger/record-writer.ts";
import { readWantedCall, readWrittenCall, type WantedCall, type WrittenCall } from "./call-content.ts";

/** A record cannot be older than its entry, but the CRM's clock may be behind ours. */
export const CLOCK_SKEW_MS = 10 * 60 * 1000;

export function createCallWriter({ filledIn }: { filledIn: FilledIn }): RecordWriter {
  const calendarOf = createCalendars();

  /** What was filled in is handed over with each request and kept nowhere else: it may hold secrets. */
  async function knownCall(
    { connector: { platform } }: CrmReach,
    { sourceKey }: WantedEntry,
    { contact, facts, service, submission }: WantedCall,
  ): Promise<KnownCall> {
    const known = { sessionId: facts.sessionId ?? sourceKey, contact, facts, isLoggedByService: service !== undefined };
    return { ...known, submission: { ...(await filledIn(platform, service?.filledInBy ?? [])), ...submission } };
  }

  return {
    async create(reach, entry) {
      const wanted = readWantedCall(entry.wanted);
      const written = writtenFrom(reach, wanted, calendarOf);
      const call = await knownCall(reach, entry, wanted);
      const reference = await reach.connector.createCallLog(
        reach,
        {
          marker: markerOf(entry),
          contact: wanted.contact,
          direction: wanted.facts.direction,
          subject: wanted.subject,
          body: composeCallBody(written.parts, reach.connector.logFormat),
          startedAt: written.startedAt,
          durationSeconds: written.durationSeconds,
          submission: call.submission,
          owner: wanted.owner,
        },
        call,
      );
      return { ...reference, written };
    },

    async update(reach, entry, logId) {
      const wanted = readWantedCall(entry.wanted);
      const known = readWrittenCall(entry.written);
      const after = writtenFrom(reach, wanted, calendarOf);
      const told = new Set([...Object.keys(after.parts), ...(wanted.facts.note === "" ? ["note"] : [])]);
      const before = known && { ...known, parts: { ...only(known.adopted, told, true), ...known.parts } };
      const call = await knownCall(reach, entry, wanted);
      const change = { logId, contactId: entry.contactId, before, after, call };
      const { adopted } = await updateRecord(reach, change);
      const text = { ...after, adopted: only(adopted ?? known?.adopted, told, false) };
      await dispose(reach, { ...change, before: known }).catch((thrown: unknown) => {
        throw standing(thrown, { ...text, submission: known?.submission ?? {} });
      });
      return text;
    },

    canFind: ({ connector }) => connector.findCallLog !== undefined,

    async find(reach, entry) {
      const contactId = readWantedCall(entry.wanted).contact.id;
      const since = entry.createdAt - CLOCK_SKEW_MS;
      return reach.connector.findCallLog?.(reach, { marker: markerOf(entry), contactId, since });
    },

    asWritten: (reach: CrmReach, entry: WantedEntry): JsonObject =>
      writtenFrom(reach, readWantedCall(entry.wanted), calendarOf),
  };
}

interface RecordChange {
  logId: string;
  contactId: string;
  /** Undefined where it is not known what we last wrote. */
  before: WrittenCall | undefined;
  after: WrittenCall;
  call: KnownCall;
}

/**
 * Reads and writes the record, unless nothing that stands in it changed. Where it is not known what we last wrote, answers
 * what stood there: a later change of those parts replaces them instead of taking them for a person's.
 */
async function updateRecord(
  reach: CrmReach,
  { logId, contactId, before, after, call }: RecordChange,
): Promise<{ adopted: WrittenCall["adopted"] }> {
  const { connector } = reach;
  const subject = after.subject === before?.subject || after.subject === "" ? undefined : after.subject;
  const startedAt = after.startedAt === before?.startedAt ? undefined : after.startedAt;
  const durationSeconds = after.durationSeconds === before?.durationSeconds ? undefined : after.durationSeconds;
  const sameText = before !== undefined && sameValues(before.parts, after.parts);
  if (sameText && subject === undefined && startedAt === undefined && durationSeconds === undefined)
    return { adopted: undefined };
  let adopted: WrittenCall["adopted"];
  let isThere: boolean | undefined;
  const revise = (body: string): string => {
    if (before === undefined) adopted = readCallBody(body, connector.logFormat);
    const revised = mergeCallBody(body, { written: before?.parts, wanted: after.parts }, connector.logFormat);
    isThere = revised === body;
    return revised;
  };
  try {
    await connector.updateCallLog(reach, { logId, contactId, subject, startedAt, durationSeconds, revise }, call);
  } catch (thrown) {
    const failure = asTrunklineError(thrown);
    const isRefused = failure.retry === "never" && isThere !== undefined && before !== undefined;
    // The text was read, and nothing was written since: whether an earlier update had arrived is known now.
    throw isRefused ? standing(failure, isThere ? { ...before, parts: after.parts } : before) : failure;
  }
  return { adopted };
}

/** The failure of an update of which some part stands, or is known not to stand. */
function standing(thrown: unknown, written: WrittenCall): TrunklineError {
  const { code, userMessage, facts } = asTrunklineError(thrown);
  return new TrunklineError(code, userMessage, { ...facts, standing: { ...written } });
}

/** The parts that are among `names`, or those that are not. */
function only(parts: Readonly<Record<string, string>> | undefined, names: ReadonlySet<string>, among: boolean) {
  return Object.fromEntries(Object.entries(parts ?? {}).filter(([name]) => names.has(name) === among));
}

/** Tells the CRM which deal or matter was chosen, where the choice changed since the last write. */
async function dispose(
  reach: CrmReach,
  { logId, before, after, call }: Omit<RecordChange, "contactId">,
): Promise<void> {
  const previous = before?.submission ?? {};
  if (sameValues(previous, after.submission)) return;
  await reach.connector.upsertCallDisposition?.(reach, { logId, submission: after.submission, previous }, call);
}

function writtenFrom(reach: CrmReach, wanted: WantedCall, calendarOf: CalendarOf): WrittenCall {
  const { facts, subject, submission } = wanted;
  const style = { timeZone: reach.user.timeZone, settings: reach.user.settings, calendarOf };
  return {
    parts: renderCallParts(subject === "" ? facts : { ...facts, subject }, style),
    subject,
    submission,
    ...(facts.startedAt === undefined ? {} : { startedAt: facts.startedAt }),
    ...(typeof facts.durationSeconds === "number" ? { durationSeconds: facts.durationSeconds } : {}),
  };
}

function sameValues(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}
