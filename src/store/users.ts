/** Connected users: who they are in which CRM, their settings, and their credentials, sealed. */

import { randomUUID } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { type Static, Type } from "typebox";
import { compiled } from "../compiled.ts";
import type { Database } from "./database.ts";
import { OF_FOLLOWED_LOG } from "./followed-logs.ts";
import { nameTenant } from "./imported-tenant.ts";
import { type JsonObject, readJsonObject } from "./json.ts";
import type { AccountKey } from "./account-settings.ts";
import type { UserTable } from "./schema.ts";
import { SHARED_LOG } from "./shared-logs.ts";
import type { Vault } from "./vault.ts";

/** What a connector that speaks HTTP by itself asked to remember: it may hold secrets. */
const Remembered = Type.Optional(Type.Record(Type.String(), Type.Unknown()));

const Credentials = Type.Union([
  Type.Object({
    type: Type.Literal("apiKey"),
    authorization: Type.String(),
    /** The key itself, kept only for a connector that speaks HTTP by itself. */
    apiKey: Type.Optional(Type.String()),
    remembered: Remembered,
  }),
  Type.Object({
    type: Type.Literal("oauth"),
    accessToken: Type.String(),
    refreshToken: Type.Optional(Type.String()),
    /** Epoch milliseconds. */
    expiresAt: Type.Optional(Type.Number()),
    apiOrigin: Type.Optional(Type.String()),
    tokenUrl: Type.Optional(Type.String()),
    /** The RingCentral account, hashed, whose own OAuth client got these tokens; absent: the server's client. */
    managedBy: Type.Optional(Type.String()),
    remembered: Remembered,
  }),
]);
/** What opens the CRM for a user. `authorization` is a whole header value. */
export type Credentials = Static<typeof Credentials>;
const storedCredentials = compiled(Credentials);

/** What goes with a user who is removed. */
const OWN_TABLES = [
  "sessions",
  "administrator_logins",
  "contact_numbers",
  "cached_notes",
  "logging_fields",
  "call_down_entries",
  "plugin_tasks",
  "trail",
] as const;

/** Read together with the user: what applies to them costs no statement of its own. */
const ACCOUNT_SETTINGS = sql<string | null>`(
  select decided.settings from account_settings as decided
  where decided.rc_account = users.rc_account_id
    and decided.platform = users.platform and decided.tenant = users.tenant
)`.as("account_settings");

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
  /** The RingCentral account that the user's client names, hashed. */
  rcAccount: string | undefined;
  /** What the administrators of that account decided for the users of this company; undefined where they decided nothing. */
  accountSettings: JsonObject | undefined;
  /** With whom the records of calls and messages are shared; undefined: with nobody, and the user's own alone. */
  sharedLogId: string | undefined;
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

export type RenewedInfo = Pick<LoginToSave, "name" | "hostname" | "timeZone" | "platformAdditionalInfo">;

/** A user whose row is held, as it stands now. */
export interface HeldUser {
  user: StoredUser | undefined;
  saveCredentials(user: StoredUser, credentials: Credentials): Promise<void>;
  disconnect(user: StoredUser): Promise<void>;
}

export interface UserStore {
  /** Creates the user or renews a known one, which may have been taken over from another server; settings and ledger stay. */
  save(login: LoginToSave): Promise<StoredUser>;
  get(id: string): Promise<StoredUser | undefined>;
  bySession(sessionId: string): Promise<StoredUser | undefined>;
  /** Undefined where it is not remembered. */
  bySessionAtOnce(sessionId: string): StoredUser | undefined;
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
  /** Wipes what we hold of a user: credentials, sessions, contacts, notes, trail and content. False where there is no such user. */
  remove(identity: Pick<StoredUser, "platform" | "tenant" | "crmUserId">): Promise<boolean>;
  /** The CRM says of a user what it had said at the login, as it is now. */
  renewInfo(id: string, info: RenewedInfo): Promise<void>;
  /** The client names another RingCentral account than before: its settings apply from now on. */
  nameAccount(id: string, rcAccount: string): Promise<StoredUser | undefined>;
  /** An account's settings have changed: everybody whom they bind is to be read anew. */
  accountChanged(account: AccountKey): Promise<void>;
  /** Reads, changes and stores the settings in one transaction. */
  changeSettings(id: string, change: (settings: JsonObject) => JsonObject): Promise<JsonObject>;
}

export function createUserStore({ database, vault }: { database: Database; vault: Vault }): UserStore {
  const { db, dialect } = database;
  const seal = (user: Pick<StoredUser, "platform" | "tenant" | "crmUserId">, credentials: Credentials) =>
    vault.seal(JSON.stringify(credentials), credentialsPlace(user));

  return {
    async save(login) {
      const now = Date.now();
      await nameTenant(db, login);
      const changing = {
        name: login.name,
        hostname: login.hostname ?? null,
        time_zone: login.timeZone,
        platform_additional_info: JSON.stringify(login.platformAdditionalInfo),
        credentials: seal(login, login.credentials),
        updated_at: now,
        ...(login.rcAccountId === undefined ? {} : { rc_account_id: login.rcAccountId }),
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
      await dialect.tellUserChanged(db, row.id);
      return userOf(row);
    },

    get: (id) => read(db, id),

    bySessionAtOnce: () => undefined,

    async bySession(sessionId) {
      const row = await db
        .selectFrom("sessions")
        .innerJoin("users", "users.id", "sessions.user_id")
        .selectAll("users")
        .select([ACCOUNT_SETTINGS, SHARED_LOG])
        .where("sessions.id", "=", sessionId)
        .executeTakeFirst();
      return row && userOf(row);
    },

    async renewInfo(id, { hostname, name, platformAdditionalInfo, timeZone }) {
      await db
        .updateTable("users")
        .set({
          name,
          hostname: hostname ?? null,
          time_zone: timeZone,
          platform_additional_info: JSON.stringify(platformAdditionalInfo),
          updated_at: Date.now(),
        })
        .where("id", "=", id)
        .execute();
      await dialect.tellUserChanged(db, id);
    },

    async byCrmUserId(platform, crmUserId) {
      const rows = await db
        .selectFrom("users")
        .selectAll()
        .select([ACCOUNT_SETTINGS, SHARED_LOG])
        .where("platform", "=", platform)
        .where("crm_user_id", "=", crmUserId)
        .limit(2)
        .execute();
      return rows.map(userOf);
    },

    credentialsOf(user) {
      if (user.sealedCredentials === undefined) return undefined;
      const opened: unknown = JSON.parse(vault.open(user.sealedCredentials, credentialsPlace(user)));
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
            await dialect.tellUserChanged(held, user.id);
          },
          disconnect: (user) => disconnect(held, dialect, user),
        }),
      ),

    disconnect: (user) => db.transaction().execute((transaction) => disconnect(transaction, dialect, user)),

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
        await dialect.tellUserChanged(transaction, user.id);
        const followed = transaction.selectFrom("followed_logs").select("id").where("user_id", "=", user.id);
        for (const table of OF_FOLLOWED_LOG) {
          await transaction.deleteFrom(table).where("followed_log_id", "in", followed).execute();
        }
        await transaction.deleteFrom("followed_logs").where("user_id", "=", user.id).execute();
        for (const table of OWN_TABLES) {
          await transaction.deleteFrom(table).where("user_id", "=", user.id).execute();
        }
        // The pairs of ids stay: a user who comes back finds the calls logged before, and none twice. What may be in the CRM
        // is looked for before it is written again; what never came to be is forgotten.
        const ofUser = transaction.updateTable("log_entries").where("user_id", "=", user.id);
        await ofUser
          .set({ state: "uncertain", lease_until: null, next_attempt_at: null })
          .where("log_id", "is", null)
          .where((entry) => entry.or([entry("state", "in", ["uncertain", "sending"]), entry("sent", "is not", null)]))
          .execute();
        await ofUser
          .set({ state: "written", lease_until: null, next_attempt_at: null })
          .where("log_id", "is not", null)
          .execute();
        await ofUser.set({ wanted: null, written: null, sent: null }).execute();
        const neverWritten = transaction
          .selectFrom("log_entries")
          .select("id")
          .where("user_id", "=", user.id)
          .where("state", "in", ["pending", "refused"]);
        await transaction.deleteFrom("logged_messages").where("entry_id", "in", neverWritten).execute();
        await transaction
          .deleteFrom("log_entries")
          .where("user_id", "=", user.id)
          .where("state", "in", ["pending", "refused"])
          .execute();
        return true;
      });
    },

    async nameAccount(id, rcAccount) {
      await db.updateTable("users").set({ rc_account_id: rcAccount }).where("id", "=", id).execute();
      await dialect.tellUserChanged(db, id);
      return read(db, id);
    },

    async accountChanged({ rcAccount, platform, tenant }) {
      const bound = await db
        .selectFrom("users")
        .select("id")
        .where("rc_account_id", "=", rcAccount)
        .where("platform", "=", platform)
        .where("tenant", "=", tenant)
        .execute();
      await db.transaction().execute(async (transaction) => {
        for (const { id } of bound) await dialect.tellUserChanged(transaction, id);
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
        await dialect.tellUserChanged(transaction, id);
        return settings;
      });
    },
  };
}

type Handle = Database["db"];

async function read(handle: Handle, id: string): Promise<StoredUser | undefined> {
  const ofId = handle.selectFrom("users").selectAll().select([ACCOUNT_SETTINGS, SHARED_LOG]).where("id", "=", id);
  const row = await ofId.executeTakeFirst();
  return row && userOf(row);
}

async function disconnect(handle: Handle, dialect: Database["dialect"], user: StoredUser): Promise<void> {
  const now = Date.now();
  await dialect.tellUserChanged(handle, user.id);
  await handle.deleteFrom("sessions").where("user_id", "=", user.id).execute();
  await handle.deleteFrom("administrator_logins").where("user_id", "=", user.id).execute();
  await handle
    .updateTable("users")
    .set({ credentials: null, logged_out_at: now, updated_at: now })
    .where("id", "=", user.id)
    .execute();
}

/** Where a user's sealed credentials belong. */
export function credentialsPlace(user: Pick<StoredUser, "platform" | "tenant" | "crmUserId">): string {
  return JSON.stringify([user.platform, user.tenant, user.crmUserId, "users.credentials"]);
}

function userOf(
  row: Selectable<UserTable> & { account_settings?: string | null; shared_log_id?: string | null },
): StoredUser {
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
    rcAccount: row.rc_account_id ?? undefined,
    accountSettings: row.account_settings ? readJsonObject(row.account_settings) : undefined,
    sharedLogId: row.shared_log_id ?? undefined,
    connected: row.credentials !== null,
    loggedOutAt: row.logged_out_at ?? undefined,
    sealedCredentials: row.credentials ?? undefined,
  };
}
