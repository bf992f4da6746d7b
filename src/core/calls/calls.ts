/** Calls: log one, load what stands in the CRM, update it, say which deal it belongs to. Every session has one record. */

import type { LogContact, Submission } from "../../sdk/connector.ts";
import type { AccountKey } from "../../store/account-settings.ts";
import type { CachedNoteStore } from "../../store/cached-notes.ts";
import type { EntryKey } from "../../store/entry-places.ts";
import type { LogEntry } from "../../store/log-entries.ts";
import type { StoredUser } from "../../store/users.ts";
import type { CrmReacher } from "../crm-reach.ts";
import type { Observations } from "../observations.ts";
import type { Intent } from "../ledger/acceptance.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { logAccepted, type LogOutcome, type OnAccepted, outcomeWithin } from "../log-outcome.ts";
import { type CallFacts, readWantedCall, type WantedCall } from "./call-content.ts";
import { type CallPlace, knownCallKey, newCallKey } from "./call-key.ts";

export interface CallToLog extends CallPlace {
  contact: LogContact;
  subject: string;
  facts: CallFacts;
  submission: Submission;
  /** The colleague whose record it shall be; undefined: the user's own. */
  owner?: string | undefined;
  /** A service logs for somebody whose browser may have handed the note over before. */
  service?: LoggingService | undefined;
}

/** Who logs where no browser does. */
export interface LoggingService {
  /** Whose notes may be meant beside the user's own: a colleague's, or, without an id, those of everybody in the account. */
  notesOf?: { account: AccountKey; crmUserId: string | undefined } | undefined;
  /** Users who filled in what the CRM wants to know before it is logged to without a browser; a later one's word counts more. */
  filledInBy: readonly string[];
}

/** Members that are absent stay as they are; a note of "" clears the note. */
export interface CallChange extends CallPlace {
  subject: string | undefined;
  facts: CallFacts;
  submission: Submission;
}

export interface Calls {
  /** Logging a session again answers with its record; a note that only the later request carries is added to it. */
  log(user: StoredUser, call: CallToLog, onAccepted?: OnAccepted): Promise<LogOutcome & { note: string }>;
  /** Undefined where the session was never logged. */
  update(
    user: StoredUser,
    change: CallChange,
    onAccepted?: OnAccepted,
  ): Promise<(LogOutcome & { note: string }) | undefined>;
  /** Adds to what the note says; what it says already is not added again. Undefined where the session was never logged. */
  addNote(user: StoredUser, sourceKey: string, note: string): Promise<LogOutcome | undefined>;
  cacheNote(user: StoredUser, sessionId: string, note: string): Promise<void>;
}

export interface CallsDependencies {
  ledger: Ledger;
  reacher: CrmReacher;
  notes: CachedNoteStore;
  observations: Observations;
}

export function createCalls({ ledger, reacher, notes, observations }: CallsDependencies): Calls {
  async function owe(
    user: StoredUser,
    key: EntryKey,
    decide: (present: LogEntry | undefined) => Intent | undefined,
    onAccepted?: OnAccepted,
  ) {
    const crmName = reacher.of(user).connector.displayName;
    const submitted = await ledger.submit(key, decide);
    if (submitted === undefined) return undefined;
    const { entry, delivery } = submitted;
    const wanted = entry.wanted && readWantedCall(entry.wanted);
    observations.report(logAccepted(entry, wanted?.contact.phoneNumber));
    const [outcome] = await Promise.all([outcomeWithin(entry, delivery, crmName), onAccepted?.(entry)]);
    return { ...outcome, note: wanted?.facts.note ?? "" };
  }

  async function withCachedNote(user: StoredUser, call: CallToLog): Promise<CallToLog> {
    const { note } = call.facts;
    if (note !== undefined && (note !== "" || call.service === undefined)) return call;
    const cached = (await notes.read(user.id, call.sessionId)) ?? (await colleaguesNote(call));
    return cached === undefined ? call : { ...call, facts: { ...call.facts, note: cached } };
  }

  async function colleaguesNote({ sessionId, service }: CallToLog): Promise<string | undefined> {
    if (service?.notesOf === undefined) return undefined;
    const { account, crmUserId } = service.notesOf;
    const handedOver = await notes.ofAccount(account, sessionId);
    return handedOver.find((one) => crmUserId === undefined || one.crmUserId === crmUserId)?.note;
  }

  return {
    async log(user, posted, onAccepted) {
      const call = await withCachedNote(user, posted);
      const outcome = await owe(user, newCallKey(user, call), (present) => toLog(present, call), onAccepted);
      if (outcome === undefined) throw new Error("A call that was accepted has no ledger entry.");
      return outcome;
    },

    update: (user, change, onAccepted) =>
      owe(user, knownCallKey(user, change), (present) => present && toChange(present, change), onAccepted),

    addNote: (user, sourceKey, note) =>
      owe(user, newCallKey(user, { sessionId: sourceKey }), (present) => {
        if (present === undefined) return undefined;
        const before = present.wanted === undefined ? undefined : readWantedCall(present.wanted).facts.note;
        const facts = { note: bothNotes(before, note) };
        return toChange(present, { subject: undefined, facts, submission: {} });
      }),

    async cacheNote(user, sessionId, note) {
      await notes.keep(user.id, sessionId, note);
    },
  };
}

function toLog(present: LogEntry | undefined, call: CallToLog): Intent | undefined {
  const { contact, subject, facts, submission, owner, service } = call;
  const wanted: WantedCall = {
    contact,
    subject,
    facts,
    submission,
    ...(owner === undefined ? {} : { owner }),
    ...(service === undefined ? {} : { service: { filledInBy: [...service.filledInBy] } }),
  };
  if (present === undefined) return { contactId: contact.id, wanted };
  if (present.wanted === undefined) {
    // Its user removed the app while it was on its way, and is back: it is looked for, and written where it is not there.
    const wasOnItsWay = present.state === "uncertain" && present.logId === undefined;
    return wasOnItsWay ? { contactId: contact.id, wanted } : undefined;
  }
  const before = readWantedCall(present.wanted);
  const note = bothNotes(before.facts.note, facts.note);
  // A record that stands in the CRM is not rewritten by a second posting; only a note must not be lost.
  const after = present.logId === undefined ? wanted : before;
  const next = note === "" ? after : { ...after, facts: { ...after.facts, note } };
  return intentTo(present, before, next);
}

function toChange(present: LogEntry, change: Omit<CallChange, "sessionId">): Intent | undefined {
  // Dropped before it was written: there is nothing that a change could belong to.
  if (present.wanted === undefined && present.logId === undefined) return undefined;
  const before: WantedCall =
    present.wanted === undefined
      ? { contact: { id: present.contactId }, subject: "", facts: {}, submission: {} }
      : readWantedCall(present.wanted);
  const next = {
    ...before,
    subject: change.subject ?? before.subject,
    facts: changedFacts(before.facts, change.facts),
    submission: { ...before.submission, ...change.submission },
  };
  return intentTo(present, before, next);
}

function intentTo(present: LogEntry, before: WantedCall, next: WantedCall): Intent | undefined {
  const unchanged = JSON.stringify(before) === JSON.stringify(next);
  // What was refused is tried again when a person asks again.
  return unchanged && present.state !== "refused" ? undefined : { contactId: next.contact.id, wanted: next };
}

/** What is known stays known: a later "pending" does not take it back. */
function changedFacts(before: CallFacts, change: CallFacts): CallFacts {
  const next = { ...before, ...change };
  if (change.durationSeconds === "pending" && typeof before.durationSeconds === "number") {
    next.durationSeconds = before.durationSeconds;
  }
  if (isLink(before.recordingLink) && !isLink(change.recordingLink)) next.recordingLink = before.recordingLink;
  return next;
}

function isLink(text: string | undefined): text is string {
  return text?.startsWith("http") === true;
}

/** Two tabs may log the same call with different notes: neither is lost. */
function bothNotes(before: string | undefined, later: string | undefined): string {
  const [one, other] = [before ?? "", later ?? ""];
  if (one.includes(other)) return one;
  return other.includes(one) ? other : `${one}\n${other}`;
}
