/** Under which key a call stands in the ledger: its session, or its session and an extension. */

import type { EntryKey } from "../../store/log-entries.ts";
import type { StoredUser } from "../../store/users.ts";

export interface CallPlace {
  sessionId: string;
  /**
   * Whose call it is, where one login logs for several extensions: a call that was passed on has then a record for each of
   * them (contract.md, "Identity"). Undefined: the session has one.
   */
  extension?: string | undefined;
}

/** Where the records are shared, the session has one whoever logs it. */
export function newCallKey(user: StoredUser, { sessionId, extension }: CallPlace): EntryKey {
  const { id: userId, sharedLogId } = user;
  const isOneOfSeveral = extension !== undefined && sharedLogId === undefined;
  const sourceKey = isOneOfSeveral ? `${sessionId}@${extension}` : sessionId;
  return { userId, kind: "call", sourceKey, sharedLogId };
}

/** The extension's own record, else the session's. */
export function knownCallKey(user: StoredUser, place: CallPlace): EntryKey {
  const key = newCallKey(user, place);
  return key.sourceKey === place.sessionId ? key : { ...key, orKey: place.sessionId };
}
