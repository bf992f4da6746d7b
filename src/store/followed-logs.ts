/** Logs at RingCentral that are followed, each for one company in a CRM: who switched it on, and how far its calls have been read. */

import { randomUUID } from "node:crypto";
import { type Selectable, sql } from "kysely";
import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";
import type { LoginKey } from "./ringcentral-logins.ts";
import type { FollowedLogTable } from "./server-logging-tables.ts";
import { SHARED_LOG_OF_FOLLOWED, shareLogs, unshareLogs } from "./shared-logs.ts";
import type { Vault } from "./vault.ts";

/** Whoever switches it on looks at once; where that fails half-way, it is due by itself after this. */
const FIRST_LOOK_MS = 60 * 1000;

/** What goes with a log that is followed no longer. */
export const OF_FOLLOWED_LOG = ["recorded_calls", "recorded_messages", "followed_mailboxes"] as const;

export interface FollowedLog {
  id: string;
  account: AccountKey;
  /** "account" for everybody's calls, or the id of the one extension. */
  scope: string;
  /** Whose login reads it. */
  extensionId: string;
  /** Who switched it on. */
  userId: string;
  /** In which the records of its calls and messages are shared. */
  sharedLogId: string | undefined;
  assignsOwners: boolean;
  doNotLog: string[];
  subscriptionId: string | undefined;
  /** Epoch milliseconds, as all times here. */
  subscribedUntil: number | undefined;
  syncToken: string | undefined;
  caughtUpTo: number;
  news: number;
  livelyUntil: number;
  lastError: string | undefined;
  /** Since when: earlier calls are nobody's business. */
  createdAt: number;
  sealedVerification: string | undefined;
}

export interface LogToFollow {
  account: AccountKey;
  scope: string;
  extensionId: string;
  userId: string;
  assignsOwners: boolean;
}

export interface LookOutcome {
  dueAt: number;
  /** Nobody looks again before this, whatever the news. */
  restUntil: number;
  problem: string | undefined;
}

export interface FollowedLogStore {
  /** What is followed already goes on from where it was. From then on its records are shared, whatever happens to it. */
  follow(log: LogToFollow): Promise<FollowedLog>;
  get(id: string): Promise<FollowedLog | undefined>;
  /** Those of one login, the newest first. */
  ofLogin(login: LoginKey): Promise<FollowedLog[]>;
  /** Those that everybody of a RingCentral account is part of, the newest first. */
  ofAccount(rcAccount: string): Promise<FollowedLog[]>;
  verificationOf(log: FollowedLog): string | undefined;
  doNotLog(id: string, numbers: readonly string[]): Promise<void>;
  /** Logged as this user from now on. */
  logAs(log: FollowedLog, userId: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** One that never worked: where nobody has logged anything since, its records are not shared either. */
  abandon(log: FollowedLog): Promise<void>;
  /** Something has happened: look at once, and often until `livelyUntil`. */
  news(id: string, livelyUntil: number): Promise<void>;
  /** One that is due; nobody else gets it until `until`. With an id: that one, due or not. */
  claim(now: number, until: number, id?: string): Promise<FollowedLog | undefined>;
  renewLease(id: string, until: number): Promise<void>;
  /** What comes back with the events of the subscription that is about to be made. */
  expect(log: FollowedLog, verification: string): Promise<void>;
  subscribed(id: string, subscription: { id: string; until: number }): Promise<void>;
  caughtUp(id: string, token: string, upTo: number): Promise<void>;
  /** Ends the lease; due as soon as possible where news came meanwhile. */
  looked(log: FollowedLog, outcome: LookOutcome): Promise<void>;
  allDue(): Promise<void>;
}

export function createFollowedLogStore(dependencies: { database: Database; vault: Vault }): FollowedLogStore {
  const { database, vault } = dependencies;
  const { db, dialect } = database;
  const placeOf = (id: string) => JSON.stringify([id, "followed_logs.verification"]);
  const set = (id: string, changing: Partial<Omit<FollowedLogTable, "id">>) =>
    db.updateTable("followed_logs").set(changing).where("id", "=", id).execute();

  async function remove(id: string): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      for (const table of OF_FOLLOWED_LOG) {
        await transaction.deleteFrom(table).where("followed_log_id", "=", id).execute();
      }
      await transaction.deleteFrom("followed_logs").where("id", "=", id).execute();
    });
  }

  return {
    async follow({ account, scope, extensionId, userId, assignsOwners }) {
      const now = Date.now();
      const changing = {
        extension_id: extensionId,
        user_id: userId,
        assigns_owners: assignsOwners ? (1 as const) : (0 as const),
        due_at: now + FIRST_LOOK_MS,
      };
      return db.transaction().execute(async (transaction) => {
        await shareLogs(transaction, account, scope === "account" ? undefined : userId);
        const { id } = await transaction
          .insertInto("followed_logs")
          .values({
            id: randomUUID(),
            rc_account: account.rcAccount,
            platform: account.platform,
            tenant: account.tenant,
            scope,
            do_not_log: "[]",
            caught_up_to: now,
            news: 0,
            lively_until: 0,
            leased_until: 0,
            created_at: now,
            ...changing,
          })
          .onConflict((conflict) =>
            conflict.columns(["rc_account", "platform", "tenant", "scope"]).doUpdateSet(changing),
          )
          .returning("id")
          .executeTakeFirstOrThrow();
        return logOf(await logs(transaction).where("id", "=", id).executeTakeFirstOrThrow());
      });
    },

    async get(id) {
      const row = await logs(db).where("id", "=", id).executeTakeFirst();
      return row && logOf(row);
    },

    async ofLogin({ rcAccount, extensionId }) {
      const ofAccount = logs(db).where("rc_account", "=", rcAccount);
      const rows = await ofAccount.where("extension_id", "=", extensionId).orderBy("created_at", "desc").execute();
      return rows.map(logOf);
    },

    async ofAccount(rcAccount) {
      const ofAccount = logs(db).where("rc_account", "=", rcAccount);
      const rows = await ofAccount.where("scope", "=", "account").orderBy("created_at", "desc").execute();
      return rows.map(logOf);
    },

    verificationOf: ({ id, sealedVerification }) =>
      sealedVerification === undefined ? undefined : vault.open(sealedVerification, placeOf(id)),

    async doNotLog(id, numbers) {
      await set(id, { do_not_log: JSON.stringify(numbers) });
    },

    async logAs({ id, account, scope }, userId) {
      await db.transaction().execute(async (transaction) => {
        await shareLogs(transaction, account, scope === "account" ? undefined : userId);
        await transaction.updateTable("followed_logs").set({ user_id: userId }).where("id", "=", id).execute();
      });
    },

    remove,

    async abandon(log) {
      await remove(log.id);
      if (log.sharedLogId !== undefined) await unshareLogs(db, log.sharedLogId);
    },

    async news(id, livelyUntil) {
      const now = Date.now();
      await db
        .updateTable("followed_logs")
        .set({
          news: sql<number>`news + 1`,
          lively_until: livelyUntil,
          due_at: sql<number>`case when due_at > ${now} then ${now} else due_at end`,
        })
        .where("id", "=", id)
        .execute();
    },

    async claim(now, until, id) {
      return db.transaction().execute(async (transaction) => {
        const free = logs(transaction).where("leased_until", "<=", now).limit(1);
        const due = id === undefined ? free.where("due_at", "<=", now).orderBy("due_at") : free.where("id", "=", id);
        const row = await dialect.lockingOrSkipping(due).executeTakeFirst();
        if (row === undefined) return undefined;
        await transaction.updateTable("followed_logs").set({ leased_until: until }).where("id", "=", row.id).execute();
        return logOf(row);
      });
    },

    async renewLease(id, until) {
      await set(id, { leased_until: until });
    },

    async expect({ id }, verification) {
      await set(id, { verification: vault.seal(verification, placeOf(id)) });
    },

    async subscribed(id, subscription) {
      await set(id, { subscription_id: subscription.id, subscribed_until: subscription.until });
    },

    async caughtUp(id, token, upTo) {
      await set(id, { sync_token: token, caught_up_to: upTo });
    },

    async looked({ id, news }, { dueAt, restUntil, problem }) {
      await db
        .updateTable("followed_logs")
        .set({
          leased_until: restUntil,
          last_error: problem ?? null,
          due_at: sql<number>`case when news = ${news} then ${dueAt} else due_at end`,
        })
        .where("id", "=", id)
        .execute();
    },

    async allDue() {
      await db.updateTable("followed_logs").set({ due_at: 0 }).execute();
    },
  };
}

/** Who is who has changed: which message stores are read may change with it. */
export async function mappingsChanged(handle: Database["db"], account: AccountKey): Promise<void> {
  await handle
    .updateTable("followed_logs")
    .set({ due_at: 0, news: sql<number>`news + 1` })
    .where("rc_account", "=", account.rcAccount)
    .where("platform", "=", account.platform)
    .where("tenant", "=", account.tenant)
    .execute();
}

function logs(handle: Database["db"]) {
  return handle.selectFrom("followed_logs").selectAll().select(SHARED_LOG_OF_FOLLOWED);
}

function logOf(row: Selectable<FollowedLogTable> & { shared_log_id: string | null }): FollowedLog {
  return {
    id: row.id,
    account: { rcAccount: row.rc_account, platform: row.platform, tenant: row.tenant },
    scope: row.scope,
    extensionId: row.extension_id,
    userId: row.user_id,
    sharedLogId: row.shared_log_id ?? undefined,
    assignsOwners: row.assigns_owners === 1,
    doNotLog: textsIn(row.do_not_log),
    subscriptionId: row.subscription_id ?? undefined,
    subscribedUntil: row.subscribed_until ?? undefined,
    syncToken: row.sync_token ?? undefined,
    caughtUpTo: row.caught_up_to,
    news: row.news,
    livelyUntil: row.lively_until,
    lastError: row.last_error ?? undefined,
    createdAt: row.created_at,
    sealedVerification: row.verification ?? undefined,
  };
}

function textsIn(json: string): string[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}
