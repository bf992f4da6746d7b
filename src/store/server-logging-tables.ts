/** The tables of logging without a browser. Times are epoch milliseconds; sealed values are text. */

/** A login at RingCentral of somebody for whom calls are logged without a browser. */
export interface RingCentralLoginTable {
  /** The hash by which others know the account's id. */
  rc_account: string;
  /** Who logged in. */
  extension_id: string;
  /** Sealed: the grant, and the access token that came of it last. */
  access: string;
  updated_at: number;
}

/** A call log at RingCentral that is followed for one company in a CRM, and how far it has been read. */
export interface FollowedLogTable {
  id: string;
  rc_account: string;
  platform: string;
  tenant: string;
  /** "account", or the id of the one extension. */
  scope: string;
  /** Whose login reads it. */
  extension_id: string;
  /** Who switched it on: calls that are nobody else's are logged as this user. */
  user_id: string;
  /** Whether a record belongs to the colleague whose extension it was, where they have no login of their own. */
  assigns_owners: 0 | 1;
  /** JSON: numbers whose calls are never logged. */
  do_not_log: string;
  /** Sealed: what comes back with each event. */
  verification: string | null;
  subscription_id: string | null;
  subscribed_until: number | null;
  sync_token: string | null;
  /** Epoch milliseconds: everything that began before has been read. */
  caught_up_to: number;
  /** Grows with each event: what came while somebody was reading is read again. */
  news: number;
  /** Records appear some time after a call's end: until then the log is read more often. */
  lively_until: number;
  due_at: number;
  /** Somebody is reading. */
  leased_until: number;
  /** Why it could not be read the last time. */
  last_error: string | null;
  created_at: number;
}

/** A call that was read from RingCentral's log and is not in the ledger yet. */
export interface RecordedCallTable {
  followed_log_id: string;
  session_id: string;
  /** Sealed. */
  call: string;
  attempts: number;
  due_at: number;
  recorded_at: number;
}

/**
 * For whom a call or a message has one record, whoever logs it: everybody of a company since it first logged without a
 * browser, or one user of it. It stays when that is switched off: what was logged then is not logged again by a browser.
 */
export interface SharedLogTable {
  id: string;
  rc_account: string;
  platform: string;
  tenant: string;
  /** Empty: everybody. */
  user_id: string;
  created_at: number;
}

/** The message store of an extension, read for a followed log, and how far. */
export interface FollowedMailboxTable {
  followed_log_id: string;
  extension_id: string;
  /** Epoch milliseconds: earlier messages are nobody's business. */
  since: number;
  sync_token: string | null;
  /** Everything that came before has been read. */
  caught_up_to: number;
  /** Grows with each event: what came while somebody was reading is read again. */
  news: number;
  due_at: number;
  /** Somebody is reading. */
  leased_until: number;
  /** Why it could not be read the last time. */
  last_error: string | null;
}

/** A message that was read from a message store and is not in the ledger yet, or a document of one that is not in the CRM yet. */
export interface RecordedMessageTable {
  followed_log_id: string;
  /** RingCentral's id of the message, with the attachment's behind it for a document. */
  message_id: string;
  /** Sealed. */
  message: string;
  attempts: number;
  due_at: number;
  recorded_at: number;
}
