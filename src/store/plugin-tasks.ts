/** What asynchronous plugins are asked to do: kept until they have it, and until their answer has come or is too late. */

import { createHash } from "node:crypto";
import type { Database } from "./database.ts";
import { pluginFrom, type RegisteredPlugin } from "./plugins.ts";
import type { EntryKind } from "./schema.ts";
import type { Vault } from "./vault.ts";

export interface TaskToKeep {
  /** Known to us and the plugin alone; only its hash is stored in the clear. */
  taskId: string;
  plugin: string;
  userId: string;
  kind: EntryKind;
  sourceKey: string;
  /** The body of the request to the plugin. */
  request: string;
  expiresAt: number;
}

export interface DueTask {
  /** The stored hash. */
  id: string;
  plugin: RegisteredPlugin;
  request: string;
  /** With the one that has now begun. */
  attempts: number;
}

/** A task to which an answer may still come. */
export interface OpenTask {
  id: string;
  plugin: RegisteredPlugin;
  userId: string;
  kind: EntryKind;
  sourceKey: string;
}

export interface PluginTaskStore {
  /** Does nothing where the plugin has been asked the very same of this log. `digest` tells what "the same" is. */
  keep(task: TaskToKeep, digest: string): Promise<void>;
  /** Begins an attempt at each of the due ones; those that a dead process began are due again when `leaseMs` is over. */
  begin(now: number, atOnce: number, leaseMs: number): Promise<DueTask[]>;
  /** The plugin has it; the content is dropped. */
  delivered(id: string): Promise<void>;
  tryAgainAt(id: string, at: number): Promise<void>;
  /** By the task's own id; undefined for one that is unknown, answered or too late. */
  open(taskId: string, now: number): Promise<OpenTask | undefined>;
  /** Whether nobody else is at work on an answer to it; it is the caller's until the time is over. */
  take(id: string, now: number, until: number): Promise<boolean>;
  /** The answer could not be carried out: another may come. */
  release(id: string): Promise<void>;
  answered(id: string, now: number): Promise<void>;
  /** Drops what has run out. */
  forget(now: number): Promise<void>;
}

export function createPluginTaskStore({ database, vault }: { database: Database; vault: Vault }): PluginTaskStore {
  const { db } = database;
  const placeOf = (id: string) => JSON.stringify([id, "plugin_tasks.request"]);
  const pluginsOf = async (ids: readonly string[]) => {
    if (ids.length === 0) return new Map<string, RegisteredPlugin>();
    const rows = await db.selectFrom("plugins").selectAll().where("id", "in", ids).execute();
    return new Map(rows.map((row) => [row.id, pluginFrom(row, vault)]));
  };

  return {
    async keep({ taskId, plugin, userId, kind, sourceKey, request, expiresAt }, digest) {
      const id = hashOf(taskId);
      await db
        .insertInto("plugin_tasks")
        .values({
          id,
          plugin,
          user_id: userId,
          kind,
          source_key: sourceKey,
          digest,
          request: vault.seal(request, placeOf(id)),
          attempts: 0,
          next_attempt_at: Date.now(),
          taken_until: 0,
          expires_at: expiresAt,
        })
        .onConflict((conflict) => conflict.columns(["user_id", "plugin", "kind", "source_key", "digest"]).doNothing())
        .execute();
    },

    async begin(now, atOnce, leaseMs) {
      const due = await db
        .selectFrom("plugin_tasks")
        .select(["id", "plugin", "request", "attempts", "next_attempt_at"])
        .where("next_attempt_at", "<=", now)
        .orderBy("next_attempt_at")
        .limit(atOnce)
        .execute();
      const plugins = await pluginsOf([...new Set(due.map(({ plugin }) => plugin))]);
      const begun: DueTask[] = [];
      for (const { id, plugin: registration, request, attempts, next_attempt_at: seen } of due) {
        const { numUpdatedRows } = await db
          .updateTable("plugin_tasks")
          .set({ attempts: attempts + 1, next_attempt_at: now + leaseMs })
          .where("id", "=", id)
          .where("next_attempt_at", "=", seen)
          .executeTakeFirst();
        const plugin = plugins.get(registration);
        if (numUpdatedRows === 0n || plugin === undefined || request === null) continue;
        begun.push({ id, plugin, request: vault.open(request, placeOf(id)), attempts: attempts + 1 });
      }
      return begun;
    },

    async delivered(id) {
      const done = { request: null, next_attempt_at: null };
      await db.updateTable("plugin_tasks").set(done).where("id", "=", id).execute();
    },

    async tryAgainAt(id, at) {
      await db
        .updateTable("plugin_tasks")
        .set({ next_attempt_at: at })
        .where("id", "=", id)
        .where("request", "is not", null)
        .execute();
    },

    async open(taskId, now) {
      const row = await db
        .selectFrom("plugin_tasks")
        .select(["id", "plugin", "user_id", "kind", "source_key"])
        .where("id", "=", hashOf(taskId))
        .where("answered_at", "is", null)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      const plugin = row && (await pluginsOf([row.plugin])).get(row.plugin);
      if (row === undefined || plugin === undefined) return undefined;
      return { id: row.id, plugin, userId: row.user_id, kind: row.kind, sourceKey: row.source_key };
    },

    async take(id, now, until) {
      const { numUpdatedRows } = await db
        .updateTable("plugin_tasks")
        .set({ taken_until: until })
        .where("id", "=", id)
        .where("answered_at", "is", null)
        .where("taken_until", "<=", now)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async release(id) {
      await db.updateTable("plugin_tasks").set({ taken_until: 0 }).where("id", "=", id).execute();
    },

    async answered(id, now) {
      const done = { answered_at: now, request: null, next_attempt_at: null };
      await db.updateTable("plugin_tasks").set(done).where("id", "=", id).execute();
    },

    async forget(now) {
      await db.deleteFrom("plugin_tasks").where("expires_at", "<=", now).execute();
    },
  };
}

function hashOf(taskId: string): string {
  return createHash("sha256").update(taskId).digest("hex");
}
