/** Logins at RingCentral, for reading its logs without a browser: the grant is sealed, and stored before it is used. */

import { type Static, Type } from "typebox";
import { compiled } from "../compiled.ts";
import type { Database } from "./database.ts";
import type { Vault } from "./vault.ts";

/** Who logged in: the hash of their account, and their extension's id. */
export interface LoginKey {
  rcAccount: string;
  extensionId: string;
}

const Token = { accessToken: Type.String(), expiresAt: Type.Number() };
const RingCentralAccess = Type.Union([
  /** A credential made at RingCentral serves any number of times. */
  Type.Object({ type: Type.Literal("jwt"), jwt: Type.String(), ...Token }),
  /** A refresh token serves once. */
  Type.Object({ type: Type.Literal("code"), refreshToken: Type.String(), ...Token }),
]);
/** What opens RingCentral; `expiresAt` is the access token's, in epoch milliseconds. */
export type RingCentralAccess = Static<typeof RingCentralAccess>;
const storedAccess = compiled(RingCentralAccess);

export interface RingCentralLoginStore {
  read(key: LoginKey): Promise<RingCentralAccess | undefined>;
  /** In place of what stood there. */
  save(key: LoginKey, access: RingCentralAccess): Promise<void>;
  remove(key: LoginKey): Promise<void>;
}

export function createRingCentralLoginStore(dependencies: { database: Database; vault: Vault }): RingCentralLoginStore {
  const { vault } = dependencies;
  const { db } = dependencies.database;
  const placeOf = ({ rcAccount, extensionId }: LoginKey) =>
    JSON.stringify([rcAccount, extensionId, "ringcentral_logins.access"]);

  return {
    async read(key) {
      const row = await db
        .selectFrom("ringcentral_logins")
        .select("access")
        .where("rc_account", "=", key.rcAccount)
        .where("extension_id", "=", key.extensionId)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return openAccess(vault.open(row.access, placeOf(key)));
    },

    async save(key, access) {
      const changing = { access: vault.seal(JSON.stringify(access), placeOf(key)), updated_at: Date.now() };
      await db
        .insertInto("ringcentral_logins")
        .values({ rc_account: key.rcAccount, extension_id: key.extensionId, ...changing })
        .onConflict((conflict) => conflict.columns(["rc_account", "extension_id"]).doUpdateSet(changing))
        .execute();
    },

    async remove({ rcAccount, extensionId }) {
      await db
        .deleteFrom("ringcentral_logins")
        .where("rc_account", "=", rcAccount)
        .where("extension_id", "=", extensionId)
        .execute();
    },
  };
}

/** What was sealed as JSON. */
export function openAccess(opened: string): RingCentralAccess {
  const access: unknown = JSON.parse(opened);
  return storedAccess.Parse(access);
}
