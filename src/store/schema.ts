/** The tables as TypeScript sees them. Times are epoch milliseconds; JSON and sealed values are text, so that both dialects agree. */

import type {
  FollowedLogTable,
  FollowedMailboxTable,
  RecordedCallTable,
  RecordedMessageTable,
  RingCentralLoginTable,
  SharedLogTable,
} from "./server-logging-tables.ts";

export interface UserTable {
  id: string;
  platform: string;
  /** The CRM's own company or host: two tenants may share a user id. */
  tenant: string;
  crm_user_id: string;
  name: string;
  hostname: string | null;
  time_zone: string;
  platform_additional_info: string;
  settings: string;
  /** Sealed; null once the user has logged out. */
  credentials: string | null;
  /** The RingCentral account that the user's client names, hashed: whose settings apply, and never a proof of anything. */
  rc_account_id: string | null;
  logged_out_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface SessionTable {
  id: string;
  user_id: string;
  created_at: number;
  expires_at: number;
}

export type EntryKind = "call" | "message";
export type EntryState = "pending" | "sending" | "written" | "uncertain" | "refused";

/** The write ledger: one row per CRM record that we owe. */
export interface LogEntryTable {
  id: string;
  user_id: string;
  kind: EntryKind;
  /** The call's sessionId, or the conversation's conversationLogId. */
  source_key: string;
  contact_id: string;
  state: EntryState;
  /** Sealed; what the record must say. Null once dropped, a set time after it was written. */
  wanted: string | null;
  wanted_version: number;
  /** Sealed; what we last wrote: the base of the next merge. */
  written: string | null;
  written_version: number;
  /** Sealed, or "=" for what is wanted: what was sent, as long as it is not known whether it arrived. */
  sent: string | null;
  /** The version that was sent last. */
  sent_version: number;
  /** The record's id in the CRM. */
  log_id: string | null;
  attempts: number;
  next_attempt_at: number | null;
  /** No write before this: the CRM asked us to wait, or an earlier request may still be under way. */
  hold_until: number | null;
  lease_until: number | null;
  /** Since when the CRM lacks something that we accepted. */
  owed_since: number;
  last_error: string | null;
  last_error_code: string | null;
  created_at: number;
  updated_at: number;
  written_at: number | null;
  /** Whose record it is together with others; null where it is its user's alone. */
  shared_log_id: string | null;
}

/** The messages that a conversation's entry already holds, kept when its content is dropped. */
export interface LoggedMessageTable {
  entry_id: string;
  message_id: string;
}

/** Which contact answers to which number, for one connected user. A row without a contact says that nobody did. */
export interface ContactNumberTable {
  user_id: string;
  number: string;
  contact_id: string;
  /** Sealed. */
  contact: string | null;
  origin: "search" | "creation";
  seen_at: number;
}

/** A note that waits for the call to be logged by somebody else than its author's browser. */
export interface CachedNoteTable {
  user_id: string;
  session_id: string;
  /** Sealed. */
  note: string;
  expires_at: number;
}

/** One row: a value by which a wrong key is recognised. */
export interface KeyCheckTable {
  id: string;
  sealed: string;
}

/** What happened on the way of a call, for the operator to look up; written a moment later than it happened, and dropped after a while. */
export interface TrailTable {
  id: string;
  at: number;
  user_id: string;
  what: "number looked up" | "log accepted" | "log attempted";
  /** A keyed hash of the number, so that it can be looked for and not read. */
  number_hash: string | null;
  /** The call's sessionId, or the conversation's key. */
  source_key: string | null;
  entry_id: string | null;
  /** Sealed: who matched, what failed. */
  facts: string;
}

/** How many requests went to a CRM, in spans of ten minutes: the last day in pictures. */
export interface CrmTrafficTable {
  /** Epoch milliseconds at which the span begins. */
  span: number;
  platform: string;
  /** The method and the path, with `:id` for what differs from record to record. */
  operation: string;
  /** The HTTP status, or why there was none. */
  outcome: string;
  /** The upper bound of the latency, in milliseconds. */
  within_ms: number;
  requests: number;
}

/** What administrators of a RingCentral account decided for the users of one company in a CRM. */
export interface AccountSettingsTable {
  /** The hash by which others know the account's id. */
  rc_account: string;
  platform: string;
  tenant: string;
  settings: string;
  custom_adapter: string | null;
  saved_by: string;
  updated_at: number;
}

/** Which extension belongs to which user of the CRM; an empty one says that the user has none. */
export interface UserMappingTable {
  rc_account: string;
  platform: string;
  tenant: string;
  crm_user_id: string;
  rc_extension_id: string;
}

/** What a user filled in for logging without a browser. */
export interface LoggingFieldTable {
  user_id: string;
  /** Sealed. */
  field_values: string;
  updated_at: number;
}

/** Somebody whom a user means to call back. */
export interface CallDownEntryTable {
  id: string;
  user_id: string;
  contact_id: string | null;
  contact_type: string;
  status: "scheduled" | "called";
  scheduled_at: number | null;
  last_call_at: number | null;
  /** Sealed: name, number and note. */
  details: string;
  created_at: number;
  updated_at: number;
}

/** A list that a CRM keeps for a whole company, as it was read last. */
export interface AccountListTable {
  /** The hash of the RingCentral account; empty for users whose client names none. */
  rc_account: string;
  platform: string;
  tenant: string;
  list_key: string;
  /** JSON. */
  list: string;
  read_at: number;
}

/** What administrators filled into a CRM's login form, for everybody in their account or for one extension. */
export interface ManagedFieldTable {
  rc_account: string;
  platform: string;
  tenant: string;
  /** Empty: for everybody. */
  rc_extension_id: string;
  rc_user_name: string | null;
  /** The host that the administrator is connected to: the only one that the values are sent to. */
  hostname: string | null;
  /** Sealed. */
  field_values: string;
  updated_at: number;
}

/** Who could not log in with what was filled in for them, until it is changed or accepted. */
export interface ManagedLoginRefusalTable {
  rc_account: string;
  platform: string;
  rc_extension_id: string;
  refused_at: number;
}

/** A company's own OAuth client at a CRM. */
export interface ManagedOAuthClientTable {
  rc_account: string;
  /** Empty while it is pending. */
  platform: string;
  /** The company in the CRM; null while it is pending. */
  tenant: string | null;
  /** Sealed. */
  client: string;
  expires_at: number | null;
  updated_at: number;
}

/** A login with a company's own OAuth client that has begun; who brings the ticket back has begun it. */
export interface ManagedOAuthLoginTable {
  /** A hash of what the client was given. */
  ticket: string;
  rc_account: string;
  platform: string;
  is_administrator: number;
  expires_at: number;
}

/** A login at RingCentral of an administrator, for reports. */
export interface AdministratorLoginTable {
  /** Who brought it. */
  user_id: string;
  rc_account: string;
  extension_id: string;
  /** Sealed: the grant, and the access token that came of it last. */
  access: string;
  updated_at: number;
}

/** A service of others that an administrator registered for the logs of one company. */
export interface PluginTable {
  id: string;
  rc_account: string;
  platform: string;
  tenant: string;
  /** The name by which clients and settings know it. */
  plugin_id: string;
  name: string;
  address: string;
  mode: "sync" | "async";
  logs: "calls" | "messages" | "calls and messages";
  /** Sealed; signs what passes between us and the plugin. */
  secret: string;
  registered_at: number;
}

/** What an asynchronous plugin was asked to do. */
export interface PluginTaskTable {
  /** A hash: whoever knows the task's own id may answer it. */
  id: string;
  plugin: string;
  user_id: string;
  kind: EntryKind;
  source_key: string;
  /** Of what it was asked, so that it is not asked the same again. */
  digest: string;
  /** Sealed; null once the plugin has it. */
  request: string | null;
  attempts: number;
  next_attempt_at: number | null;
  /** Until when an answer is being worked on. */
  taken_until: number;
  answered_at: number | null;
  expires_at: number;
}

/** What has been done to bring the tables to where they are. */
export interface MigrationTable {
  name: string;
  run_at: number;
}

export interface Tables {
  users: UserTable;
  sessions: SessionTable;
  log_entries: LogEntryTable;
  logged_messages: LoggedMessageTable;
  contact_numbers: ContactNumberTable;
  cached_notes: CachedNoteTable;
  trail: TrailTable;
  crm_traffic: CrmTrafficTable;
  account_settings: AccountSettingsTable;
  user_mappings: UserMappingTable;
  logging_fields: LoggingFieldTable;
  call_down_entries: CallDownEntryTable;
  account_lists: AccountListTable;
  managed_fields: ManagedFieldTable;
  managed_login_refusals: ManagedLoginRefusalTable;
  managed_oauth_clients: ManagedOAuthClientTable;
  managed_oauth_logins: ManagedOAuthLoginTable;
  ringcentral_logins: RingCentralLoginTable;
  administrator_logins: AdministratorLoginTable;
  followed_logs: FollowedLogTable;
  recorded_calls: RecordedCallTable;
  shared_logs: SharedLogTable;
  followed_mailboxes: FollowedMailboxTable;
  recorded_messages: RecordedMessageTable;
  plugins: PluginTable;
  plugin_tasks: PluginTaskTable;
  key_check: KeyCheckTable;
  migrations: MigrationTable;
}
