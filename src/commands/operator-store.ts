/** Opens the database for an operator's command, which runs beside servers or without any, and closes it again. */

import { existsSync } from "node:fs";
import { ConfigError, databaseFileIn, loadConfig } from "../config.ts";
import { openStore, type Store } from "../open-store.ts";

export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  // Where there is no database, none is made: it would be empty, and somewhere else than the operator thinks.
  const file = databaseFileIn(process.env);
  if (file !== undefined && !existsSync(file)) {
    throw new ConfigError(`There is no database at ${file}; DATABASE_URL says where it is.`);
  }
  // Nobody reads any more, as after `| head`.
  process.stdout.on("error", () => undefined);
  const store = await openStore(loadConfig(process.env, []));
  try {
    return await work(store);
  } catch (thrown) {
    if (!store.database.dialect.isAway(thrown)) throw thrown;
    throw new ConfigError("The database of DATABASE_URL cannot be reached any more; run this again when it can.");
  } finally {
    await store.database.close();
  }
}
