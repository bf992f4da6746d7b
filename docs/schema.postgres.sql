-- Trunkline's tables on PostgreSQL after 0002-key-check. Made by `npm run schema`; nothing runs this.

create table cached_notes (
  user_id text not null,
  session_id text not null,
  note text not null,
  expires_at bigint not null,
  constraint cached_notes_identity PRIMARY KEY (user_id, session_id),
  constraint cached_notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table contact_numbers (
  user_id text not null,
  number text not null,
  contact_id text not null,
  contact text,
  origin text not null,
  seen_at bigint not null,
  constraint contact_numbers_identity PRIMARY KEY (user_id, number, contact_id),
  constraint contact_numbers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table key_check (
  id text not null,
  sealed text not null,
  constraint key_check_pkey PRIMARY KEY (id)
);

create table log_entries (
  id text not null,
  user_id text not null,
  kind text not null,
  source_key text not null,
  contact_id text not null,
  state text not null,
  wanted text,
  wanted_version integer not null,
  written text,
  written_version integer not null,
  sent text,
  sent_version integer not null,
  log_id text,
  attempts integer not null,
  next_attempt_at bigint,
  hold_until bigint,
  lease_until bigint,
  owed_since bigint not null,
  last_error text,
  last_error_code text,
  created_at bigint not null,
  updated_at bigint not null,
  written_at bigint,
  constraint log_entries_identity UNIQUE (user_id, kind, source_key),
  constraint log_entries_pkey PRIMARY KEY (id),
  constraint log_entries_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table logged_messages (
  entry_id text not null,
  message_id text not null,
  constraint logged_messages_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES log_entries(id),
  constraint logged_messages_identity PRIMARY KEY (entry_id, message_id)
);

create table migrations (
  name text not null,
  run_at bigint not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table sessions (
  id text not null,
  user_id text not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table users (
  id text not null,
  platform text not null,
  tenant text not null,
  crm_user_id text not null,
  name text not null,
  hostname text,
  time_zone text not null,
  platform_additional_info text not null,
  settings text not null,
  credentials text,
  rc_account_id text,
  logged_out_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  constraint users_identity UNIQUE (platform, crm_user_id, tenant),
  constraint users_pkey PRIMARY KEY (id)
);

CREATE INDEX log_entries_due ON public.log_entries USING btree (state, next_attempt_at);

CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id);
