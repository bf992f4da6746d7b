-- Trunkline's tables on PostgreSQL after 0012-lean-indexes. Made by `npm run schema`; nothing runs this.

create table account_lists (
  rc_account text not null,
  platform text not null,
  tenant text not null,
  list_key text not null,
  list text not null,
  read_at bigint not null,
  constraint account_lists_identity PRIMARY KEY (rc_account, platform, tenant, list_key)
);

create table account_settings (
  rc_account text not null,
  platform text not null,
  tenant text not null,
  settings text not null,
  custom_adapter text,
  saved_by text not null,
  updated_at bigint not null,
  constraint account_settings_identity PRIMARY KEY (rc_account, platform, tenant),
  constraint account_settings_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES users(id)
);

create table administrator_logins (
  user_id text not null,
  rc_account text not null,
  extension_id text not null,
  access text not null,
  updated_at bigint not null,
  constraint administrator_logins_pkey PRIMARY KEY (user_id),
  constraint administrator_logins_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table cached_notes (
  user_id text not null,
  session_id text not null,
  note text not null,
  expires_at bigint not null,
  constraint cached_notes_identity PRIMARY KEY (user_id, session_id),
  constraint cached_notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table call_down_entries (
  id text not null,
  user_id text not null,
  contact_id text,
  contact_type text not null,
  status text not null,
  scheduled_at bigint,
  last_call_at bigint,
  details text not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint call_down_entries_pkey PRIMARY KEY (id),
  constraint call_down_entries_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
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

create table crm_traffic (
  span bigint not null,
  platform text not null,
  operation text not null,
  outcome text not null,
  within_ms integer not null,
  requests integer not null,
  constraint crm_traffic_identity PRIMARY KEY (span, platform, operation, outcome, within_ms)
);

create table followed_logs (
  id text not null,
  rc_account text not null,
  platform text not null,
  tenant text not null,
  scope text not null,
  extension_id text not null,
  user_id text not null,
  assigns_owners integer not null,
  do_not_log text not null,
  verification text,
  subscription_id text,
  subscribed_until bigint,
  sync_token text,
  caught_up_to bigint not null,
  news bigint not null,
  lively_until bigint not null,
  due_at bigint not null,
  leased_until bigint not null,
  last_error text,
  created_at bigint not null,
  constraint followed_logs_identity UNIQUE (rc_account, platform, tenant, scope),
  constraint followed_logs_pkey PRIMARY KEY (id),
  constraint followed_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table followed_mailboxes (
  followed_log_id text not null,
  extension_id text not null,
  since bigint not null,
  sync_token text,
  caught_up_to bigint not null,
  news bigint not null,
  due_at bigint not null,
  leased_until bigint not null,
  last_error text,
  constraint followed_mailboxes_followed_log_id_fkey FOREIGN KEY (followed_log_id) REFERENCES followed_logs(id),
  constraint followed_mailboxes_identity PRIMARY KEY (followed_log_id, extension_id)
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
  shared_log_id text,
  constraint log_entries_identity UNIQUE (user_id, kind, source_key),
  constraint log_entries_pkey PRIMARY KEY (id),
  constraint log_entries_shared_log_id_fkey FOREIGN KEY (shared_log_id) REFERENCES shared_logs(id),
  constraint log_entries_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table logged_messages (
  entry_id text not null,
  message_id text not null,
  constraint logged_messages_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES log_entries(id),
  constraint logged_messages_identity PRIMARY KEY (entry_id, message_id)
);

create table logging_fields (
  user_id text not null,
  field_values text not null,
  updated_at bigint not null,
  constraint logging_fields_pkey PRIMARY KEY (user_id),
  constraint logging_fields_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table managed_fields (
  rc_account text not null,
  platform text not null,
  tenant text not null,
  rc_extension_id text not null,
  rc_user_name text,
  hostname text,
  field_values text not null,
  updated_at bigint not null,
  constraint managed_fields_identity PRIMARY KEY (rc_account, platform, tenant, rc_extension_id)
);

create table managed_login_refusals (
  rc_account text not null,
  platform text not null,
  rc_extension_id text not null,
  refused_at bigint not null,
  constraint managed_login_refusals_identity PRIMARY KEY (rc_account, platform, rc_extension_id)
);

create table managed_oauth_clients (
  rc_account text not null,
  platform text not null,
  tenant text,
  client text not null,
  expires_at bigint,
  updated_at bigint not null,
  constraint managed_oauth_clients_identity PRIMARY KEY (rc_account, platform)
);

create table managed_oauth_logins (
  ticket text not null,
  rc_account text not null,
  platform text not null,
  is_administrator integer not null,
  expires_at bigint not null,
  constraint managed_oauth_logins_pkey PRIMARY KEY (ticket)
);

create table migrations (
  name text not null,
  run_at bigint not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table plugin_tasks (
  id text not null,
  plugin text not null,
  user_id text not null,
  kind text not null,
  source_key text not null,
  digest text not null,
  request text,
  attempts integer not null default 0,
  next_attempt_at bigint,
  taken_until bigint not null default 0,
  answered_at bigint,
  expires_at bigint not null,
  constraint plugin_tasks_identity UNIQUE (user_id, plugin, kind, source_key, digest),
  constraint plugin_tasks_pkey PRIMARY KEY (id),
  constraint plugin_tasks_plugin_fkey FOREIGN KEY (plugin) REFERENCES plugins(id),
  constraint plugin_tasks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table plugins (
  id text not null,
  rc_account text not null,
  platform text not null,
  tenant text not null,
  plugin_id text not null,
  name text not null,
  address text not null,
  mode text not null,
  logs text not null,
  secret text not null,
  registered_at bigint not null,
  constraint plugins_identity UNIQUE (rc_account, platform, tenant, plugin_id),
  constraint plugins_pkey PRIMARY KEY (id)
);

create table recorded_calls (
  followed_log_id text not null,
  session_id text not null,
  call text not null,
  attempts integer not null,
  due_at bigint not null,
  recorded_at bigint not null,
  constraint recorded_calls_followed_log_id_fkey FOREIGN KEY (followed_log_id) REFERENCES followed_logs(id),
  constraint recorded_calls_identity PRIMARY KEY (followed_log_id, session_id)
);

create table recorded_messages (
  followed_log_id text not null,
  message_id text not null,
  message text not null,
  attempts integer not null,
  due_at bigint not null,
  recorded_at bigint not null,
  constraint recorded_messages_followed_log_id_fkey FOREIGN KEY (followed_log_id) REFERENCES followed_logs(id),
  constraint recorded_messages_identity PRIMARY KEY (followed_log_id, message_id)
);

create table ringcentral_logins (
  rc_account text not null,
  extension_id text not null,
  access text not null,
  updated_at bigint not null,
  constraint ringcentral_logins_identity PRIMARY KEY (rc_account, extension_id)
);

create table sessions (
  id text not null,
  user_id text not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table shared_logs (
  id text not null,
  rc_account text not null,
  platform text not null,
  tenant text not null,
  user_id text not null,
  created_at bigint not null,
  constraint shared_logs_identity UNIQUE (rc_account, platform, tenant, user_id),
  constraint shared_logs_pkey PRIMARY KEY (id)
);

create table trail (
  id text not null,
  at bigint not null,
  user_id text not null,
  what text not null,
  number_hash text,
  source_key text,
  entry_id text,
  facts text not null,
  constraint trail_pkey PRIMARY KEY (id),
  constraint trail_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

create table user_mappings (
  rc_account text not null,
  platform text not null,
  tenant text not null,
  crm_user_id text not null,
  rc_extension_id text not null,
  constraint user_mappings_identity PRIMARY KEY (rc_account, platform, tenant, crm_user_id, rc_extension_id)
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

CREATE INDEX call_down_entries_by_user ON public.call_down_entries USING btree (user_id, scheduled_at);

CREATE INDEX followed_logs_by_user ON public.followed_logs USING btree (user_id);

CREATE INDEX followed_logs_due ON public.followed_logs USING btree (due_at);

CREATE INDEX followed_mailboxes_due ON public.followed_mailboxes USING btree (due_at);

CREATE INDEX log_entries_by_source ON public.log_entries USING btree (source_key);

CREATE INDEX log_entries_created ON public.log_entries USING btree (created_at);

CREATE INDEX log_entries_due ON public.log_entries USING btree (next_attempt_at, user_id, id) WHERE (next_attempt_at IS NOT NULL);

CREATE INDEX log_entries_owed ON public.log_entries USING btree (state, owed_since, id);

CREATE INDEX logged_messages_by_message ON public.logged_messages USING btree (message_id, entry_id);

CREATE INDEX plugin_tasks_by_expires_at ON public.plugin_tasks USING btree (expires_at);

CREATE INDEX plugin_tasks_by_next_attempt_at ON public.plugin_tasks USING btree (next_attempt_at);

CREATE INDEX plugin_tasks_by_plugin ON public.plugin_tasks USING btree (plugin);

CREATE INDEX recorded_calls_due ON public.recorded_calls USING btree (due_at);

CREATE INDEX recorded_messages_due ON public.recorded_messages USING btree (due_at);

CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id);

CREATE INDEX trail_by_number ON public.trail USING btree (number_hash, at) WHERE (number_hash IS NOT NULL);

CREATE INDEX trail_by_source ON public.trail USING btree (source_key, at) WHERE (source_key IS NOT NULL);

CREATE INDEX trail_by_time ON public.trail USING btree (at);

CREATE INDEX trail_by_user ON public.trail USING btree (user_id, at);

CREATE INDEX user_mappings_by_extension ON public.user_mappings USING btree (rc_account, platform, tenant, rc_extension_id);

CREATE INDEX users_by_account ON public.users USING btree (rc_account_id, platform, tenant);

CREATE UNIQUE INDEX log_entries_shared ON public.log_entries USING btree (shared_log_id, kind, source_key) WHERE (shared_log_id IS NOT NULL);
