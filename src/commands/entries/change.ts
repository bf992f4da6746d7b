/** `trunkline entries retry` and `trunkline entries drop`: what a person does with an entry. */

import { createEntriesByHand, type Finding, waitsForAPerson } from "../../core/ledger/by-hand.ts";
import type { Store } from "../../open-store.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";
import { createProgressBar } from "../connector/progress-bar.ts";
import { Refusal } from "../refusal.ts";
import { theEntry } from "./find.ts";
import { printable, shortId, span } from "./in-words.ts";

export async function retryEntry(store: Store, typed: string, finding: Finding | undefined): Promise<void> {
  const listed = await theEntry(store, typed);
  const { id } = listed;
  const retried = await byHand(store).retry(id, finding);
  if ("refusal" in retried) {
    const how = waitsForAPerson(listed) && finding === undefined ? HOW_TO_SAY_IT : "";
    throw new Refusal(`${shortId(id)}: ${retried.refusal}${how}`);
  }
  const wait = (retried.entry.nextAttemptAt ?? 0) - Date.now();
  process.stdout.write(
    wait > 0
      ? `${shortId(id)} is due in ${span(wait)}: the CRM asked us to wait, or an earlier request may still be at work.\n`
      : `${shortId(id)} is due now: a running server or worker takes it within a second.\n`,
  );
}

export async function retryAll(store: Store, state: "refused" | "pending"): Promise<void> {
  const { retryAll: retry } = byHand(store);
  const startedAt = Date.now();
  const total = await store.entryLists.count([state]);
  const bar = createProgressBar(process.stderr, "entries");
  let seen = 0;
  let due = 0;
  let last: ListedEntry | undefined;
  for (;;) {
    const page = await store.entryLists.page([state], BATCH, last);
    // What comes back while we are at it, refused once more, stands behind all the others.
    const entries = page.filter((entry) => entry.owedSince < startedAt);
    due += await retry(entries.map((entry) => entry.id));
    last = entries.at(-1);
    seen += entries.length;
    bar.show(seen, Math.max(seen, total));
    if (entries.length < BATCH) break;
  }
  bar.clear();
  process.stdout.write(`${due === 1 ? "1 entry is" : `${due} entries are`} due now.\n`);
}

export async function dropEntry(store: Store, typed: string, { isConfirmed }: { isConfirmed: boolean }): Promise<void> {
  const { id, kind, sourceKey } = await theEntry(store, typed);
  if (!isConfirmed) {
    throw new Refusal(
      `The ${kind} ${printable(sourceKey)} would never reach the CRM, and its content would be gone: add --yes.`,
    );
  }
  const dropped = await byHand(store).drop(id);
  if ("refusal" in dropped) throw new Refusal(`${shortId(id)}: ${dropped.refusal}`);
  process.stdout.write(`${shortId(id)} is given up.\n`);
}

const HOW_TO_SAY_IT = " --create: it is not there, create it; --written <its id>: it is there.";

/** Entries of one transaction. */
const BATCH = 100;

function byHand({ database, entries }: Store) {
  return createEntriesByHand({ entries, wakeWorkers: () => database.dialect.wakeWorkers(database.db) });
}
