/** What happens, told once to whoever wants to know: metrics, the live pages, the trail of a call. Holds nothing itself. */

import type { CrmRequestEvent } from "../sdk/crm-http.ts";
import type { EntryKind, EntryState } from "../store/schema.ts";

/** A client was answered. The route is its pattern, so that no URL with a token is ever told. */
export interface RequestAnswered {
  what: "request answered";
  /** Epoch milliseconds, as in every observation: when it ended. */
  at: number;
  method: string;
  route: string;
  status: number;
  milliseconds: number;
}

/** A CRM was asked. */
export interface CrmAsked extends CrmRequestEvent {
  what: "CRM asked";
  at: number;
  /** The method and the path, with `:id` for what differs from record to record. */
  operation: string;
}

/** Somebody asked who has a number. */
export interface NumberLookedUp {
  what: "number looked up";
  at: number;
  userId: string;
  /** E.164 where the number is a whole one, else its digits. */
  number: string;
  outcome: "known" | "extension" | "unknown";
  /** Who answered: our own index, or the CRM. */
  from: "index" | "CRM";
  /** With the number as the CRM has it written. */
  contacts: readonly { id: string; name: string; phone: string | undefined }[];
  /** Why the search failed, for a person to read. */
  reason: string | undefined;
  code: string | undefined;
}

interface OfEntry {
  at: number;
  userId: string;
  entryId: string;
  kind: EntryKind;
  /** The call's sessionId, or the conversation's key. */
  sourceKey: string;
  contactId: string;
}

/** A log, or a change of one, was made durable here. */
export interface LogAccepted extends OfEntry {
  what: "log accepted";
  version: number;
  /** The contact's number, where the client named it. */
  number: string | undefined;
}

/** One attempt to get it into the CRM came to an end. */
export interface LogAttempted extends OfEntry {
  what: "log attempted";
  aim: "create" | "update" | "look";
  version: number;
  attempt: number;
  state: EntryState;
  logId: string | undefined;
  /** Why it is not written, for a person to read. */
  reason: string | undefined;
  code: string | undefined;
  milliseconds: number;
}

export type Observation = RequestAnswered | CrmAsked | NumberLookedUp | LogAccepted | LogAttempted;

export interface Observations {
  report(observation: Observation): void;
  /** Calls back at once and in order, and must not throw; answers how to stop. */
  follow(listener: (observation: Observation) => void): () => void;
}

export function createObservations(): Observations {
  const listeners = new Set<(observation: Observation) => void>();
  return {
    report(observation) {
      for (const listener of listeners) listener(observation);
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
