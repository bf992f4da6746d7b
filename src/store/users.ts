/** Connected users: who they are in which CRM, their settings, and their credentials, sealed. */

import { randomUUID } from "node:crypto";
import { type Selectable } from "kysely";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import type { Database } from "./database.ts";
import { type JsonObject, readJsonObject } from "./json.ts";
import type { UserTable } from "./schema.ts";
import type { Vault } from "./vault.ts";

const Credentials = Type.Union([
  Type.Object({ type: Type.Literal("apiKey"), authorization: Type.String() }),
  Type.Object({
    type: Type.Literal("oauth"),
    accessToken: Type.String(),
    refreshToken: Type.Optional(Type.String()),
    /** Epoch milliseconds. */
    expiresAt: Type.Optional(Type.Number()),
    apiOrigin: Type.Optional(Type.String()),
  }),
]);
/** What opens the CRM for a user. `authorization` is a whole header value. */
export type Credentials = Static<typeof Credentials>;
const storedCredentials = Compile(Credentials);

export interface StoredUser {
  id: string;
  platform: string;
  tenant: string;
  crmUserId: string;
  name: string;
  hostname: string | undefined;
  timeZone: string;
  platformAdditionalInfo: JsonObject;
  settings: JsonObject;
  connected: boolean;
  loggedOutAt: number | undefined;
  sealedCredentials: string | undefined;
}

export interface LoginToSave {
  platform: string;
  tenant: string;
  crmUserId: string;
  name: string;
  hostname: string | undefined;
  timeZone: string;
  platformAdditionalInfo: JsonObject;
  credentials: Credentials;
  rcAccountId: string | undefined;
}

/** A user whose row is held, as it stands now. */
export interface HeldUser {
  user: StoredUser | undefined;
  saveCredentials(user: StoredUser, credentials: Credentials): Promise<void>;
  disconnect(user: StoredUser): Promise<void>;
}

export interface UserStore {
  /** Creates the user or renews a known one; settings and ledger stay. */
  save(login: LoginToSave): Promise<StoredUser>;
  get(id: string): Promise<StoredUser | undefined>;
  bySession(sessionId: string): Promise<StoredUser | undefined>;
  /** At most two: enough to know whether exactly one fits. */
  byCrmUserId(platform: string, crmUserId: string): Promise<StoredUser[]>;
  credentialsOf(user: StoredUser): Credentials | undefined;
  /**
   * Runs work that may talk to the CRM while no other process can change the user's credentials. What it wants to keep it
   * must return, not throw: throwing undoes it.
   */
  holding<T>(userId: string, work: (held: HeldUser) => Promise<T>): Promise<T>;
  /** Logs out everywhere: wipes the credentials and ends every session. */
  disconnect(user: StoredUser): Promise<void>;
  /** Wipes what we hold of a user: credentials, sessions, contacts, notes and content. False where there is no such user. */
  remove(identity: Pick<StoredUser, "platform" | "tenant" | "crmUserId">): Promise<boolean>;
  /** Reads, changes and stores the settings in one transaction. */
  changeSettings(id: string, change: (settings: JsonObject) => JsonObject): Promise<JsonObject>;
}

export function createUserStore({ database, vault }: { database: Database; vault: Vault }): UserStore {
  const { db, dialect } = database;
  const seal = (user: Pick<StoredUser, "platform" | "tenant" | "crmUserId">, credentials: Credentials) =>
    vault.seal(JSON.stringify(credentials), placeOf(user));

  return {
    async save(login) {
      const now = Date.now();
      const changing = {
        name: login.name,
        hostname: login.hostname ?? null,
        time_zone: login.timeZone,
        platform_additional_info: JSON.stringify(login.platformAdditionalInfo),
        credentials: seal(login, login.credentials),
        rc_account_id: login.rcAccountId ?? null,
        updated_at: now,
      };
      const row = await db
        .insertInto("users")
        .values({
          id: randomUUID(),
          platform: login.platform,
          tenant: login.tenant,
          crm_user_id: login.crmUserId,
          settings: "{}",
          logged_out_at: null,
          created_at: now,
          ...changing,
        })
        .onConflict((conflict) => conflict.columns(["platform", "crm_user_id", "tenant"]).doUpdateSet(changing))
        .returningAll()
        .executeTakeFirstOrThrow();
      return userOf(row);
    },

    get: (id) => read(db, id),

    async bySession(sessionId) {
      const row = await db
        .selectFrom("sessions")
        .innerJoin("users", "users.id", "sessions.user_id")
        .selectAll("users")
        .where("sessions.id", "=", sessionId)
        .executeTakeFirst();
      return row && userOf(row);
    },

    async byCrmUserId(platform, crmUserId) {
      const rows = await db
        .selectFrom("users")
        .selectAll()
        .where("platform", "=", platform)
        .where("crm_user_id", "=", crmUserId)
        .limit(2)
        .execute();
      return rows.map(userOf);
    },

    credentialsOf(user) {
      if (user.sealedCredentials === undefined) return undefined;
      const opened: unknown = JSON.parse(vault.open(user.sealedCredentials, placeOf(user)));
      return storedCredentials.Parse(opened);
    },

    holding: (userId, work) =>
      dialect.withUserLocked(db, userId, async (held) =>
        work({
          user: await read(held, userId),
          async saveCredentials(user, credentials) {
            await held
              .updateTable("users")
              .set({ credentials: seal(user, credentials), updated_at: Date.now() })
              .where("id", "=", user.id)
              .execute();
          },
          disconnect: (user) => disconnect(held, user),
        }),
      ),

    disconnect: (user) => db.transaction().execute((transaction) => disconnect(transaction, user)),

    async remove({ platform, tenant, crmUserId }) {
      const now = Date.now();
      return db.transaction().execute(async (transaction) => {
        const user = await transaction
          .updateTable("users")
          .set({
            name: "",
            credentials: null,
            settings: "{}",
            platform_additional_info: "{}",
            logged_out_at: now,
            updated_at: now,
          })
          .where("platform", "=", platform)
          .where("tenant", "=", tenant)
          .where("crm_user_id", "=", crmUserId)
          .returning("id")
          .executeTakeFirst();
        if (user === undefined) return false;
        for (const table of ["sessions", "contact_numbers", "cached_notes"] as const) {
          await transaction.deleteFrom(table).where("user_id", "=", user.id).execute();
        }
        // The pairs of ids stay: a user who comes back finds the calls logged before, and none twice.
        const ofUser = transaction.updateTable("log_entries").where("user_id", "=", user.id);
        await ofUser.set({ state: "refused", next_attempt_at: null }).where("state", "!=", "written").execute();
        await ofUser.set({ wanted: null, written: null, sent: null }).execute();
        return true;
      });
    },

    async changeSettings(id, change) {
      return db.transaction().execute(async (transaction) => {
        const ofUser = transaction.selectFrom("users").select("settings").where("id", "=", id);
        const row = await dialect.locking(ofUser).executeTakeFirstOrThrow();
        const settings = change(readJsonObject(row.settings));
        await transaction
          .updateTable("users")
          .set({ settings: JSON.stringify(settings), updated_at: Date.now() })
          .where("id", "=", id)
          .execute();
        return settings;
      });
    },
  };
}

type Handle = Database["db"];

async function read(handle: Handle, id: string): Promise<StoredUser | undefined> {
  const row = await handle.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
  return row && userOf(row);
}

async function disconnect(handle: Handle, user: StoredUser): Promise<void> {
  const now = Date.now();
  await handle.deleteFrom("sessions").where("user_id", "=", user.id).execute();
  await handle
    .updateTable("users")
    .set({ credentials: null, logged_out_at: now, updated_at: now })
    .where("id", "=", user.id)
    .execute();
}

function placeOf(user: Pick<StoredUser, "platform" | "tenant" | "crmUserId">): string {
  return JSON.stringify([user.platform, user.tenant, user.crmUserId, "users.credentials"]);
}

function userOf(row: Selectable<UserTable>): StoredUser {
  return {
    id: row.id,
    platform: row.platform,
    tenant: row.tenant,
    crmUserId: row.crm_user_id,
    name: row.name,
    hostname: row.hostname ?? undefined,
    timeZone: row.time_zone,
    platformAdditionalInfo: readJsonObject(row.platform_additional_info),
    settings: readJsonObject(row.settings),
    connected: row.credentials !== null,
    loggedOutAt: row.logged_out_at ?? undefined,
    sealedCredentials: row.credentials ?? undefined,
  };
}
