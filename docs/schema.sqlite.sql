-- Trunkline's tables on SQLite after 0002-key-check. Made by `npm run schema`; nothing runs this.

CREATE TABLE "cached_notes" (
  "user_id" text not null references "users" ("id"),
  "session_id" text not null,
  "note" text not null,
  "expires_at" bigint not null,
  constraint "cached_notes_identity" primary key ("user_id", "session_id")
);

CREATE TABLE "contact_numbers" (
  "user_id" text not null references "users" ("id"),
  "number" text not null,
  "contact_id" text not null,
  "contact" text,
  "origin" text not null,
  "seen_at" bigint not null,
  constraint "contact_numbers_identity" primary key ("user_id", "number", "contact_id")
);

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
  constraint "log_entries_identity" unique ("user_id", "kind", "source_key")
);

CREATE INDEX "log_entries_due" on "log_entries" ("state", "next_attempt_at");

CREATE TABLE "logged_messages" (
  "entry_id" text not null references "log_entries" ("id"),
  "message_id" text not null,
  constraint "logged_messages_identity" primary key ("entry_id", "message_id")
);

CREATE TABLE "migrations" (
  "name" text primary key,
  "run_at" bigint not null
);

CREATE TABLE "sessions" (
  "id" text primary key,
  "user_id" text not null references "users" ("id"),
  "created_at" bigint not null,
  "expires_at" bigint not null
);

CREATE INDEX "sessions_by_user" on "sessions" ("user_id");

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
