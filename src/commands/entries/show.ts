/** `trunkline entries show`: all that is known of one entry; what it says only when that is asked for. */

import { markerOf } from "../../core/ledger/record-writer.ts";
import type { Store } from "../../open-store.ts";
import type { ListedEntry } from "../../store/log-entry-lists.ts";
import { entryAsJson } from "./as-json.ts";
import { theEntry } from "./find.ts";
import { meaningOf, nextStepOf, printable, shortId, span } from "./in-words.ts";

export interface ShowOptions {
  withContent: boolean;
  asJson: boolean;
}

export async function showEntry(store: Store, id: string, { withContent, asJson }: ShowOptions): Promise<void> {
  const entry = await theEntry(store, id);
  const whole = withContent ? await store.entries.get(entry.id) : undefined;
  const content = { wanted: whole?.wanted ?? null, written: whole?.written ?? null };
  if (asJson) {
    const shown = { ...entryAsJson(entry), ...(withContent ? { content } : {}) };
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  const rows = rowsOf(entry, Date.now());
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, text]) => `${name.padEnd(width)}  ${printable(text)}`);
  // JSON escapes what a terminal would obey, but for a few characters beyond ASCII.
  if (withContent) lines.push("", ...JSON.stringify(content, null, 2).split("\n").map(printable));
  process.stdout.write(`${lines.join("\n")}\n`);
}

function rowsOf(entry: ListedEntry, now: number): [name: string, text: string][] {
  const { user } = entry;
  const ago = (at: number) => `${new Date(at).toISOString()}, ${span(now - at)} ago`;
  const rows: [name: string, text: string | undefined][] = [
    ["Entry", entry.id],
    ["State", `${entry.state}: ${meaningOf(entry, now)}`],
    ["What you can do", adviceOn(entry, now)],
    ["Kind", entry.kind],
    ["CRM", `${user.platform}, ${user.tenant}`],
    ["User", `${user.name} (${user.crmUserId} in the CRM), ${user.connected ? "connected" : "logged out"}`],
    [entry.kind === "call" ? "Session" : "Conversation", entry.sourceKey],
    ["Contact", entry.contactId],
    ["Record in the CRM", entry.logId ?? "none known"],
    ["Marker in the CRM", markerOf(entry)],
    ["Versions", `wanted ${entry.wantedVersion}, sent ${entry.sentVersion}, written ${entry.writtenVersion}`],
    ["Content", entry.hasContent ? "kept, encrypted; --content shows it" : "forgotten"],
    ["Accepted", ago(entry.createdAt)],
    ["Owed since", entry.state === "written" ? undefined : ago(entry.owedSince)],
    ["Written", entry.writtenAt === undefined ? undefined : ago(entry.writtenAt)],
    ["Attempts", String(entry.attempts)],
    ["Next attempt", nextStepOf(entry, now)],
    ["Not before", laterThan(now, entry.holdUntil)],
    ["Lease until", entry.leaseUntil === undefined ? undefined : new Date(entry.leaseUntil).toISOString()],
    ["Last error", entry.lastError],
    ["Its code", entry.lastErrorCode],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]));
}

function laterThan(now: number, at: number | undefined): string | undefined {
  return at === undefined || at <= now ? undefined : `${new Date(at).toISOString()}, as the CRM or a lost request asks`;
}

function adviceOn(entry: ListedEntry, now: number): string | undefined {
  const retry = `trunkline entries retry ${shortId(entry.id)}`;
  if (nextStepOf(entry, now) === "waits for you") {
    return `look into the CRM; then ${retry} --create if it is not there, or ${retry} --written <its id> if it is`;
  }
  if (entry.state === "refused") return `put right what the last error names, then ${retry}`;
  const needsLogin = entry.lastErrorCode === "crm-session-ended" || entry.lastErrorCode === "not-connected";
  if (needsLogin && entry.state !== "written") return "let the user log in to the CRM again: that wakes it";
  return undefined;
}
