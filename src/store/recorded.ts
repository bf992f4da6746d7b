/** What was read at RingCentral and is on its way to the ledger, calls and messages: sealed, and gone once it is there. */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Vault } from "./vault.ts";

/** Which one: of which followed log, and RingCentral's id. */
export interface RecordedKey {
  followedLogId: string;
  id: string;
}

export interface Recorded extends RecordedKey {
  /** One that cannot be opened throws, and holds up no other. */
  read(): unknown;
  /** Tells this content from a later one of the same. */
  sealed: string;
  attempts: number;
  /** Epoch milliseconds. */
  recordedAt: number;
}

export interface RecordedStore {
  /** A newer record takes the place of an older one, and is due at once. */
  keep(records: readonly (RecordedKey & { content: unknown })[]): Promise<void>;
  /** Those that are due; nobody else gets them until `until`. */
  claim(limit: number, until: number): Promise<Recorded[]>;
  /** It is taken care of, unless a newer record has come meanwhile. */
  drop(record: Recorded): Promise<void>;
  later(record: Recorded, dueAt: number): Promise<void>;
}

/** The tables are alike but for these names. */
interface RecordedTable {
  table: "recorded_calls" | "recorded_messages";
  id: "session_id" | "message_id";
  content: "call" | "message";
}

export const RECORDED_CALLS: RecordedTable = { table: "recorded_calls", id: "session_id", content: "call" };
export const RECORDED_MESSAGES: RecordedTable = { table: "recorded_messages", id: "message_id", content: "message" };

export function createRecordedStore(
  { database, vault }: { database: Database; vault: Vault },
  names: RecordedTable,
): RecordedStore {
  const { db, dialect } = database;
  const [table, id, content] = [sql.table(names.table), sql.ref(names.id), sql.ref(names.content)];
  const placeOf = (key: RecordedKey) => JSON.stringify([key.followedLogId, key.id, `${names.table}.${names.content}`]);
  const isStill = ({ followedLogId, id: itsId, sealed }: Recorded) =>
    sql`followed_log_id = ${followedLogId} and ${id} = ${itsId} and ${content} = ${sealed}`;

  return {
    async keep(records) {
      const now = Date.now();
      for (const record of records) {
        const sealed = vault.seal(JSON.stringify(record.content), placeOf(record));
        await sql`
          insert into ${table} (followed_log_id, ${id}, ${content}, attempts, due_at, recorded_at)
          values (${record.followedLogId}, ${record.id}, ${sealed}, 0, ${now}, ${now})
          on conflict (followed_log_id, ${id})
          do update set ${content} = excluded.${content}, attempts = 0, due_at = excluded.due_at`.execute(db);
      }
    },

    async claim(limit, until) {
      return db.transaction().execute(async (transaction) => {
        const due = transaction
          .selectFrom(names.table)
          .select([id.$castTo<string>().as("id"), content.$castTo<string>().as("sealed")])
          .select(["followed_log_id", "attempts", "recorded_at"])
          .where("due_at", "<=", Date.now())
          .orderBy("due_at")
          .limit(limit);
        const rows = await dialect.lockingOrSkipping(due).execute();
        const claimed: Recorded[] = [];
        for (const row of rows) {
          const key = { followedLogId: row.followed_log_id, id: row.id };
          await sql`
            update ${table} set due_at = ${until}
            where followed_log_id = ${key.followedLogId} and ${id} = ${key.id}`.execute(transaction);
          const read = (): unknown => JSON.parse(vault.open(row.sealed, placeOf(key)));
          claimed.push({ ...key, read, sealed: row.sealed, attempts: row.attempts, recordedAt: row.recorded_at });
        }
        return claimed;
      });
    },

    async drop(record) {
      await sql`delete from ${table} where ${isStill(record)}`.execute(db);
    },

    async later(record, dueAt) {
      await sql`
        update ${table} set due_at = ${dueAt}, attempts = ${record.attempts + 1} where ${isStill(record)}`.execute(db);
    },
  };
}
