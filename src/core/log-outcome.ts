/** How a log stands when the person is answered: in the CRM, accepted and on its way, or refused. */

import type { LogEntry } from "../store/log-entries.ts";
import type { LogAccepted } from "./observations.ts";

/** A person waits at most this long; what is not in the CRM by then is finished by the worker. */
const ANSWER_WITHIN_MS = 8_000;

export type LogOutcome =
  | { outcome: "written"; logId: string; crmName: string }
  /** Durable here, not yet there. `logId` is the CRM's own where the record exists already. */
  | { outcome: "accepted"; logId: string; crmName: string; reason: string | undefined; needsLogin: boolean }
  | { outcome: "refused"; logId: string | undefined; crmName: string; reason: string };

/** Called once a log is durable, while its delivery goes on. */
export type OnAccepted = (entry: Pick<LogEntry, "sourceKey">) => Promise<void>;

/** The id that stands for a record which the CRM has not given one yet. */
export function logIdOf(entry: Pick<LogEntry, "id" | "logId">): string {
  return entry.logId ?? `pending-${entry.id}`;
}

export function logAccepted(entry: LogEntry, number: string | undefined): LogAccepted {
  const { id: entryId, userId, kind, sourceKey, contactId, wantedVersion: version } = entry;
  return { what: "log accepted", at: Date.now(), userId, entryId, kind, sourceKey, contactId, version, number };
}

/** Waits for the delivery as long as a person may wait. */
export async function outcomeWithin(
  accepted: LogEntry,
  delivery: Promise<LogEntry>,
  crmName: string,
): Promise<LogOutcome> {
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<LogEntry>((resolve) => {
    patience = setTimeout(resolve, ANSWER_WITHIN_MS, accepted);
  });
  try {
    return outcomeOf(await Promise.race([delivery, late]), crmName);
  } finally {
    clearTimeout(patience);
  }
}

function outcomeOf(entry: LogEntry, crmName: string): LogOutcome {
  if (entry.state === "written" && entry.logId !== undefined)
    return { outcome: "written", logId: entry.logId, crmName };
  if (entry.state === "refused") {
    return {
      outcome: "refused",
      logId: entry.logId,
      crmName,
      reason: entry.lastError ?? `${crmName} did not accept this.`,
    };
  }
  const needsLogin = entry.lastErrorCode === "crm-session-ended" || entry.lastErrorCode === "not-connected";
  return { outcome: "accepted", logId: logIdOf(entry), crmName, reason: entry.lastError, needsLogin };
}
