/** Opens the database with everything that reads and writes it. */

import type { LogEvent } from "kysely";
import { type Config, ConfigError } from "./config.ts";
import { type AccountListStore, createAccountListStore } from "./store/account-lists.ts";
import { type AccountSettingsStore, createAccountSettingsStore } from "./store/account-settings.ts";
import { type AdministratorLoginStore, createAdministratorLoginStore } from "./store/administrator-logins.ts";
import { type CachedNoteStore, createCachedNoteStore } from "./store/cached-notes.ts";
import { type CallDownEntryStore, createCallDownEntryStore } from "./store/call-down-entries.ts";
import { type ColleagueStore, createColleagueStore } from "./store/colleagues.ts";
import { type CompanyLogs, createCompanyLogs } from "./store/company-logs.ts";
import { type ConnectionLists, createConnectionLists } from "./store/connections.ts";
import { type ContactNumberLists, createContactNumberLists } from "./store/contact-number-lists.ts";
import { type ContactNumberStore, createContactNumberStore } from "./store/contact-numbers.ts";
import { createCrmTrafficStore, type CrmTrafficStore } from "./store/crm-traffic.ts";
import { type Database, DatabaseError, openDatabase } from "./store/database.ts";
import { type Inspection, inspectDatabase } from "./store/inspection.ts";
import { WrongKeyError } from "./store/key-check.ts";
import { createImportStore, type ImportStore } from "./store/imports.ts";
import { createKeyRotation, type KeyRotation } from "./store/key-rotation.ts";
import { createLogEntryStore, type LogEntryStore } from "./store/log-entries.ts";
import { createFollowedLogStore, type FollowedLogStore } from "./store/followed-logs.ts";
import { createFollowedMailboxStore, type FollowedMailboxStore } from "./store/followed-mailboxes.ts";
import { createLoggingFieldStore, type LoggingFieldStore } from "./store/logging-fields.ts";
import { createManagedFieldStore, type ManagedFieldStore } from "./store/managed-fields.ts";
import { createManagedOAuthStore, type ManagedOAuthStore } from "./store/managed-oauth.ts";
import { createLogEntryFigures, type LogEntryFigures } from "./store/log-entry-figures.ts";
import { createLogEntryLists, type LogEntryLists } from "./store/log-entry-lists.ts";
import { createRecordedStore, RECORDED_CALLS, RECORDED_MESSAGES, type RecordedStore } from "./store/recorded.ts";
import { createRingCentralLoginStore, type RingCentralLoginStore } from "./store/ringcentral-logins.ts";
import { createSessionStore, type SessionStore } from "./store/sessions.ts";
import { createPluginStore, type PluginStore } from "./store/plugins.ts";
import { createPluginTaskStore, type PluginTaskStore } from "./store/plugin-tasks.ts";
import { createTrailStore, type TrailStore } from "./store/trail.ts";
import { type RememberedUsers, rememberUsers } from "./store/remembered-users.ts";
import { createUserStore, type UserStore } from "./store/users.ts";
import { createUserLists, type UserLists } from "./store/user-lists.ts";
import { createUserMappingStore, type UserMappingStore } from "./store/user-mappings.ts";
import { createVault, type Vault } from "./store/vault.ts";
import { createWatchFigures, type WatchFigures } from "./store/watch-figures.ts";

export interface Store {
  database: Database;
  /** What was run to bring the tables up to date. */
  migrated: readonly string[];
  vault: Vault;
  users: UserStore;
  /** For a server, which asks for the same users with every request. */
  rememberUsers(): Promise<RememberedUsers>;
  sessions: SessionStore;
  entries: LogEntryStore;
  numbers: ContactNumberStore;
  notes: CachedNoteStore;
  accountSettings: AccountSettingsStore;
  accountLists: AccountListStore;
  userMappings: UserMappingStore;
  loggingFields: LoggingFieldStore;
  callDownEntries: CallDownEntryStore;
  managedFields: ManagedFieldStore;
  managedOAuth: ManagedOAuthStore;
  colleagues: ColleagueStore;
  companyLogs: CompanyLogs;
  ringCentralLogins: RingCentralLoginStore;
  administratorLogins: AdministratorLoginStore;
  followedLogs: FollowedLogStore;
  followedMailboxes: FollowedMailboxStore;
  recordedCalls: RecordedStore;
  recordedMessages: RecordedStore;
  plugins: PluginStore;
  pluginTasks: PluginTaskStore;
  /** For operators. */
  entryLists: LogEntryLists;
  entryFigures: LogEntryFigures;
  connectionLists: ConnectionLists;
  trail: TrailStore;
  traffic: CrmTrafficStore;
  userLists: UserLists;
  numberLists: ContactNumberLists;
  watchFigures: WatchFigures;
  keyRotation: KeyRotation;
  imports: ImportStore;
}

/** Throws a ConfigError where the operator can help: a database that is away, newer than this program, or of another key. */
export async function openStore(config: Config, onQuery?: (event: LogEvent) => void): Promise<Store> {
  const vault = createVault(config.encryptionKeys);
  const database = await openDatabase({ url: config.databaseUrl, vault, onQuery }).catch((thrown: unknown) => {
    if (thrown instanceof DatabaseError) throw new ConfigError(thrown.message);
    throw thrown instanceof WrongKeyError ? new ConfigError(WRONG_KEY[config.encryptionKeysFrom]) : thrown;
  });
  const users = createUserStore({ database, vault });
  return {
    database,
    migrated: database.migrated,
    vault,
    users,
    rememberUsers: () => rememberUsers(users, database.dialect),
    sessions: createSessionStore({ database }),
    entries: createLogEntryStore({ database, vault }),
    numbers: createContactNumberStore({ database, vault }),
    notes: createCachedNoteStore({ database, vault }),
    accountSettings: createAccountSettingsStore({ database }),
    accountLists: createAccountListStore({ database }),
    userMappings: createUserMappingStore({ database }),
    loggingFields: createLoggingFieldStore({ database, vault }),
    callDownEntries: createCallDownEntryStore({ database, vault }),
    managedFields: createManagedFieldStore({ database, vault }),
    managedOAuth: createManagedOAuthStore({ database, vault }),
    colleagues: createColleagueStore({ database }),
    companyLogs: createCompanyLogs({ database }),
    administratorLogins: createAdministratorLoginStore({ database, vault }),
    ringCentralLogins: createRingCentralLoginStore({ database, vault }),
    followedLogs: createFollowedLogStore({ database, vault }),
    followedMailboxes: createFollowedMailboxStore({ database }),
    recordedCalls: createRecordedStore({ database, vault }, RECORDED_CALLS),
    recordedMessages: createRecordedStore({ database, vault }, RECORDED_MESSAGES),
    plugins: createPluginStore({ database, vault }),
    pluginTasks: createPluginTaskStore({ database, vault }),
    entryLists: createLogEntryLists({ database }),
    entryFigures: createLogEntryFigures({ database }),
    connectionLists: createConnectionLists({ database }),
    trail: createTrailStore({ database, vault }),
    traffic: createCrmTrafficStore({ database }),
    userLists: createUserLists({ database }),
    numberLists: createContactNumberLists({ database }),
    watchFigures: createWatchFigures({ database }),
    keyRotation: createKeyRotation({ database, vault }),
    imports: createImportStore({ database, vault }),
  };
}

/** The database as it is: nothing in it is changed. Throws a ConfigError where it cannot be reached or looked into. */
export async function inspectStore({ databaseUrl }: Pick<Config, "databaseUrl">): Promise<Inspection> {
  return inspectDatabase(databaseUrl).catch((thrown: unknown) => {
    throw thrown instanceof DatabaseError ? new ConfigError(thrown.message) : thrown;
  });
}

const WRONG_KEY: Readonly<Record<Config["encryptionKeysFrom"], string>> = {
  TRUNKLINE_ENCRYPTION_KEYS:
    "The database of DATABASE_URL was encrypted with a key that is not among TRUNKLINE_ENCRYPTION_KEYS; add it behind the others. Nothing was changed.",
  APP_SERVER_SECRET_KEY:
    "The database of DATABASE_URL was encrypted with another key than the one that derives from APP_SERVER_SECRET_KEY; restore that secret (or the secrets.json that lay beside the database), or set TRUNKLINE_ENCRYPTION_KEYS. Nothing was changed.",
};
