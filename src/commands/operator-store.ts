/** Opens the database for an operator's command, which runs beside servers or without any, and closes it again. */

import { existsSync } from "node:fs";
import { type Config, ConfigError, databaseFileIn, loadConfig } from "../config.ts";
import { openStore, type Store } from "../open-store.ts";

export async function withStore<T>(work: (store: Store, config: Config) => Promise<T>): Promise<T> {
  refuseMissingDatabase();
  const config = loadConfig(process.env, []);
  const store = await openStore(config);
  try {
    return await whileOpen(store, () => work(store, config));
  } finally {
    await store.database.close();
  }
}

/** Where there is no database, none is made: it would be empty, and somewhere else than the operator thinks. */
export function refuseMissingDatabase(): void {
  const file = databaseFileIn(process.env);
  if (file !== undefined && !existsSync(file)) {
    throw new ConfigError(`There is no database at ${file}; DATABASE_URL says where it is.`);
  }
}

/** A database that goes away meanwhile is no mistake of ours. */
export async function whileOpen<T>({ database }: Pick<Store, "database">, work: () => Promise<T>): Promise<T> {
  // Nobody reads any more, as after `| head`.
  process.stdout.on("error", () => undefined);
  try {
    return await work();
  } catch (thrown) {
    if (!database.dialect.isAway(thrown)) throw thrown;
    throw new ConfigError("The database of DATABASE_URL cannot be reached any more; run this again when it can.");
  }
}
