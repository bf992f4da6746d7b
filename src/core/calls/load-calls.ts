/** Which sessions are logged, and, where asked for, what their records say in the CRM now. */

import type { LoadedCallLog } from "../../sdk/connector.ts";
import { asTrunklineError, type TrunklineError } from "../../sdk/errors.ts";
import type { EntryReference, LogEntryStore } from "../../store/log-entries.ts";
import type { StoredUser } from "../../store/users.ts";
import type { CrmReacher } from "../crm-reach.ts";
import type { CrmReach } from "../ledger/record-writer.ts";
import { readCallBody } from "../log-body/call-body.ts";
import { logIdOf } from "../log-outcome.ts";
import { readWantedCall } from "./call-content.ts";
import { knownCallKey, type OneOfSeveral } from "./call-key.ts";

/** Records read from the CRM side by side. */
const AT_ONCE = 5;

export interface CallDetails {
  subject: string;
  note: string;
  fullBody: string;
  fullLogResponse: Record<string, unknown>;
  contactName: string | undefined;
  dispositions: Record<string, unknown>;
}

export type LoadedCall =
  | { sessionId: string; matched: false }
  | { sessionId: string; matched: true; logId: string; contactId: string; details: CallDetails | undefined };

export interface LoadedCalls {
  /** One for every id asked for, in that order. */
  calls: LoadedCall[];
  /** Why details could not be read, where they could not. */
  failure: TrunklineError | undefined;
}

export interface CallLoader {
  /** Without details nothing but our own database is asked. */
  load(user: StoredUser, asked: CallsToLoad): Promise<LoadedCalls>;
}

export interface CallsToLoad {
  sessionIds: readonly string[];
  requireDetails: boolean;
  /** Whose calls they are, where one login logs for several extensions. */
  extension?: OneOfSeveral | undefined;
}

export function createCallLoader({ entries, reacher }: { entries: LogEntryStore; reacher: CrmReacher }): CallLoader {
  async function detailsOf(reach: CrmReach, reference: EntryReference): Promise<CallDetails> {
    const entry = reference.state === "written" ? undefined : await entries.get(reference.id);
    const owed = entry?.wanted === undefined ? undefined : readWantedCall(entry.wanted);
    const own = owed && {
      subject: owed.subject,
      note: owed.facts.note ?? "",
      contactName: owed.contact.name,
      dispositions: owed.submission,
    };
    if (reference.logId === undefined) {
      return {
        subject: "",
        note: "",
        contactName: undefined,
        dispositions: {},
        fullBody: "",
        fullLogResponse: {},
        ...own,
      };
    }
    const loaded = await reach.connector.getCallLog(reach, { logId: reference.logId, contactId: reference.contactId });
    const there = detailsFrom(reach, loaded);
    // What a person changed a moment ago is shown although the CRM has not got it yet.
    return own === undefined ? there : { ...there, ...own, contactName: there.contactName ?? own.contactName };
  }

  /** Every record under one of these keys: the user's own first, then those that others share with them. */
  async function referencesTo(user: StoredUser, keys: readonly string[]): Promise<EntryReference[]> {
    const { sharedLogId } = user;
    const [own, shared] = await Promise.all([
      entries.references(user.id, "call", keys),
      sharedLogId === undefined ? [] : entries.sharedReferences(sharedLogId, "call", keys),
    ]);
    return [...own, ...shared].filter(({ state, logId }) => logId !== undefined || state !== "refused");
  }

  return {
    async load(user, { sessionIds, requireDetails, extension }) {
      const keysOf = new Map(
        sessionIds.map((sessionId) => {
          const { sourceKey, orKey } = knownCallKey(user, { sessionId, extension });
          return [sessionId, orKey === undefined ? [sourceKey] : [sourceKey, orKey]];
        }),
      );
      const found = keysOf.size === 0 ? [] : await referencesTo(user, [...keysOf.values()].flat());
      const byKey = new Map(found.toReversed().map((reference) => [reference.sourceKey, reference]));
      const logged = new Map(
        [...keysOf].flatMap(([sessionId, keys]) => {
          const reference = keys.map((key) => byKey.get(key)).find((one) => one !== undefined);
          return reference === undefined ? [] : [[sessionId, reference]];
        }),
      );
      const details = new Map<string, CallDetails>();
      let failure: TrunklineError | undefined;
      if (requireDetails) {
        const reach = reacher.of(user);
        await eachOf([...logged], AT_ONCE, async ([sessionId, reference]) => {
          try {
            details.set(sessionId, await detailsOf(reach, reference));
          } catch (thrown) {
            failure = asTrunklineError(thrown);
          }
        });
      }
      const calls = sessionIds.map((sessionId): LoadedCall => {
        const reference = logged.get(sessionId);
        if (reference === undefined) return { sessionId, matched: false };
        const { contactId } = reference;
        return { sessionId, matched: true, logId: logIdOf(reference), contactId, details: details.get(sessionId) };
      });
      return { calls, failure };
    },
  };
}

function detailsFrom(reach: CrmReach, loaded: LoadedCallLog): CallDetails {
  return {
    subject: loaded.subject,
    note: readCallBody(loaded.body, reach.connector.logFormat).note ?? "",
    fullBody: loaded.body,
    fullLogResponse: loaded.fullLogResponse,
    contactName: loaded.contactName,
    dispositions: loaded.dispositions,
  };
}

async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
