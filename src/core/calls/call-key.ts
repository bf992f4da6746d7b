/** Under which key a call stands in the ledger: its session, or its session and an extension. */

import type { EntryKey } from "../../store/entry-places.ts";
import type { StoredUser } from "../../store/users.ts";

export interface CallPlace {
  sessionId: string;
  /**
   * Whose call it is, where one login logs for several extensions: a call that was passed on has then a record for each of
   * them (contract.md, "Identity"). Undefined: the session has one.
   */
  extension?: OneOfSeveral | undefined;
}

export interface OneOfSeveral {
  name: string;
  /** Of a colleague; the session's own record is then none of theirs. */
  isColleagues: boolean;
}

/** Where the records are shared, the session has one whoever logs it. */
export function newCallKey(user: StoredUser, { sessionId, extension }: CallPlace): EntryKey {
  const { id: userId, sharedLogId } = user;
  const isOneOfSeveral = extension !== undefined && sharedLogId === undefined;
  const sourceKey = isOneOfSeveral ? `${sessionId}@${extension.name}` : sessionId;
  return { userId, kind: "call", sourceKey, sharedLogId };
}

/** The extension's own record, else the session's, which the user's own calls have. */
export function knownCallKey(user: StoredUser, place: CallPlace): EntryKey {
  const key = newCallKey(user, place);
  const isAlone = key.sourceKey === place.sessionId || place.extension?.isColleagues === true;
  return isAlone ? key : { ...key, orKey: place.sessionId };
}
