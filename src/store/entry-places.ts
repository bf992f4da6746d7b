/** Where an entry is found: under its user's own key, or under that of those who share it. */

import type { ExpressionBuilder, Selectable } from "kysely";
import type { Database } from "./database.ts";
import type { EntryKind, LogEntryTable, Tables } from "./schema.ts";

/** Which record: one call session or one conversation, of one user or of all who share it. */
export interface EntryKey {
  userId: string;
  kind: EntryKind;
  sourceKey: string;
  /** Where there is none of the key, one of this is meant. */
  orKey?: string | undefined;
  /** With whom it is shared, where it is. */
  sharedLogId?: string | undefined;
}

/**
 * Holds it until the transaction ends. One that is shared with a colleague who is not connected any more becomes the user's own:
 * with the colleague's login nothing could be written.
 */
export async function entryUnder(
  transaction: Database["db"],
  dialect: Database["dialect"],
  key: EntryKey,
): Promise<Selectable<LogEntryTable> | undefined> {
  const ofKey = transaction
    .selectFrom("log_entries")
    .selectAll()
    .where((one) => one.or(placesOf(one, key)));
  const rows = await dialect.locking(ofKey).execute();
  const [best] = rows.toSorted((one, other) => rankOf(one, key) - rankOf(other, key));
  if (best === undefined || best.user_id === key.userId || (await isConnected(transaction, best.user_id))) return best;
  await transaction.updateTable("log_entries").set({ user_id: key.userId }).where("id", "=", best.id).execute();
  return { ...best, user_id: key.userId };
}

async function isConnected(handle: Database["db"], userId: string): Promise<boolean> {
  const connected = handle
    .selectFrom("users")
    .select("id")
    .where("id", "=", userId)
    .where("credentials", "is not", null);
  return (await connected.executeTakeFirst()) !== undefined;
}

/** Under the user's own key, then under that of those who share it; each followed by the other key. */
function placesOf(
  one: ExpressionBuilder<Tables, "log_entries">,
  { userId, kind, sourceKey, orKey, sharedLogId }: EntryKey,
) {
  const keys = orKey === undefined ? [sourceKey] : [sourceKey, orKey];
  return keys.flatMap((key) => {
    const own = one.and({ user_id: userId, kind, source_key: key });
    return sharedLogId === undefined ? [own] : [own, one.and({ shared_log_id: sharedLogId, kind, source_key: key })];
  });
}

function rankOf({ source_key, user_id }: Selectable<LogEntryTable>, { sourceKey, userId }: EntryKey): number {
  return (source_key === sourceKey ? 0 : 2) + (user_id === userId ? 0 : 1);
}
