/** Opens the database with everything that reads and writes it. */

import type { LogEvent } from "kysely";
import { type Config, ConfigError } from "./config.ts";
import { type CachedNoteStore, createCachedNoteStore } from "./store/cached-notes.ts";
import { type ContactNumberStore, createContactNumberStore } from "./store/contact-numbers.ts";
import { type Database, DatabaseError, openDatabase } from "./store/database.ts";
import { createLogEntryStore, type LogEntryStore } from "./store/log-entries.ts";
import { createSessionStore, type SessionStore } from "./store/sessions.ts";
import { createUserStore, type UserStore } from "./store/users.ts";
import { createVault, type Vault } from "./store/vault.ts";

export interface Store {
  database: Database;
  vault: Vault;
  users: UserStore;
  sessions: SessionStore;
  entries: LogEntryStore;
  numbers: ContactNumberStore;
  notes: CachedNoteStore;
}

/** Throws a ConfigError where the operator can help: a database that is away, or newer than this program. */
export async function openStore(config: Config, onQuery?: (event: LogEvent) => void): Promise<Store> {
  const database = await openDatabase(config.databaseUrl, onQuery).catch((thrown: unknown) => {
    throw thrown instanceof DatabaseError ? new ConfigError(thrown.message) : thrown;
  });
  const vault = createVault(config.encryptionKeys);
  return {
    database,
    vault,
    users: createUserStore({ database, vault }),
    sessions: createSessionStore({ database }),
    entries: createLogEntryStore({ database, vault }),
    numbers: createContactNumberStore({ database, vault }),
    notes: createCachedNoteStore({ database, vault }),
  };
}
