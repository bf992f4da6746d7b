/** What is taken over from another server: users as they were connected there, and which records their logs have in the CRM. */

import { randomUUID } from "node:crypto";
import type { Database } from "./database.ts";
import { importedTenant } from "./imported-tenant.ts";
import type { JsonObject } from "./json.ts";
import type { EntryKind } from "./schema.ts";
import { type Credentials, credentialsPlace } from "./users.ts";
import type { Vault } from "./vault.ts";

export interface ImportedUserRow {
  platform: string;
  tenant: string;
  crmUserId: string;
  hostname: string | undefined;
  timeZone: string;
  platformAdditionalInfo: JsonObject;
  settings: JsonObject;
  /** Undefined: logged out there. */
  credentials: Credentials | undefined;
  rcAccount: string | undefined;
}

export interface ImportedLog {
  userId: string;
  kind: EntryKind;
  sourceKey: string;
  contactId: string;
  logId: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Of a conversation. */
  messageIds: readonly string[];
}

export type LogKey = Pick<ImportedLog, "userId" | "kind" | "sourceKey">;

export interface KnownUser {
  id: string;
  tenant: string;
  hostname: string | undefined;
}

export interface ImportStore {
  /** The tenant of a user where neither the connector nor the CRM has told it yet. */
  tenantWithout(hostname: string | undefined): string;
  /** Whoever has this id in the CRM, in any tenant. */
  usersOf(platform: string, crmUserId: string): Promise<KnownUser[]>;
  addUser(user: ImportedUserRow): Promise<string>;
  /** What the ledger has of these, with the messages of conversations; all of one kind. */
  known(keys: readonly LogKey[]): Promise<Map<string, Set<string>>>;
  /** As written, without content; what the ledger has already stays as it is, but for messages that it lacks. All of one kind. */
  addLogs(logs: readonly ImportedLog[]): Promise<void>;
}

/** A log in the answer of `known`. */
export function keyText({ kind, sourceKey, userId }: LogKey): string {
  return JSON.stringify([userId, kind, sourceKey]);
}

/** A statement takes so many rows at a time: both databases limit its parameters. */
const ROWS_AT_ONCE = 500;

export function createImportStore({ database, vault }: { database: Database; vault: Vault }): ImportStore {
  const { db } = database;

  async function entriesOf(handle: Database["db"], logs: readonly LogKey[]) {
    const [first] = logs;
    if (first === undefined) return [];
    const wanted = new Set(logs.map(keyText));
    const found: { id: string; key: string }[] = [];
    for (const part of parts(logs)) {
      const rows = await handle
        .selectFrom("log_entries")
        .select(["id", "user_id", "source_key"])
        .where("kind", "=", first.kind)
        .where(
          "source_key",
          "in",
          part.map(({ sourceKey }) => sourceKey),
        )
        .execute();
      for (const { id, source_key: sourceKey, user_id: userId } of rows) {
        const key = keyText({ userId, kind: first.kind, sourceKey });
        if (wanted.has(key)) found.push({ id, key });
      }
    }
    return found;
  }

  return {
    tenantWithout: importedTenant,

    async usersOf(platform, crmUserId) {
      const rows = await db
        .selectFrom("users")
        .select(["id", "tenant", "hostname"])
        .where("platform", "=", platform)
        .where("crm_user_id", "=", crmUserId)
        .execute();
      return rows.map(({ id, tenant, hostname }) => ({ id, tenant, hostname: hostname ?? undefined }));
    },

    async addUser(user) {
      const id = randomUUID();
      const now = Date.now();
      const { credentials } = user;
      await db
        .insertInto("users")
        .values({
          id,
          platform: user.platform,
          tenant: user.tenant,
          crm_user_id: user.crmUserId,
          // Nobody kept it; the next login tells it.
          name: user.crmUserId,
          hostname: user.hostname ?? null,
          time_zone: user.timeZone,
          platform_additional_info: JSON.stringify(user.platformAdditionalInfo),
          settings: JSON.stringify(user.settings),
          credentials:
            credentials === undefined ? null : vault.seal(JSON.stringify(credentials), credentialsPlace(user)),
          rc_account_id: user.rcAccount ?? null,
          // Tokens of before are worth nothing for somebody who had logged out.
          logged_out_at: credentials === undefined ? now : null,
          created_at: now,
          updated_at: now,
        })
        .execute();
      return id;
    },

    async known(keys) {
      const entries = await entriesOf(db, keys);
      const byId = new Map(entries.map(({ id }) => [id, new Set<string>()]));
      if (keys[0]?.kind === "message") {
        for (const part of parts(entries)) {
          const rows = await db
            .selectFrom("logged_messages")
            .selectAll()
            .where(
              "entry_id",
              "in",
              part.map(({ id }) => id),
            )
            .execute();
          for (const row of rows) byId.get(row.entry_id)?.add(row.message_id);
        }
      }
      return new Map(entries.map(({ id, key }) => [key, byId.get(id) ?? new Set<string>()]));
    },

    async addLogs(logs) {
      await db.transaction().execute(async (transaction) => {
        for (const part of parts(logs)) {
          const rows = part.map((log) => entryRow(log, vault));
          await transaction
            .insertInto("log_entries")
            .values(rows)
            .onConflict((conflict) => conflict.columns(["user_id", "kind", "source_key"]).doNothing())
            .execute();
        }
        const ids = new Map((await entriesOf(transaction, logs)).map(({ id, key }) => [key, id]));
        const messages = logs.flatMap((log) => {
          const entryId = ids.get(keyText(log));
          if (entryId === undefined) return [];
          return log.messageIds.map((messageId) => ({ entry_id: entryId, message_id: messageId }));
        });
        for (const part of parts(messages)) {
          await transaction
            .insertInto("logged_messages")
            .values(part)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
      });
    },
  };
}

/** As the ledger leaves an entry whose content it has forgotten. */
function entryRow({ contactId, createdAt, kind, logId, sourceKey, userId }: ImportedLog, vault: Vault) {
  const id = randomUUID();
  // None of the messages that are still to come stands there: a conversation is gone on with, not merged.
  const nothing = JSON.stringify({ messageIds: [] });
  return {
    id,
    user_id: userId,
    kind,
    source_key: sourceKey,
    contact_id: contactId,
    state: "written" as const,
    wanted: null,
    wanted_version: 1,
    written: kind === "message" ? vault.seal(nothing, JSON.stringify([id, "log_entries.written"])) : null,
    written_version: 1,
    sent: null,
    sent_version: 1,
    log_id: logId,
    attempts: 0,
    next_attempt_at: null,
    hold_until: null,
    lease_until: null,
    owed_since: createdAt,
    last_error: null,
    last_error_code: null,
    created_at: createdAt,
    updated_at: Date.now(),
    written_at: createdAt,
  };
}

function parts<T>(rows: readonly T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, at) => at * ROWS_AT_ONCE);
  return starts.map((start) => rows.slice(start, start + ROWS_AT_ONCE));
}
