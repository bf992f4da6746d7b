/** What administrators filled into a CRM's login form for the people of their company: sealed, since keys and passwords are among it. */

import { type Selectable } from "kysely";
import { Type } from "typebox";
import { compiled } from "../compiled.ts";
import type { AccountKey } from "./account-settings.ts";
import type { Database } from "./database.ts";
import type { ManagedFieldTable } from "./schema.ts";
import type { Vault } from "./vault.ts";

/** By the field's `const`. */
export type FieldValues = Readonly<Record<string, string>>;
const storedValues = compiled(Type.Record(Type.String(), Type.String()));

export interface ManagedFields {
  tenant: string;
  /** Undefined: for everybody in the account. */
  rcExtensionId: string | undefined;
  rcUserName: string | undefined;
  /** The host that the administrator who filled them in is connected to. */
  hostname: string | undefined;
  values: FieldValues;
}

/** One person of an account, and the CRM that they want to log in to. */
export interface PersonAtPlatform {
  rcAccount: string;
  platform: string;
  rcExtensionId: string;
}

export interface FieldsToChange {
  /** Undefined: for everybody in the account. */
  rcExtensionId: string | undefined;
  rcUserName: string | undefined;
  hostname: string | undefined;
}

export interface ManagedFieldStore {
  /** Those of the whole account first. */
  list(account: AccountKey): Promise<ManagedFields[]>;
  /** What everybody in the account has and what this person has, the newest first: of each company that the account works for. */
  forPerson(person: PersonAtPlatform): Promise<ManagedFields[]>;
  /** Reads, changes and stores in one transaction; whom it concerns may log in with it again, whatever was refused before. */
  change(account: AccountKey, whose: FieldsToChange, change: (present: FieldValues) => FieldValues): Promise<void>;
  /** Whether the CRM has refused the person's last login with what was filled in for them. */
  wasRefused(person: PersonAtPlatform): Promise<boolean>;
  refused(person: PersonAtPlatform): Promise<void>;
  accepted(person: PersonAtPlatform): Promise<void>;
}

/** Stands for "everybody": no extension has it as its id. */
const EVERYBODY = "";

export function createManagedFieldStore({ database, vault }: { database: Database; vault: Vault }): ManagedFieldStore {
  const { db, dialect } = database;
  const placeOf = ({ rcAccount, platform, tenant }: AccountKey, rcExtensionId: string) =>
    JSON.stringify([rcAccount, platform, tenant, rcExtensionId, "managed_fields.field_values"]);
  const rowsOf = ({ rcAccount, platform, tenant }: AccountKey, handle: Database["db"]) =>
    handle
      .selectFrom("managed_fields")
      .selectAll()
      .where("rc_account", "=", rcAccount)
      .where("platform", "=", platform)
      .where("tenant", "=", tenant);

  function fieldsOf(row: Selectable<ManagedFieldTable>): ManagedFields {
    const account = { rcAccount: row.rc_account, platform: row.platform, tenant: row.tenant };
    const values: unknown = JSON.parse(vault.open(row.field_values, placeOf(account, row.rc_extension_id)));
    return {
      tenant: row.tenant,
      rcExtensionId: row.rc_extension_id === EVERYBODY ? undefined : row.rc_extension_id,
      rcUserName: row.rc_user_name ?? undefined,
      hostname: row.hostname ?? undefined,
      values: storedValues.Parse(values),
    };
  }

  const refusalsAmong = ({ rcAccount, platform }: Pick<AccountKey, "rcAccount" | "platform">, handle: Database["db"]) =>
    handle.deleteFrom("managed_login_refusals").where("rc_account", "=", rcAccount).where("platform", "=", platform);

  return {
    async list(account) {
      return (await rowsOf(account, db).orderBy("rc_extension_id").execute()).map(fieldsOf);
    },

    async forPerson({ rcAccount, platform, rcExtensionId }) {
      const rows = await db
        .selectFrom("managed_fields")
        .selectAll()
        .where("rc_account", "=", rcAccount)
        .where("platform", "=", platform)
        .where("rc_extension_id", "in", [EVERYBODY, rcExtensionId])
        .orderBy("updated_at", "desc")
        .execute();
      return rows.map(fieldsOf);
    },

    async change(account, { rcExtensionId = EVERYBODY, rcUserName, hostname }, change) {
      const { rcAccount, platform, tenant } = account;
      await db.transaction().execute(async (transaction) => {
        const whose = rowsOf(account, transaction).where("rc_extension_id", "=", rcExtensionId);
        const row = await dialect.locking(whose).executeTakeFirst();
        const values = change(row === undefined ? {} : fieldsOf(row).values);
        const changing = {
          rc_user_name: rcUserName ?? row?.rc_user_name ?? null,
          hostname: hostname ?? null,
          field_values: vault.seal(JSON.stringify(values), placeOf(account, rcExtensionId)),
          updated_at: Date.now(),
        };
        await transaction
          .insertInto("managed_fields")
          .values({ rc_account: rcAccount, platform, tenant, rc_extension_id: rcExtensionId, ...changing })
          .onConflict((conflict) =>
            conflict.columns(["rc_account", "platform", "tenant", "rc_extension_id"]).doUpdateSet(changing),
          )
          .execute();
        if (Object.keys(values).length === 0) {
          await transaction
            .deleteFrom("managed_fields")
            .where("rc_account", "=", rcAccount)
            .where("platform", "=", platform)
            .where("tenant", "=", tenant)
            .where("rc_extension_id", "=", rcExtensionId)
            .execute();
        }
        await refusalsAmong(account, transaction)
          .$if(rcExtensionId !== EVERYBODY, (query) => query.where("rc_extension_id", "=", rcExtensionId))
          .execute();
      });
    },

    async wasRefused({ rcAccount, platform, rcExtensionId }) {
      const row = await db
        .selectFrom("managed_login_refusals")
        .select("refused_at")
        .where("rc_account", "=", rcAccount)
        .where("platform", "=", platform)
        .where("rc_extension_id", "=", rcExtensionId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async refused({ rcAccount, platform, rcExtensionId }) {
      const refused_at = Date.now();
      await db
        .insertInto("managed_login_refusals")
        .values({ rc_account: rcAccount, platform, rc_extension_id: rcExtensionId, refused_at })
        .onConflict((conflict) =>
          conflict.columns(["rc_account", "platform", "rc_extension_id"]).doUpdateSet({ refused_at }),
        )
        .execute();
    },

    async accepted(person) {
      await refusalsAmong(person, db).where("rc_extension_id", "=", person.rcExtensionId).execute();
    },
  };
}
