/** Message stores of extensions that are read for a followed log, each with its own sync token. */

import { type Selectable, sql } from "kysely";
import type { Database } from "./database.ts";
import type { FollowedMailboxTable } from "./server-logging-tables.ts";

export interface MailboxKey {
  followedLogId: string;
  extensionId: string;
}

export interface FollowedMailbox extends MailboxKey {
  /** Epoch milliseconds, as all times here: earlier messages are nobody's business. */
  since: number;
  syncToken: string | undefined;
  caughtUpTo: number;
  news: number;
}

export interface MailboxLookOutcome {
  dueAt: number;
  /** Nobody looks again before this, whatever the news. */
  restUntil: number;
  problem: string | undefined;
}

export interface FollowedMailboxStore {
  /** These and no others from now on; those that are new, from `since` on. What is followed already goes on from where it was. */
  follow(followedLogId: string, extensionIds: readonly string[], since: number): Promise<void>;
  extensionsOf(followedLogId: string): Promise<string[]>;
  /** Those that could not be read the last time, and why. */
  problemsOf(followedLogId: string): Promise<{ extensionId: string; problem: string }[]>;
  /** Something has happened: look at once. */
  news(key: MailboxKey): Promise<void>;
  /** One that is due; nobody else gets it until `until`. With a followed log: one of its, due or not. */
  claim(now: number, until: number, followedLogId?: string): Promise<FollowedMailbox | undefined>;
  renewLease(key: MailboxKey, until: number): Promise<void>;
  caughtUp(key: MailboxKey, token: string, upTo: number): Promise<void>;
  /** Ends the lease; due as soon as possible where news came meanwhile. */
  looked(mailbox: FollowedMailbox, outcome: MailboxLookOutcome): Promise<void>;
  allDue(): Promise<void>;
}

export function createFollowedMailboxStore({ database }: { database: Database }): FollowedMailboxStore {
  const { db, dialect } = database;
  const set = (
    { followedLogId, extensionId }: MailboxKey,
    changing: Partial<Omit<FollowedMailboxTable, "followed_log_id" | "extension_id">>,
  ) =>
    db
      .updateTable("followed_mailboxes")
      .set(changing)
      .where("followed_log_id", "=", followedLogId)
      .where("extension_id", "=", extensionId)
      .execute();
  const ofLog = (followedLogId: string) =>
    db.selectFrom("followed_mailboxes").where("followed_log_id", "=", followedLogId);

  return {
    async follow(followedLogId, extensionIds, since) {
      const present = await ofLog(followedLogId).select("extension_id").execute();
      const known = present.map((row) => row.extension_id);
      for (const extensionId of known.filter((one) => !extensionIds.includes(one))) {
        await db
          .deleteFrom("followed_mailboxes")
          .where("followed_log_id", "=", followedLogId)
          .where("extension_id", "=", extensionId)
          .execute();
      }
      const fresh = { followed_log_id: followedLogId, since, caught_up_to: since, news: 0, due_at: 0, leased_until: 0 };
      for (const extensionId of extensionIds.filter((one) => !known.includes(one))) {
        await db
          .insertInto("followed_mailboxes")
          .values({ ...fresh, extension_id: extensionId })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    },

    async extensionsOf(followedLogId) {
      const rows = await ofLog(followedLogId).select("extension_id").orderBy("extension_id").execute();
      return rows.map((row) => row.extension_id);
    },

    async problemsOf(followedLogId) {
      const rows = await ofLog(followedLogId)
        .select(["extension_id", "last_error"])
        .where("last_error", "is not", null)
        .orderBy("extension_id")
        .execute();
      return rows.map((row) => ({ extensionId: row.extension_id, problem: row.last_error ?? "" }));
    },

    async news({ followedLogId, extensionId }) {
      const now = Date.now();
      await db
        .updateTable("followed_mailboxes")
        .set({
          news: sql<number>`news + 1`,
          due_at: sql<number>`case when due_at > ${now} then ${now} else due_at end`,
        })
        .where("followed_log_id", "=", followedLogId)
        .where("extension_id", "=", extensionId)
        .execute();
    },

    async claim(now, until, followedLogId) {
      return db.transaction().execute(async (transaction) => {
        const free = transaction.selectFrom("followed_mailboxes").selectAll().where("leased_until", "<=", now).limit(1);
        const due =
          followedLogId === undefined
            ? free.where("due_at", "<=", now).orderBy("due_at")
            : free.where("followed_log_id", "=", followedLogId).orderBy("due_at");
        const row = await dialect.lockingOrSkipping(due).executeTakeFirst();
        if (row === undefined) return undefined;
        await transaction
          .updateTable("followed_mailboxes")
          .set({ leased_until: until })
          .where("followed_log_id", "=", row.followed_log_id)
          .where("extension_id", "=", row.extension_id)
          .execute();
        return mailboxOf(row);
      });
    },

    async renewLease(key, until) {
      await set(key, { leased_until: until });
    },

    async caughtUp(key, token, upTo) {
      await set(key, { sync_token: token, caught_up_to: upTo });
    },

    async looked({ followedLogId, extensionId, news }, { dueAt, restUntil, problem }) {
      await db
        .updateTable("followed_mailboxes")
        .set({
          leased_until: restUntil,
          last_error: problem ?? null,
          due_at: sql<number>`case when news = ${news} then ${dueAt} else due_at end`,
        })
        .where("followed_log_id", "=", followedLogId)
        .where("extension_id", "=", extensionId)
        .execute();
    },

    async allDue() {
      await db.updateTable("followed_mailboxes").set({ due_at: 0 }).execute();
    },
  };
}

function mailboxOf(row: Selectable<FollowedMailboxTable>): FollowedMailbox {
  return {
    followedLogId: row.followed_log_id,
    extensionId: row.extension_id,
    since: row.since,
    syncToken: row.sync_token ?? undefined,
    caughtUpTo: row.caught_up_to,
    news: row.news,
  };
}
