/** The messages that conversations' entries hold: known by their ids, and kept when the content is dropped. */

import type { Database } from "./database.ts";

/** A message that is logged, and where. */
export interface LoggedMessage {
  messageId: string;
  entryId: string;
  contactId: string;
}

/** Whose messages: the user's own, and those that they share with others. */
export interface MessageOwner {
  userId: string;
  sharedLogId: string;
}

export interface LoggedMessages {
  loggedMessages(entryId: string): Promise<Set<string>>;
  addMessages(entryId: string, messageIds: readonly string[]): Promise<void>;
  /** Messages of a record that never came to be: sent again, they are new. */
  forgetMessages(entryId: string): Promise<void>;
  /** Which of these are logged, in whichever conversations. */
  logged(owner: MessageOwner, messageIds: readonly string[]): Promise<LoggedMessage[]>;
  /** Until the transaction ends, nobody else adds messages to what is shared: two could add the same to two conversations. */
  holdShared(sharedLogId: string): Promise<void>;
}

export function loggedMessagesIn(transaction: Database["db"], dialect: Database["dialect"]): LoggedMessages {
  return {
    async loggedMessages(entryId) {
      const rows = await transaction
        .selectFrom("logged_messages")
        .select("message_id")
        .where("entry_id", "=", entryId)
        .execute();
      return new Set(rows.map((row) => row.message_id));
    },

    async addMessages(entryId, messageIds) {
      const rows = messageIds.map((messageId) => ({ entry_id: entryId, message_id: messageId }));
      await transaction.insertInto("logged_messages").values(rows).execute();
    },

    async forgetMessages(entryId) {
      await transaction.deleteFrom("logged_messages").where("entry_id", "=", entryId).execute();
    },

    logged: (owner, messageIds) => loggedAmong(transaction, dialect, owner, messageIds),

    async holdShared(sharedLogId) {
      const shared = transaction.selectFrom("shared_logs").select("id").where("id", "=", sharedLogId);
      await dialect.locking(shared).execute();
    },
  };
}

export async function loggedAmong(
  handle: Database["db"],
  dialect: Database["dialect"],
  { userId, sharedLogId }: MessageOwner,
  messageIds: readonly string[],
): Promise<LoggedMessage[]> {
  const rows = await handle
    .selectFrom("logged_messages")
    .innerJoin("log_entries", "log_entries.id", "logged_messages.entry_id")
    .select(["logged_messages.message_id", "log_entries.id", "log_entries.contact_id"])
    .where(dialect.isAmong("logged_messages.message_id", messageIds))
    .where((one) =>
      one.or([one("log_entries.user_id", "=", userId), one("log_entries.shared_log_id", "=", sharedLogId)]),
    )
    .execute();
  return rows.map((row) => ({ messageId: row.message_id, entryId: row.id, contactId: row.contact_id }));
}
