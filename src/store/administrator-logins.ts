/** Which user of the CRM has logged in at RingCentral as which administrator: the grant is sealed, and stored before it is used. */

import type { Database } from "./database.ts";
import { type LoginKey, openAccess, type RingCentralAccess } from "./ringcentral-logins.ts";
import type { Vault } from "./vault.ts";

export interface AdministratorLoginKey {
  userId: string;
}

export interface AdministratorLoginStore {
  /** Who they are at RingCentral; undefined where they have not logged in there. */
  whoIs(key: AdministratorLoginKey): Promise<LoginKey | undefined>;
  read(key: AdministratorLoginKey): Promise<RingCentralAccess | undefined>;
  /** In place of what stood there. */
  connect(key: AdministratorLoginKey, who: LoginKey, access: RingCentralAccess): Promise<void>;
  /** What came of the grant last; nothing for somebody who has logged out meanwhile. */
  save(key: AdministratorLoginKey, access: RingCentralAccess): Promise<void>;
}

export function createAdministratorLoginStore(dependencies: {
  database: Database;
  vault: Vault;
}): AdministratorLoginStore {
  const { vault } = dependencies;
  const { db } = dependencies.database;
  const placeOf = ({ userId }: AdministratorLoginKey) => JSON.stringify([userId, "administrator_logins.access"]);
  const sealed = (key: AdministratorLoginKey, access: RingCentralAccess) => ({
    access: vault.seal(JSON.stringify(access), placeOf(key)),
    updated_at: Date.now(),
  });
  const rowOf = ({ userId }: AdministratorLoginKey) =>
    db.selectFrom("administrator_logins").selectAll().where("user_id", "=", userId).executeTakeFirst();

  return {
    async whoIs(key) {
      const row = await rowOf(key);
      return row && { rcAccount: row.rc_account, extensionId: row.extension_id };
    },

    async read(key) {
      const row = await rowOf(key);
      return row && openAccess(vault.open(row.access, placeOf(key)));
    },

    async connect(key, { rcAccount, extensionId }, access) {
      const changing = { rc_account: rcAccount, extension_id: extensionId, ...sealed(key, access) };
      await db
        .insertInto("administrator_logins")
        .values({ user_id: key.userId, ...changing })
        .onConflict((conflict) => conflict.column("user_id").doUpdateSet(changing))
        .execute();
    },

    async save(key, access) {
      await db.updateTable("administrator_logins").set(sealed(key, access)).where("user_id", "=", key.userId).execute();
    },
  };
}
