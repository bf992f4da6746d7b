/** Opens the database with everything that reads and writes it. */

import type { LogEvent } from "kysely";
import { type Config, ConfigError } from "./config.ts";
import { type CachedNoteStore, createCachedNoteStore } from "./store/cached-notes.ts";
import { type ContactNumberStore, createContactNumberStore } from "./store/contact-numbers.ts";
import { type Database, DatabaseError, openDatabase } from "./store/database.ts";
import { WrongKeyError } from "./store/key-check.ts";
import { createKeyRotation, type KeyRotation } from "./store/key-rotation.ts";
import { createLogEntryStore, type LogEntryStore } from "./store/log-entries.ts";
import { createLogEntryLists, type LogEntryLists } from "./store/log-entry-lists.ts";
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
  /** For operators. */
  entryLists: LogEntryLists;
  keyRotation: KeyRotation;
}

/** Throws a ConfigError where the operator can help: a database that is away, newer than this program, or of another key. */
export async function openStore(config: Config, onQuery?: (event: LogEvent) => void): Promise<Store> {
  const vault = createVault(config.encryptionKeys);
  const database = await openDatabase({ url: config.databaseUrl, vault, onQuery }).catch((thrown: unknown) => {
    if (thrown instanceof DatabaseError) throw new ConfigError(thrown.message);
    throw thrown instanceof WrongKeyError ? new ConfigError(WRONG_KEY[config.encryptionKeysFrom]) : thrown;
  });
  return {
    database,
    vault,
    users: createUserStore({ database, vault }),
    sessions: createSessionStore({ database }),
    entries: createLogEntryStore({ database, vault }),
    numbers: createContactNumberStore({ database, vault }),
    notes: createCachedNoteStore({ database, vault }),
    entryLists: createLogEntryLists({ database }),
    keyRotation: createKeyRotation({ database, vault }),
  };
}

const WRONG_KEY: Readonly<Record<Config["encryptionKeysFrom"], string>> = {
  TRUNKLINE_ENCRYPTION_KEYS:
    "The database of DATABASE_URL was encrypted with a key that is not among TRUNKLINE_ENCRYPTION_KEYS; add it behind the others. Nothing was changed.",
  APP_SERVER_SECRET_KEY:
    "The database of DATABASE_URL was encrypted with another key than the one that derives from APP_SERVER_SECRET_KEY; restore that secret (or the secrets.json that lay beside the database), or set TRUNKLINE_ENCRYPTION_KEYS. Nothing was changed.",
};
