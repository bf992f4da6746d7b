/** Sessions: a token is worth something only while its session stands here. */

import { randomUUID } from "node:crypto";
import type { Database } from "./database.ts";

export interface SessionStore {
  /** Also removes the user's sessions that have run out. */
  open(userId: string, expiresAt: number): Promise<string>;
  /** Opens a session of a given id, once. */
  openAs(id: string, userId: string, expiresAt: number): Promise<void>;
  /** Does nothing for a session that has been ended. */
  extend(sessionId: string, expiresAt: number): Promise<void>;
}

export function createSessionStore({ database }: { database: Database }): SessionStore {
  const { db } = database;
  return {
    async open(userId, expiresAt) {
      const now = Date.now();
      const id = randomUUID();
      await db.deleteFrom("sessions").where("user_id", "=", userId).where("expires_at", "<", now).execute();
      await db.insertInto("sessions").values({ id, user_id: userId, created_at: now, expires_at: expiresAt }).execute();
      return id;
    },

    async openAs(id, userId, expiresAt) {
      await db
        .insertInto("sessions")
        .values({ id, user_id: userId, created_at: Date.now(), expires_at: expiresAt })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ expires_at: expiresAt }))
        .execute();
    },

    async extend(sessionId, expiresAt) {
      await db.updateTable("sessions").set({ expires_at: expiresAt }).where("id", "=", sessionId).execute();
    },
  };
}
