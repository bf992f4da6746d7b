/** The trail: what happened on the way of each call, written in batches beside the requests, read by the operator. */

import { type Selectable, sql } from "kysely";
import type { Database } from "./database.ts";
import { isJsonObject, type JsonObject, readJsonObject } from "./json.ts";
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
  /** What happened with the same entry right after it, and is kept in the same row. */
  next?: NewTrailStep;
}

export interface TrailStore {
  /** All of them, or none. Steps of users who are gone meanwhile are left out. */
  record(steps: readonly NewTrailStep[]): Promise<void>;
  /** All of these answer with the newest first, and with no more than `limit`; what stands in another's row is found with it. */
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

  /** The newest first. */
  function stepsOf(row: Selectable<TrailTable>): TrailStep[] {
    const kept = opened(row.id, row.facts);
    const { next, ...facts } = kept ?? {};
    const step: TrailStep = {
      at: row.at,
      userId: row.user_id,
      what: row.what,
      numberHash: row.number_hash ?? undefined,
      sourceKey: row.source_key ?? undefined,
      entryId: row.entry_id ?? undefined,
      facts: kept && facts,
    };
    return isNext(next) ? [{ ...step, ...next, what: "log attempted", numberHash: undefined }, step] : [step];
  }

  /** What stands in one row may have happened before and after what stands in another. */
  function newest(rows: readonly Selectable<TrailTable>[], limit: number): TrailStep[] {
    return rows
      .flatMap(stepsOf)
      .toSorted((one, other) => other.at - one.at)
      .slice(0, limit);
  }

  function opened(id: string, facts: string): JsonObject | undefined {
    try {
      return readJsonObject(facts.startsWith(SEALED_BEGINS) ? vault.open(facts, placeOf(id)) : facts);
    } catch {
      return undefined;
    }
  }

  function rowOf({ at, userId, what, numberHash, sourceKey, entryId, facts, isSecret, next }: NewTrailStep) {
    const id = timeOrderedId();
    const text = JSON.stringify(
      next === undefined ? (facts ?? {}) : { ...facts, next: { at: next.at, facts: next.facts } },
    );
    const kept = isSecret || next?.isSecret === true ? vault.seal(text, placeOf(id)) : text;
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

    latest: async (limit) => newest(await steps().limit(limit).execute(), limit),

    async ofUser(userId, since, limit) {
      const ofUser = steps().where("user_id", "=", userId).where("at", ">", since);
      return newest(await ofUser.limit(limit).execute(), limit);
    },

    async ofNumbers(hashes, before, limit) {
      if (hashes.length === 0) return [];
      const ofNumbers = steps().where("number_hash", "in", hashes).where("at", "<", before);
      const found = newest(await ofNumbers.limit(limit).execute(), 2 * limit);
      return found.filter(({ numberHash }) => numberHash !== undefined);
    },

    async ofSource(sourceKey, limit) {
      return newest(await steps().where("source_key", "=", sourceKey).limit(limit).execute(), limit);
    },

    async lookUps(userId, numberHash, from, to, limit) {
      const asked = steps()
        .where("number_hash", "=", numberHash)
        .where("at", ">=", from)
        .where("at", "<=", to)
        .where("user_id", "=", userId)
        .where("what", "=", "number looked up");
      return newest(await asked.limit(limit).execute(), limit);
    },

    async forget(before, limit) {
      const oldest = db.selectFrom("trail").select("id").where("at", "<", before).orderBy("at").limit(limit);
      const { numDeletedRows } = await db.deleteFrom("trail").where("id", "in", oldest).executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

function isNext(value: unknown): value is Pick<TrailStep, "at"> & { facts: JsonObject } {
  return isJsonObject(value) && typeof value["at"] === "number" && isJsonObject(value["facts"]);
}
