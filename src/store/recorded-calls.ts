/** Calls that were read from RingCentral's log and are on their way to the ledger; sealed, and gone once they are there. */

import type { Database } from "./database.ts";
import type { Vault } from "./vault.ts";

/** Which call: of which followed log, and its session. */
export interface RecordedCallKey {
  followedLogId: string;
  sessionId: string;
}

export interface RecordedCall extends RecordedCallKey {
  /** One that cannot be opened throws, and holds up no other. */
  read(): unknown;
  /** Tells this content from a later one of the same call. */
  sealed: string;
  attempts: number;
  /** Epoch milliseconds. */
  recordedAt: number;
}

export interface RecordedCallStore {
  /** A newer record of the same call takes the place of an older one, and is due at once. */
  keep(calls: readonly (RecordedCallKey & { call: unknown })[]): Promise<void>;
  /** Those that are due; nobody else gets them until `until`. */
  claim(limit: number, until: number): Promise<RecordedCall[]>;
  /** It is taken care of, unless a newer record has come meanwhile. */
  drop(call: RecordedCall): Promise<void>;
  later(call: RecordedCall, dueAt: number): Promise<void>;
}

export function createRecordedCallStore(dependencies: { database: Database; vault: Vault }): RecordedCallStore {
  const { database, vault } = dependencies;
  const { db, dialect } = database;
  const placeOf = ({ followedLogId, sessionId }: RecordedCallKey) =>
    JSON.stringify([followedLogId, sessionId, "recorded_calls.call"]);

  return {
    async keep(calls) {
      const now = Date.now();
      for (const { call, ...key } of calls) {
        const changing = { call: vault.seal(JSON.stringify(call), placeOf(key)), attempts: 0, due_at: now };
        await db
          .insertInto("recorded_calls")
          .values({ followed_log_id: key.followedLogId, session_id: key.sessionId, recorded_at: now, ...changing })
          .onConflict((conflict) => conflict.columns(["followed_log_id", "session_id"]).doUpdateSet(changing))
          .execute();
      }
    },

    async claim(limit, until) {
      return db.transaction().execute(async (transaction) => {
        const due = transaction
          .selectFrom("recorded_calls")
          .selectAll()
          .where("due_at", "<=", Date.now())
          .orderBy("due_at")
          .limit(limit);
        const rows = await dialect.lockingOrSkipping(due).execute();
        for (const row of rows) {
          await transaction
            .updateTable("recorded_calls")
            .set({ due_at: until })
            .where("followed_log_id", "=", row.followed_log_id)
            .where("session_id", "=", row.session_id)
            .execute();
        }
        return rows.map((row) => {
          const key = { followedLogId: row.followed_log_id, sessionId: row.session_id };
          const read = (): unknown => JSON.parse(vault.open(row.call, placeOf(key)));
          return { ...key, read, sealed: row.call, attempts: row.attempts, recordedAt: row.recorded_at };
        });
      });
    },

    async drop({ followedLogId, sessionId, sealed }) {
      await db
        .deleteFrom("recorded_calls")
        .where("followed_log_id", "=", followedLogId)
        .where("session_id", "=", sessionId)
        .where("call", "=", sealed)
        .execute();
    },

    async later({ followedLogId, sessionId, sealed, attempts }, dueAt) {
      await db
        .updateTable("recorded_calls")
        .set({ due_at: dueAt, attempts: attempts + 1 })
        .where("followed_log_id", "=", followedLogId)
        .where("session_id", "=", sessionId)
        .where("call", "=", sealed)
        .execute();
    },
  };
}
