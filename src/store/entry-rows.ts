/** How an entry of the ledger stands in its table: its columns, and its content sealed. */

import type { Selectable, Updateable } from "kysely";
import { type JsonObject, readJsonObject } from "./json.ts";
import type { EntryChange, LogEntry, NewEntry } from "./log-entries.ts";
import type { LogEntryTable } from "./schema.ts";
import { timeOrderedId } from "./time-ordered-id.ts";
import type { Vault } from "./vault.ts";

type EntryRow = Updateable<LogEntryTable>;

/** What a new row says. */
export const NEW_ENTRY_COLUMNS = {
  id: "text",
  user_id: "text",
  kind: "text",
  source_key: "text",
  contact_id: "text",
  state: "text",
  wanted: "text",
  wanted_version: "bigint",
  written_version: "bigint",
  sent: "text",
  sent_version: "bigint",
  attempts: "bigint",
  next_attempt_at: "bigint",
  lease_until: "bigint",
  owed_since: "bigint",
  created_at: "bigint",
  updated_at: "bigint",
  shared_log_id: "text",
} as const;
/** What rows say later. */
export const ENTRY_COLUMNS = {
  ...NEW_ENTRY_COLUMNS,
  written: "text",
  log_id: "text",
  hold_until: "bigint",
  last_error: "text",
  last_error_code: "text",
  written_at: "bigint",
} as const;

/** In place of what was sent, while that is what is wanted: the same content is not sealed and stored twice. */
const AS_WANTED = "=";

const NOTHING_YET = {
  state: "pending",
  wantedVersion: 1,
  written: undefined,
  writtenVersion: 0,
  sent: undefined,
  sentVersion: 0,
  logId: undefined,
  attempts: 0,
  holdUntil: undefined,
  leaseUntil: undefined,
  lastError: undefined,
  lastErrorCode: undefined,
} as const;

export interface EntryRows {
  entryOf(row: Selectable<LogEntryTable>): LogEntry;
  /** The columns that a change of an entry sets. */
  changedColumns(entry: LogEntry, change: EntryChange): EntryRow;
  newEntry(wanted: NewEntry): LogEntry;
  newRow(entry: LogEntry, sharedLogId: string | undefined): NewEntryRow;
}

type NewEntryRow = Pick<Selectable<LogEntryTable>, keyof typeof NEW_ENTRY_COLUMNS>;

export function createEntryRows(vault: Vault): EntryRows {
  const place = (entryId: string, column: string) => JSON.stringify([entryId, `log_entries.${column}`]);
  const sealed = (entryId: string, column: string, content: JsonObject | undefined) =>
    content === undefined ? null : vault.seal(JSON.stringify(content), place(entryId, column));
  const opened = (entryId: string, column: string, content: string | null) =>
    content === null ? undefined : readJsonObject(vault.open(content, place(entryId, column)));

  /** `sent` as it is stored beside what is wanted. */
  function sentColumn({ id, sent, wanted }: Pick<LogEntry, "id" | "sent" | "wanted">): string | null {
    return sent !== undefined && sent === wanted ? AS_WANTED : sealed(id, "sent", sent);
  }

  function entryOf(row: Selectable<LogEntryTable>): LogEntry {
    const wanted = opened(row.id, "wanted", row.wanted);
    return {
      id: row.id,
      userId: row.user_id,
      kind: row.kind,
      sourceKey: row.source_key,
      contactId: row.contact_id,
      state: row.state,
      wanted,
      wantedVersion: row.wanted_version,
      written: opened(row.id, "written", row.written),
      writtenVersion: row.written_version,
      sent: row.sent === AS_WANTED ? wanted : opened(row.id, "sent", row.sent),
      sentVersion: row.sent_version,
      logId: row.log_id ?? undefined,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at ?? undefined,
      holdUntil: row.hold_until ?? undefined,
      leaseUntil: row.lease_until ?? undefined,
      owedSince: row.owed_since,
      lastError: row.last_error ?? undefined,
      lastErrorCode: row.last_error_code ?? undefined,
      createdAt: row.created_at,
    };
  }

  function changedColumns(entry: LogEntry, change: EntryChange): EntryRow {
    const row: EntryRow = { updated_at: Date.now() };
    if (change.state !== undefined) row.state = change.state;
    if (change.contactId !== undefined) row.contact_id = change.contactId;
    if ("wanted" in change) row.wanted = sealed(entry.id, "wanted", change.wanted);
    if (change.wantedVersion !== undefined) row.wanted_version = change.wantedVersion;
    if ("written" in change) row.written = sealed(entry.id, "written", change.written);
    if (change.writtenVersion !== undefined) row.written_version = change.writtenVersion;
    if ("sent" in change || "wanted" in change) row.sent = sentColumn({ ...entry, ...change });
    if (change.sentVersion !== undefined) row.sent_version = change.sentVersion;
    if (change.logId !== undefined) row.log_id = change.logId;
    if (change.attempts !== undefined) row.attempts = change.attempts;
    if (change.owedSince !== undefined) row.owed_since = change.owedSince;
    if (change.writtenAt !== undefined) row.written_at = change.writtenAt;
    if ("nextAttemptAt" in change) row.next_attempt_at = change.nextAttemptAt ?? null;
    if ("holdUntil" in change) row.hold_until = change.holdUntil ?? null;
    if ("leaseUntil" in change) row.lease_until = change.leaseUntil ?? null;
    if ("lastError" in change) row.last_error = change.lastError ?? null;
    if ("lastErrorCode" in change) row.last_error_code = change.lastErrorCode ?? null;
    return row;
  }

  function newEntry({ begins, contactId, kind, sourceKey, userId, wanted }: NewEntry): LogEntry {
    const now = Date.now();
    const times = { nextAttemptAt: now, owedSince: now, createdAt: now };
    return { ...NOTHING_YET, userId, kind, sourceKey, contactId, wanted, ...times, id: timeOrderedId(), ...begins };
  }

  function newRow(entry: LogEntry, sharedLogId: string | undefined): NewEntryRow {
    return {
      id: entry.id,
      user_id: entry.userId,
      kind: entry.kind,
      source_key: entry.sourceKey,
      contact_id: entry.contactId,
      state: entry.state,
      wanted: sealed(entry.id, "wanted", entry.wanted),
      wanted_version: entry.wantedVersion,
      written_version: entry.writtenVersion,
      sent: sentColumn(entry),
      sent_version: entry.sentVersion,
      attempts: entry.attempts,
      next_attempt_at: entry.nextAttemptAt ?? null,
      lease_until: entry.leaseUntil ?? null,
      owed_since: entry.owedSince,
      created_at: entry.createdAt,
      updated_at: entry.createdAt,
      shared_log_id: sharedLogId ?? null,
    };
  }

  return { entryOf, changedColumns, newEntry, newRow };
}
