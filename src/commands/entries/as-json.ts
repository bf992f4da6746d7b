/** An entry for scripts: times in ISO 8601, null for what there is not. */

import type { ListedEntry } from "../../store/log-entry-lists.ts";

export function entryAsJson(entry: ListedEntry): Record<string, unknown> {
  return {
    id: entry.id,
    kind: entry.kind,
    state: entry.state,
    user: entry.user,
    sourceKey: entry.sourceKey,
    contactId: entry.contactId,
    logId: entry.logId ?? null,
    versions: { wanted: entry.wantedVersion, sent: entry.sentVersion, written: entry.writtenVersion },
    hasContent: entry.hasContent,
    attempts: entry.attempts,
    createdAt: moment(entry.createdAt),
    owedSince: moment(entry.owedSince),
    writtenAt: moment(entry.writtenAt),
    nextAttemptAt: moment(entry.nextAttemptAt),
    holdUntil: moment(entry.holdUntil),
    leaseUntil: moment(entry.leaseUntil),
    lastError: entry.lastError ?? null,
    lastErrorCode: entry.lastErrorCode ?? null,
  };
}

function moment(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
