/** The trail: what happened on the way of each call, written in batches beside the requests, read by the operator. */

import { type Selectable, sql } from "kysely";
import type { Database } from "./database.ts";
import { type JsonObject, readJsonObject } from "./json.ts";
import { keptQuery } from "./kept-query.ts";
import type { TrailTable } from "./schema.ts";
import { timeOrderedId } from "./time-ordered-id.ts";
import { SEALED_BEGINS, type Vault } from "./vault.ts";

export interface TrailStep {
  at: number;
  userId: string;
  what: TrailTable["what"];
  numberHash: string | undefined;
  sourceKey: string | undefined;
  entryId: string | undefined;
  /** Who matched, what failed. Undefined where the key that sealed it is gone. */
  facts: JsonObject | undefined;
}

export interface NewTrailStep extends TrailStep {
  /** Whether the facts are to be sealed: names, numbers, sentences. Ids, states and times are not. */
  isSecret: boolean;
}

export interface TrailStore {
  /** All of them, or none. Steps of users who are gone meanwhile are left out. */
  record(steps: readonly NewTrailStep[]): Promise<void>;
  /** All of these answer with the newest first, and with no more than `limit`. */
  latest(limit: number): Promise<TrailStep[]>;
  ofUser(userId: string, since: number, limit: number): Promise<TrailStep[]>;
  /** Hashes of the spellings that a number may have. */
  ofNumbers(hashes: readonly string[], before: number, limit: number): Promise<TrailStep[]>;
  ofSource(sourceKey: string, limit: number): Promise<TrailStep[]>;
  /** What one user looked up, of one number, between two moments. */
  lookUps(userId: string, numberHash: string, from: number, to: number, limit: number): Promise<TrailStep[]>;
  /** Forgets what is older; answers how many steps that were, at most `limit`. */
  forget(before: number, limit: number): Promise<number>;
}

const COLUMNS = {
  id: "text",
  at: "bigint",
  user_id: "text",
  what: "text",
  number_hash: "text",
  source_key: "text",
  entry_id: "text",
  facts: "text",
} as const;

export function createTrailStore({ database, vault }: { database: Database; vault: Vault }): TrailStore {
  // What is lost here in a power cut was for looking at only.
  const { db, relaxedDb, dialect } = database;
  const columns = sql.join(Object.keys(COLUMNS).map((name) => sql.ref(name)));
  const values = sql.join(Object.keys(COLUMNS).map(() => sql.val("")));
  const insertOne = keptQuery(
    relaxedDb,
    sql`insert into "trail" (${columns}) select ${values} from "users" where "id" = ${""}`.compile(relaxedDb),
  );
  const placeOf = (id: string) => JSON.stringify([id, "trail.facts"]);
  const steps = () => db.selectFrom("trail").selectAll().orderBy("at", "desc");

  function stepOf(row: Selectable<TrailTable>): TrailStep {
    return {
      at: row.at,
      userId: row.user_id,
      what: row.what,
      numberHash: row.number_hash ?? undefined,
      sourceKey: row.source_key ?? undefined,
      entryId: row.entry_id ?? undefined,
      facts: opened(row.id, row.facts),
    };
  }

  function opened(id: string, facts: string): JsonObject | undefined {
    try {
      return readJsonObject(facts.startsWith(SEALED_BEGINS) ? vault.open(facts, placeOf(id)) : facts);
    } catch {
      return undefined;
    }
  }

  function rowOf({ at, userId, what, numberHash, sourceKey, entryId, facts, isSecret }: NewTrailStep) {
    const id = timeOrderedId();
    const text = JSON.stringify(facts ?? {});
    const kept = isSecret ? vault.seal(text, placeOf(id)) : text;
    return [id, at, userId, what, numberHash ?? null, sourceKey ?? null, entryId ?? null, kept];
  }

  return {
    async record(happened) {
      if (!dialect.insertsAtOnce) {
        await Promise.all(happened.map((step) => insertOne(...rowOf(step), step.userId)));
        return;
      }
      // Not `exists`: PostgreSQL may make a join of it that reads all users.
      await sql`
        insert into "trail" (${columns})
        select ${columns} from ${dialect.rowsOf(COLUMNS, happened.map(rowOf))} as happened
        where (select users.id from users where users.id = happened.user_id) is not null`.execute(relaxedDb);
    },

    latest: async (limit) => (await steps().limit(limit).execute()).map(stepOf),

    async ofUser(userId, since, limit) {
      const ofUser = steps().where("user_id", "=", userId).where("at", ">", since);
      return (await ofUser.limit(limit).execute()).map(stepOf);
    },

    async ofNumbers(hashes, before, limit) {
      if (hashes.length === 0) return [];
      const ofNumbers = steps().where("number_hash", "in", hashes).where("at", "<", before);
      return (await ofNumbers.limit(limit).execute()).map(stepOf);
    },

    async ofSource(sourceKey, limit) {
      return (await steps().where("source_key", "=", sourceKey).limit(limit).execute()).map(stepOf);
    },

    async lookUps(userId, numberHash, from, to, limit) {
      const asked = steps()
        .where("number_hash", "=", numberHash)
        .where("at", ">=", from)
        .where("at", "<=", to)
        .where("user_id", "=", userId)
        .where("what", "=", "number looked up");
      return (await asked.limit(limit).execute()).map(stepOf);
    },

    async forget(before, limit) {
      const oldest = db.selectFrom("trail").select("id").where("at", "<", before).orderBy("at").limit(limit);
      const { numDeletedRows } = await db.deleteFrom("trail").where("id", "in", oldest).executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
