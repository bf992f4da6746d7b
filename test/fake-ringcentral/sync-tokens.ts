/** Full and incremental sync, the same for calls and messages: tokens that know a frame, a change and the last reset. */

import { Type } from "typebox";
import { Compile } from "typebox/compile";
import { Refused } from "./refusals.ts";
import type { RingCentralState } from "./state.ts";

/** "Call log synchronization" of the guide (2023-03). */
const MOST_RECORDS = 250;

const Token = Compile(
  Type.Object({ log: Type.String(), from: Type.Number(), revision: Type.Number(), resets: Type.Number() }),
);

export interface SyncQuery {
  syncType?: string;
  syncToken?: string;
  dateFrom?: string;
  recordCount?: string;
}

interface Synced {
  revision: number;
}

export interface SyncedLog<Kept extends Synced> {
  /** Which one: a token of another log does not serve here. */
  log: string;
  /** Newest first. */
  records: readonly Kept[];
  beganAt(record: Kept): number;
  /** The code of a token whose log was reset. */
  resetCode: string;
}

export function synchronise<Kept extends Synced>(
  state: RingCentralState,
  { log, records, beganAt, resetCode }: SyncedLog<Kept>,
  query: SyncQuery,
  now: number,
) {
  const answer = (type: "FSync" | "ISync", from: number, found: readonly Kept[]) => ({
    records: found,
    syncInfo: {
      syncType: type,
      syncToken: written({ log, from, revision: state.revision(), resets: state.resets }),
      syncTime: new Date(now).toISOString(),
    },
  });
  if (query.syncType === "ISync") {
    const token = read(query.syncToken ?? "");
    if (token?.log !== log) throw refusedToken("CMN-101", "Parameter [syncToken] value is invalid");
    if (token.resets !== state.resets) {
      throw refusedToken(resetCode, "Parameter [syncToken] is invalid [Sync token expired, call log was reset]");
    }
    const changed = records.filter((one) => one.revision > token.revision && beganAt(one) >= token.from);
    if (changed.length > MOST_RECORDS) {
      throw refusedToken("CMN-101", "Parameter [syncToken] is invalid [max sync record number limit is exceeded]");
    }
    return answer("ISync", token.from, changed);
  }
  const count = Number(query.recordCount ?? "0");
  if (count < 1 || count > MOST_RECORDS) {
    throw new Refused(400, "CMN-101", "Parameter [recordCount] value is invalid", "recordCount");
  }
  const from = query.dateFrom === undefined ? now : Date.parse(query.dateFrom);
  return answer("FSync", from, records.filter((one) => beganAt(one) >= from).slice(0, count));
}

function refusedToken(code: string, message: string): Refused {
  return new Refused(400, code, message, "syncToken");
}

function written(token: object): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function read(text: string) {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Token.Check(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
