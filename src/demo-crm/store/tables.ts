/** The tables of the Demo CRM. Times are milliseconds since 1970; AUTOINCREMENT never gives an id out twice. */

export const TABLES_VERSION = 4;

/** As version 3 has them. */
const APPOINTMENTS = `
  CREATE TABLE appointments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id INTEGER NOT NULL REFERENCES users(id),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    duration_minutes INTEGER NOT NULL,
    status TEXT NOT NULL,
    contact_ids TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX appointments_by_owner ON appointments(owner_id, starts_at);
`;

const APPOINTMENT_IDS = `
  ALTER TABLE appointments ADD COLUMN external_id TEXT;
  CREATE INDEX appointments_by_external_id ON appointments(external_id);
`;

/** What brings older tables up to date, from version 1 on. */
export const UPGRADES: readonly string[] = [
  "ALTER TABLE activities ADD COLUMN owner_id INTEGER REFERENCES users(id)",
  APPOINTMENTS,
  APPOINTMENT_IDS,
];

export const TABLES = `
  CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    timezone TEXT NOT NULL,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    api_key_hash TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE contacts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT,
    email TEXT,
    organization TEXT,
    folded_name TEXT NOT NULL,
    folded_organization TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE contact_phones (
    contact_id INTEGER NOT NULL REFERENCES contacts(id),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    number TEXT NOT NULL,
    digits TEXT,
    tail TEXT,
    PRIMARY KEY (contact_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contact_phones_by_tail ON contact_phones(tail);

  CREATE TABLE deals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts(id),
    status TEXT NOT NULL,
    value INTEGER NOT NULL,
    currency TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX deals_by_contact ON deals(contact_id);

  CREATE TABLE activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contacts(id),
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    started_at INTEGER,
    duration_seconds INTEGER,
    deal_id INTEGER REFERENCES deals(id),
    external_id TEXT,
    owner_id INTEGER REFERENCES users(id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX activities_by_contact ON activities(contact_id);
  CREATE INDEX activities_by_external_id ON activities(external_id);
  CREATE INDEX activities_by_creation ON activities(created_at);

  CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contacts(id),
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX notes_by_contact ON notes(contact_id);
  ${APPOINTMENTS}
  ${APPOINTMENT_IDS}
  CREATE TABLE oauth_codes (
    code_hash TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users(id),
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    code_challenge TEXT,
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE oauth_grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users(id),
    scope TEXT NOT NULL,
    refresh_token_hash TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE oauth_access_tokens (
    token_hash TEXT PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES oauth_grants(id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX oauth_access_tokens_by_grant ON oauth_access_tokens(grant_id);
`;
