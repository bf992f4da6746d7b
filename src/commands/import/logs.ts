/** Takes over which records the logs of an App Connect server have in the CRMs: calls by their session, messages by their conversation. */

import type { ImportedLog } from "../../store/imports.ts";
import type { PeerRow } from "./app-connect-database.ts";
import type { Tally } from "./report.ts";
import { momentIn, textIn } from "./row-values.ts";
import type { ImportSource } from "./source.ts";
import type { TakenUser, TakenUsers } from "./users.ts";

/** A log of a user who may not be here yet, as in a dry run. */
interface FoundLog {
  log: Omit<ImportedLog, "userId">;
  user: TakenUser;
  /** As App Connect names it. */
  row: string;
}

export async function importCalls(source: ImportSource, users: TakenUsers): Promise<void> {
  const tally = source.report.tally("calls");
  const seen = new Set<string>();
  for await (const rows of source.peer.pages("callLogs")) {
    const calls = rows.flatMap((row) => {
      source.progress();
      tally.found();
      const call = callFrom(row, users);
      if (typeof call !== "string" && !isFirst(seen, call)) {
        tally.notTaken("Another row of the same user has this session: a call has one record here.", call.row);
        return [];
      }
      if (typeof call !== "string") return [call];
      tally.notTaken(call, nameOf(row));
      return [];
    });
    await take(source, calls, tally);
  }
}

export async function importMessages(source: ImportSource, users: TakenUsers): Promise<void> {
  const conversations = source.report.tally("conversations");
  const messages = source.report.tally("messages");
  const seen = new Set<string>();
  for await (const rows of source.peer.pages("messageLogs")) {
    const found = rows.flatMap((row) => {
      source.progress();
      messages.found();
      const message = messageFrom(row, users);
      if (typeof message !== "string") return [message];
      messages.notTaken(message, nameOf(row));
      return [];
    });
    const grouped = [...Map.groupBy(found, keyOf).values()].flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const messageIds = [first, ...others].flatMap(({ log }) => log.messageIds);
      return [{ ...first, log: { ...first.log, messageIds } }];
    });
    // A conversation may go on in the next page of rows.
    const begun = grouped.filter((one) => isFirst(seen, one));
    conversations.found(begun.length);
    await take(source, grouped, undefined, { conversations, messages, begun: new Set(begun) });
  }
}

interface Counts {
  conversations: Tally;
  messages: Tally;
  begun: ReadonlySet<FoundLog>;
}

/** Tells what is here already from what is new, and keeps the latter where it shall. */
async function take({ apply, imports }: ImportSource, found: readonly FoundLog[], calls?: Tally, counts?: Counts) {
  const placed = found.flatMap(({ log, user }): ImportedLog[] =>
    user.id === undefined ? [] : [{ ...log, userId: user.id }],
  );
  const known = await imports.known(placed);
  for (const one of found) {
    const there = known.get(keyOf(one));
    (there === undefined ? calls?.taken : calls?.alreadyHere)?.();
    if (counts === undefined) continue;
    if (counts.begun.has(one)) (there === undefined ? counts.conversations.taken : counts.conversations.alreadyHere)();
    const { messageIds } = one.log;
    const fresh = messageIds.filter((id) => there?.has(id) !== true).length;
    counts.messages.taken(fresh);
    counts.messages.alreadyHere(messageIds.length - fresh);
  }
  if (apply && placed.length > 0) await imports.addLogs(placed);
}

function callFrom(row: PeerRow, users: TakenUsers): FoundLog | string {
  const written = recordOf(row, users);
  if (typeof written === "string") return written;
  const sourceKey = textIn(row["sessionId"]);
  if (sourceKey === undefined) return "The row names no session.";
  const { createdAt, logId, user } = written;
  const contactId = textIn(row["contactId"]) ?? "";
  return { user, row: nameOf(row), log: { kind: "call", sourceKey, contactId, logId, createdAt, messageIds: [] } };
}

function messageFrom(row: PeerRow, users: TakenUsers): FoundLog | string {
  const written = recordOf(row, users);
  if (typeof written === "string") return written;
  const sourceKey = textIn(row["conversationLogId"]) ?? textIn(row["conversationId"]);
  if (sourceKey === undefined) return "The row names no conversation.";
  const { createdAt, logId, user } = written;
  const { contactId, messageId } = idsIn(nameOf(row), sourceKey);
  const messageIds = [messageId];
  return { user, row: nameOf(row), log: { kind: "message", sourceKey, contactId, logId, createdAt, messageIds } };
}

/** In a group, App Connect appends the contact's id to the ids of the conversation, as we do, and of each message, as we do not. */
function idsIn(id: string, sourceKey: string): { messageId: string; contactId: string } {
  const contactId = /\/\d{1,2}\/\d{1,2}\/\d{4}-(.+)$/.exec(sourceKey)?.[1] ?? "";
  const end = `-${contactId}`;
  return { contactId, messageId: contactId !== "" && id.endsWith(end) ? id.slice(0, -end.length) : id };
}

/** What calls and messages have in common, or why it cannot be taken over. */
function recordOf(row: PeerRow, users: TakenUsers) {
  const [userId, logId] = [textIn(row["userId"]), textIn(row["thirdPartyLogId"])];
  const user = userId === undefined ? undefined : users.get(userId);
  if (user === undefined) return "Its user was not taken over.";
  const platform = textIn(row["platform"]);
  if (platform !== undefined && platform !== user.platform) return "It belongs to another CRM than its user.";
  if (logId === undefined) return "It has no record in the CRM.";
  return { user, logId, createdAt: momentIn(row["createdAt"]) ?? Date.now() };
}

/** As the store names what it knows; a user who is not here yet has nothing there. */
function keyOf({ log: { kind, sourceKey }, user }: FoundLog): string {
  return JSON.stringify([user.id ?? user.name, kind, sourceKey]);
}

function isFirst(seen: Set<string>, found: FoundLog): boolean {
  const key = keyOf(found);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function nameOf(row: PeerRow): string {
  return textIn(row["id"]) ?? textIn(row["sessionId"]) ?? "(without an id)";
}
