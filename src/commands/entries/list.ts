/** `trunkline entries list`: one line per entry, the longest owed first, and no word of what anybody noted. */

import type { Store } from "../../open-store.ts";
import type { ListedEntry, ListedState } from "../../store/log-entry-lists.ts";
import { Refusal } from "../refusal.ts";
import { fitted, shortened, table } from "../tables.ts";
import { entryAsJson } from "./as-json.ts";
import { theEntry } from "./find.ts";
import { nextStepOf, printable, shortId, span } from "./in-words.ts";

export interface ListOptions {
  /** Undefined: all that is not written and not given up. */
  states: readonly string[] | undefined;
  limit: number;
  /** The last entry of the page before. */
  after: string | undefined;
  asJson: boolean;
}

const OWED: readonly ListedState[] = ["pending", "sending", "uncertain", "refused"];

export async function listEntries(store: Store, { states, limit, after, asJson }: ListOptions): Promise<void> {
  const wanted = states === undefined ? OWED : states.map((name) => stateNamed(name, store.entryLists.states));
  const before = after === undefined ? undefined : await theEntry(store, after);
  const [page, total] = await Promise.all([
    store.entryLists.page(wanted, limit + 1, before),
    store.entryLists.count(wanted),
  ]);
  const shown = page.slice(0, limit);
  const last = page.length > limit ? shown.at(-1) : undefined;
  if (asJson) {
    const list = { total, entries: shown.map(entryAsJson), next: last?.id ?? null };
    process.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
    return;
  }
  const lines = shown.length === 0 ? [] : table([HEAD, ...rowsOf(shown, Date.now())]);
  process.stdout.write(`${[...lines.map(fitted), summary(shown.length, total)].join("\n")}\n`);
  if (last === undefined) return;
  const again = ["trunkline entries list", ...(states ?? []).map((state) => `--state ${state}`), `--limit ${limit}`];
  process.stdout.write(`More: ${again.join(" ")} --after ${shortId(last.id)}\n`);
}

function stateNamed(name: string, known: readonly ListedState[]): ListedState {
  const state = known.find((other) => other === name);
  if (state === undefined) throw new Refusal(`There is no state "${name}": --state is ${known.join(", ")}.`);
  return state;
}

const HEAD = ["ID", "KIND", "CRM", "USER", "SESSION", "STATE", "TRIES", "SINCE", "NEXT", "LAST ERROR"];
function rowsOf(entries: readonly ListedEntry[], now: number): string[][] {
  return entries.map((entry) => [
    shortId(entry.id),
    entry.kind,
    entry.user.platform,
    shortened(entry.user.name),
    shortened(entry.sourceKey),
    entry.state,
    String(entry.attempts),
    span(now - entry.owedSince),
    nextStepOf(entry, now),
    printable(entry.lastError ?? ""),
  ]);
}

function summary(shown: number, total: number): string {
  if (total === 0) return "No entries.";
  const entries = total === 1 ? "1 entry" : `${total} entries`;
  return shown === total ? `${entries}.` : `${shown} of ${entries}.`;
}
