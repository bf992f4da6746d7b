/** Sessions: a token is worth something only while its session stands here. */

import { randomUUID } from "node:crypto";
import type { Database } from "./database.ts";

export interface SessionStore {
  /** Also removes the user's sessions that have run out. */
  open(userId: string, expiresAt: number): Promise<string>;
  extend(sessionId: string, expiresAt: number): Promise<void>;
}

export function createSessionStore({ db }: { db: Database }): SessionStore {
  return {
    async open(userId, expiresAt) {
      const now = Date.now();
      const id = randomUUID();
      await db.deleteFrom("sessions").where("user_id", "=", userId).where("expires_at", "<", now).execute();
      await db.insertInto("sessions").values({ id, user_id: userId, created_at: now, expires_at: expiresAt }).execute();
      return id;
    },

    async extend(sessionId, expiresAt) {
      await db.updateTable("sessions").set({ expires_at: expiresAt }).where("id", "=", sessionId).execute();
    },
  };
}
