/** Notes handed over for a call that somebody else will log; sealed, and gone after an hour. */

import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";
import type { Vault } from "./vault.ts";

/** App Connect's own limit ("/callLog/cacheNote" in its public OpenAPI document, 1.7.42). */
const KEPT_MS = 60 * 60 * 1000;

export interface CachedNoteStore {
  keep(userId: string, sessionId: string, note: string): Promise<void>;
  read(userId: string, sessionId: string): Promise<string | undefined>;
  /** Of everybody in a company whose client names the account, the newest first. */
  ofAccount(account: AccountKey, sessionId: string): Promise<ColleaguesNote[]>;
}

export interface ColleaguesNote {
  /** The author's id in the CRM. */
  crmUserId: string;
  note: string;
}

export function createCachedNoteStore({ database, vault }: { database: Database; vault: Vault }): CachedNoteStore {
  const { db } = database;
  const placeOf = (userId: string, sessionId: string) => JSON.stringify([userId, sessionId, "cached_notes.note"]);
  return {
    async keep(userId, sessionId, note) {
      const now = Date.now();
      const kept = { note: vault.seal(note, placeOf(userId, sessionId)), expires_at: now + KEPT_MS };
      await db.deleteFrom("cached_notes").where("user_id", "=", userId).where("expires_at", "<", now).execute();
      await db
        .insertInto("cached_notes")
        .values({ user_id: userId, session_id: sessionId, ...kept })
        .onConflict((conflict) => conflict.columns(["user_id", "session_id"]).doUpdateSet(kept))
        .execute();
    },

    async read(userId, sessionId) {
      const row = await db
        .selectFrom("cached_notes")
        .select("note")
        .where("user_id", "=", userId)
        .where("session_id", "=", sessionId)
        .where("expires_at", ">", Date.now())
        .executeTakeFirst();
      return row && vault.open(row.note, placeOf(userId, sessionId));
    },

    async ofAccount({ rcAccount, platform, tenant }, sessionId) {
      const rows = await db
        .selectFrom("users")
        .innerJoin("cached_notes", "cached_notes.user_id", "users.id")
        .select(["users.id", "users.crm_user_id", "cached_notes.note"])
        .where("users.rc_account_id", "=", rcAccount)
        .where("users.platform", "=", platform)
        .where("users.tenant", "=", tenant)
        .where("cached_notes.session_id", "=", sessionId)
        .where("cached_notes.expires_at", ">", Date.now())
        .orderBy("cached_notes.expires_at", "desc")
        .execute();
      return rows.map((row) => ({
        crmUserId: row.crm_user_id,
        note: vault.open(row.note, placeOf(row.id, sessionId)),
      }));
    },
  };
}
