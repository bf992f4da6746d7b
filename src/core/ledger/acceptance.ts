/** How content becomes an entry: durable before the CRM hears of it, and claimed in the same breath by whoever will send it. */

import type { JsonObject } from "../../store/json.ts";
import type { EntryKey } from "../../store/entry-places.ts";
import type { EntriesInTransaction, LogEntry, LogEntryStore } from "../../store/log-entries.ts";
import { firstSending, owing, taking } from "./entry-changes.ts";
import type { WantedEntry } from "./record-writer.ts";

/** What an entry shall say from now on. */
export interface Intent {
  contactId: string;
  wanted: JsonObject;
  /** Messages that this content adds to a conversation. */
  messageIds?: readonly string[];
}

/** What was posted stands in this entry already. */
export interface Elsewhere {
  standsIn: LogEntry;
}

/**
 * Sees the present entry and answers what it shall say, or undefined for no change. Asked again where another process was
 * faster, so it changes nothing by itself; `inside` is there wherever an entry is.
 */
export type Decide = (
  present: LogEntry | undefined,
  inside: EntriesInTransaction | undefined,
) => Promise<Intent | Elsewhere | undefined> | Intent | Elsewhere | undefined;

export interface Accepted {
  entry: LogEntry;
  /** What is to be sent now; undefined where it is on its way already, or must wait. */
  claimed: Claimed | undefined;
}

/** An entry that this process alone may send, until its lease ends. */
export interface Claimed {
  /** What is wanted of it is what this attempt sends. */
  entry: WantedEntry;
  /** An earlier attempt may have written this very content: it is brought to an end before anything newer is sent. */
  isUnsure: boolean;
}

export interface AcceptanceDependencies {
  entries: LogEntryStore;
  /** Whether an attempt is at it in this process: it is then not claimed again. */
  isUnderWay(entryId: string): boolean;
}

/** Answers undefined where there is no entry and none is wanted. */
export function createAcceptance({ entries, isUnderWay }: AcceptanceDependencies) {
  /** As a new entry, in one statement, where there is none yet; the usual case of a call that ends. */
  async function acceptNew(key: EntryKey, decide: Decide): Promise<Accepted | undefined> {
    // Where another key may be meant, it is to be looked for first.
    if (key.orKey !== undefined) return undefined;
    const intent = await decide(undefined, undefined);
    if (intent === undefined || "standsIn" in intent || intent.messageIds !== undefined) return undefined;
    const { contactId, wanted } = intent;
    const entry = await entries.insert({ ...key, contactId, wanted, begins: firstSending(wanted, Date.now()) });
    return entry && { entry, claimed: { entry: { ...entry, wanted }, isUnsure: false } };
  }

  async function accept(inside: EntriesInTransaction, key: EntryKey, decide: Decide): Promise<Accepted | undefined> {
    // Before any entry: whoever holds one never waits for this.
    if (key.kind === "message" && key.sharedLogId !== undefined) await inside.holdShared(key.sharedLogId);
    for (;;) {
      const present = await inside.byKey(key);
      const intent = await decide(present, inside);
      if (intent === undefined) return present && { entry: present, claimed: undefined };
      if ("standsIn" in intent) return { entry: intent.standsIn, claimed: undefined };
      const { contactId, wanted, messageIds = [] } = intent;
      const accepted =
        present === undefined
          ? await acceptInside(inside, key, { contactId, wanted })
          : await changeInside(inside, present, intent);
      // Another process was faster with the same key: its entry stands now, and the decision is taken again.
      if (accepted === undefined) continue;
      if (messageIds.length > 0) await inside.addMessages(accepted.entry.id, messageIds);
      return accepted;
    }
  }

  async function changeInside(inside: EntriesInTransaction, present: LogEntry, intent: Intent): Promise<Accepted> {
    const owed = owing(present, intent);
    const { change, taken, isUnsure } = taking({ ...present, ...owed }, Date.now());
    if (!taken || isUnderWay(present.id)) {
      return { entry: await inside.update(present, owed), claimed: undefined };
    }
    const entry = await inside.update(present, { ...owed, ...change });
    return { entry, claimed: { entry: { ...entry, wanted: entry.sent ?? intent.wanted }, isUnsure } };
  }

  return async (key: EntryKey, decide: Decide): Promise<Accepted | undefined> =>
    (await acceptNew(key, decide)) ?? entries.inTransaction((inside) => accept(inside, key, decide));
}

async function acceptInside(
  inside: EntriesInTransaction,
  key: EntryKey,
  { contactId, wanted }: Intent,
): Promise<Accepted | undefined> {
  const entry = await inside.insert({ ...key, contactId, wanted, begins: firstSending(wanted, Date.now()) });
  return entry && { entry, claimed: { entry: { ...entry, wanted }, isUnsure: false } };
}

/** Takes an entry for one attempt, unless there is nothing to do, somebody is at it already, or it must not be written yet. */
export async function claim(
  inside: EntriesInTransaction,
  entryId: string,
): Promise<({ taken: true } & Claimed) | { taken: false; entry: LogEntry }> {
  const found = await inside.get(entryId);
  if (found === undefined) throw new Error(`There is no ledger entry ${entryId}.`);
  const { change, taken, isUnsure } = taking(found, Date.now());
  const entry = Object.keys(change).length === 0 ? found : await inside.update(found, change);
  const wanted = entry.sent ?? entry.wanted;
  if (!taken || wanted === undefined) return { taken: false, entry };
  return { taken: true, entry: { ...entry, wanted }, isUnsure };
}
