-- Trunkline's tables on SQLite after 0012-lean-indexes. Made by `npm run schema`; nothing runs this.

CREATE TABLE "account_lists" (
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text not null,
  "list_key" text not null,
  "list" text not null,
  "read_at" bigint not null,
  constraint "account_lists_identity" primary key ("rc_account", "platform", "tenant", "list_key")
);

CREATE TABLE "account_settings" (
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text not null,
  "settings" text not null,
  "custom_adapter" text,
  "saved_by" text not null references "users" ("id"),
  "updated_at" bigint not null,
  constraint "account_settings_identity" primary key ("rc_account", "platform", "tenant")
);

CREATE TABLE "administrator_logins" (
  "user_id" text primary key references "users" ("id"),
  "rc_account" text not null,
  "extension_id" text not null,
  "access" text not null,
  "updated_at" bigint not null
);

CREATE TABLE "cached_notes" (
  "user_id" text not null references "users" ("id"),
  "session_id" text not null,
  "note" text not null,
  "expires_at" bigint not null,
  constraint "cached_notes_identity" primary key ("user_id", "session_id")
);

CREATE TABLE "call_down_entries" (
  "id" text primary key,
  "user_id" text not null references "users" ("id"),
  "contact_id" text,
  "contact_type" text not null,
  "status" text not null,
  "scheduled_at" bigint,
  "last_call_at" bigint,
  "details" text not null,
  "created_at" bigint not null,
  "updated_at" bigint not null
);

CREATE INDEX "call_down_entries_by_user" on "call_down_entries" ("user_id", "scheduled_at");

CREATE TABLE "contact_numbers" (
  "user_id" text not null references "users" ("id"),
  "number" text not null,
  "contact_id" text not null,
  "contact" text,
  "origin" text not null,
  "seen_at" bigint not null,
  constraint "contact_numbers_identity" primary key ("user_id", "number", "contact_id")
);

CREATE TABLE "crm_traffic" (
  "span" bigint not null,
  "platform" text not null,
  "operation" text not null,
  "outcome" text not null,
  "within_ms" integer not null,
  "requests" integer not null,
  constraint "crm_traffic_identity" primary key ("span", "platform", "operation", "outcome", "within_ms")
);

CREATE TABLE "followed_logs" (
  "id" text primary key,
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text not null,
  "scope" text not null,
  "extension_id" text not null,
  "user_id" text not null references "users" ("id"),
  "assigns_owners" integer not null,
  "do_not_log" text not null,
  "verification" text,
  "subscription_id" text,
  "subscribed_until" bigint,
  "sync_token" text,
  "caught_up_to" bigint not null,
  "news" bigint not null,
  "lively_until" bigint not null,
  "due_at" bigint not null,
  "leased_until" bigint not null,
  "last_error" text,
  "created_at" bigint not null,
  constraint "followed_logs_identity" unique ("rc_account", "platform", "tenant", "scope")
);

CREATE INDEX "followed_logs_by_user" on "followed_logs" ("user_id");

CREATE INDEX "followed_logs_due" on "followed_logs" ("due_at");

CREATE TABLE "followed_mailboxes" (
  "followed_log_id" text not null references "followed_logs" ("id"),
  "extension_id" text not null,
  "since" bigint not null,
  "sync_token" text,
  "caught_up_to" bigint not null,
  "news" bigint not null,
  "due_at" bigint not null,
  "leased_until" bigint not null,
  "last_error" text,
  constraint "followed_mailboxes_identity" primary key ("followed_log_id", "extension_id")
);

CREATE INDEX "followed_mailboxes_due" on "followed_mailboxes" ("due_at");

CREATE TABLE "key_check" (
  "id" text primary key,
  "sealed" text not null
);

CREATE TABLE "log_entries" (
  "id" text primary key,
  "user_id" text not null references "users" ("id"),
  "kind" text not null,
  "source_key" text not null,
  "contact_id" text not null,
  "state" text not null,
  "wanted" text,
  "wanted_version" integer not null,
  "written" text,
  "written_version" integer not null,
  "sent" text,
  "sent_version" integer not null,
  "log_id" text,
  "attempts" integer not null,
  "next_attempt_at" bigint,
  "hold_until" bigint,
  "lease_until" bigint,
  "owed_since" bigint not null,
  "last_error" text,
  "last_error_code" text,
  "created_at" bigint not null,
  "updated_at" bigint not null,
  "written_at" bigint,
  "shared_log_id" text references "shared_logs" ("id"),
  constraint "log_entries_identity" unique ("user_id", "kind", "source_key")
);

CREATE INDEX "log_entries_by_source" on "log_entries" ("source_key");

CREATE INDEX "log_entries_created" on "log_entries" ("created_at");

CREATE INDEX "log_entries_due" on "log_entries" ("next_attempt_at", "user_id", "id") where "next_attempt_at" is not null;

CREATE INDEX "log_entries_owed" on "log_entries" ("state", "owed_since", "id");

CREATE UNIQUE INDEX "log_entries_shared" on "log_entries" ("shared_log_id", "kind", "source_key") where "shared_log_id" is not null;

CREATE TABLE "logged_messages" (
  "entry_id" text not null references "log_entries" ("id"),
  "message_id" text not null,
  constraint "logged_messages_identity" primary key ("entry_id", "message_id")
);

CREATE INDEX "logged_messages_by_message" on "logged_messages" ("message_id", "entry_id");

CREATE TABLE "logging_fields" (
  "user_id" text primary key references "users" ("id"),
  "field_values" text not null,
  "updated_at" bigint not null
);

CREATE TABLE "managed_fields" (
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text not null,
  "rc_extension_id" text not null,
  "rc_user_name" text,
  "hostname" text,
  "field_values" text not null,
  "updated_at" bigint not null,
  constraint "managed_fields_identity" primary key ("rc_account", "platform", "tenant", "rc_extension_id")
);

CREATE TABLE "managed_login_refusals" (
  "rc_account" text not null,
  "platform" text not null,
  "rc_extension_id" text not null,
  "refused_at" bigint not null,
  constraint "managed_login_refusals_identity" primary key ("rc_account", "platform", "rc_extension_id")
);

CREATE TABLE "managed_oauth_clients" (
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text,
  "client" text not null,
  "expires_at" bigint,
  "updated_at" bigint not null,
  constraint "managed_oauth_clients_identity" primary key ("rc_account", "platform")
);

CREATE TABLE "managed_oauth_logins" (
  "ticket" text primary key,
  "rc_account" text not null,
  "platform" text not null,
  "is_administrator" integer not null,
  "expires_at" bigint not null
);

CREATE TABLE "migrations" (
  "name" text primary key,
  "run_at" bigint not null
);

CREATE TABLE "plugin_tasks" (
  "id" text primary key,
  "plugin" text not null references "plugins" ("id"),
  "user_id" text not null references "users" ("id"),
  "kind" text not null,
  "source_key" text not null,
  "digest" text not null,
  "request" text,
  "attempts" integer default 0 not null,
  "next_attempt_at" bigint,
  "taken_until" bigint default 0 not null,
  "answered_at" bigint,
  "expires_at" bigint not null,
  constraint "plugin_tasks_identity" unique ("user_id", "plugin", "kind", "source_key", "digest")
);

CREATE INDEX "plugin_tasks_by_expires_at" on "plugin_tasks" ("expires_at");

CREATE INDEX "plugin_tasks_by_next_attempt_at" on "plugin_tasks" ("next_attempt_at");

CREATE INDEX "plugin_tasks_by_plugin" on "plugin_tasks" ("plugin");

CREATE TABLE "plugins" (
  "id" text primary key,
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text not null,
  "plugin_id" text not null,
  "name" text not null,
  "address" text not null,
  "mode" text not null,
  "logs" text not null,
  "secret" text not null,
  "registered_at" bigint not null,
  constraint "plugins_identity" unique ("rc_account", "platform", "tenant", "plugin_id")
);

CREATE TABLE "recorded_calls" (
  "followed_log_id" text not null references "followed_logs" ("id"),
  "session_id" text not null,
  "call" text not null,
  "attempts" integer not null,
  "due_at" bigint not null,
  "recorded_at" bigint not null,
  constraint "recorded_calls_identity" primary key ("followed_log_id", "session_id")
);

CREATE INDEX "recorded_calls_due" on "recorded_calls" ("due_at");

CREATE TABLE "recorded_messages" (
  "followed_log_id" text not null references "followed_logs" ("id"),
  "message_id" text not null,
  "message" text not null,
  "attempts" integer not null,
  "due_at" bigint not null,
  "recorded_at" bigint not null,
  constraint "recorded_messages_identity" primary key ("followed_log_id", "message_id")
);

CREATE INDEX "recorded_messages_due" on "recorded_messages" ("due_at");

CREATE TABLE "ringcentral_logins" (
  "rc_account" text not null,
  "extension_id" text not null,
  "access" text not null,
  "updated_at" bigint not null,
  constraint "ringcentral_logins_identity" primary key ("rc_account", "extension_id")
);

CREATE TABLE "sessions" (
  "id" text primary key,
  "user_id" text not null references "users" ("id"),
  "created_at" bigint not null,
  "expires_at" bigint not null
);

CREATE INDEX "sessions_by_user" on "sessions" ("user_id");

CREATE TABLE "shared_logs" (
  "id" text primary key,
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text not null,
  "user_id" text not null,
  "created_at" bigint not null,
  constraint "shared_logs_identity" unique ("rc_account", "platform", "tenant", "user_id")
);

CREATE TABLE "trail" (
  "id" text primary key,
  "at" bigint not null,
  "user_id" text not null references "users" ("id"),
  "what" text not null,
  "number_hash" text,
  "source_key" text,
  "entry_id" text,
  "facts" text not null
);

CREATE INDEX "trail_by_number" on "trail" ("number_hash", "at") where "number_hash" is not null;

CREATE INDEX "trail_by_source" on "trail" ("source_key", "at") where "source_key" is not null;

CREATE INDEX "trail_by_time" on "trail" ("at");

CREATE INDEX "trail_by_user" on "trail" ("user_id", "at");

CREATE TABLE "user_mappings" (
  "rc_account" text not null,
  "platform" text not null,
  "tenant" text not null,
  "crm_user_id" text not null,
  "rc_extension_id" text not null,
  constraint "user_mappings_identity" primary key ("rc_account", "platform", "tenant", "crm_user_id", "rc_extension_id")
);

CREATE INDEX "user_mappings_by_extension" on "user_mappings" ("rc_account", "platform", "tenant", "rc_extension_id");

CREATE TABLE "users" (
  "id" text primary key,
  "platform" text not null,
  "tenant" text not null,
  "crm_user_id" text not null,
  "name" text not null,
  "hostname" text,
  "time_zone" text not null,
  "platform_additional_info" text not null,
  "settings" text not null,
  "credentials" text,
  "rc_account_id" text,
  "logged_out_at" bigint,
  "created_at" bigint not null,
  "updated_at" bigint not null,
  constraint "users_identity" unique ("platform", "crm_user_id", "tenant")
);

CREATE INDEX "users_by_account" on "users" ("rc_account_id", "platform", "tenant");
