/** RingCentral's call log, of a whole company or one extension: read between two moments, or followed with a token. */

import { Type } from "typebox";
import { eachRecord, isoOf, Navigation } from "./answer-parts.ts";
import { type CallRecord, CallRecordAnswer, callRecordOf } from "./call-records.ts";
import { type CatchUpFrom, catchUp, type CaughtUp, LARGEST_SYNC, meansFullSync, SyncInfo } from "./catch-up.ts";
import type { Caller, PlatformHttp } from "./platform-http.ts";

/** Detailed records hold their legs, so a page of a thousand could outgrow what we read of an answer. */
const PER_PAGE = 250;
/** For whoever reads through long times, and is held back by the number of requests. */
const LARGE_PAGE = 500;

/** "account" takes the permission to see the company's call log. */
export type CallLogScope = "account" | { extensionId: string };

export interface CallLog {
  /** Everything that began between two moments, epoch milliseconds, newest first. */
  between(scope: CallLogScope, from: number, to: number): AsyncIterable<CallRecord>;
  /** The newest calls, faxes left out, that began between two moments: one request. Further ones begin no later than the last. */
  newestCalls(scope: CallLogScope, from: number, to: number): Promise<NewestCalls>;
  catchUp(scope: CallLogScope, from: CatchUpFrom): Promise<CaughtUp<CallRecord>>;
}

export interface NewestCalls {
  /** Newest first. */
  records: readonly CallRecord[];
  hasMore: boolean;
}

const CallLogPage = Type.Object({ records: Type.Array(CallRecordAnswer), navigation: Navigation });
const CallLogSync = Type.Object({ records: Type.Array(CallRecordAnswer), syncInfo: SyncInfo });

export function createCallLog(http: PlatformHttp, caller: Caller): CallLog {
  const request = { group: "Heavy" } as const;

  function between(scope: CallLogScope, from: number, to: number): AsyncIterable<CallRecord> {
    return eachRecord(async (page) => {
      const answer = await http.send(caller, `${placeOf(scope)}/call-log`, {
        ...request,
        query: { view: "Detailed", dateFrom: isoOf(from), dateTo: isoOf(to), perPage: PER_PAGE, page },
        as: CallLogPage,
      });
      return { records: answer.records.map(callRecordOf), hasNext: answer.navigation?.nextPage !== undefined };
    });
  }

  return {
    between,
    async newestCalls(scope, from, to) {
      const answer = await http.send(caller, `${placeOf(scope)}/call-log`, {
        ...request,
        query: {
          view: "Detailed",
          type: "Voice",
          dateFrom: isoOf(from),
          dateTo: isoOf(to),
          perPage: LARGE_PAGE,
          page: 1,
        },
        as: CallLogPage,
      });
      return { records: answer.records.map(callRecordOf), hasMore: answer.navigation?.nextPage !== undefined };
    },
    catchUp(scope, from) {
      const place = `${placeOf(scope)}/call-log-sync`;
      const view = "Detailed";
      return catchUp(
        {
          async changes(syncToken) {
            const answer = await http.send(caller, place, {
              ...request,
              query: { syncType: "ISync", syncToken, view },
              as: CallLogSync,
              meaningOf: meansFullSync,
            });
            return answer === "full-sync" ? undefined : { ...answer, records: answer.records.map(callRecordOf) };
          },
          async newest(since) {
            const answer = await http.send(caller, place, {
              ...request,
              query: { syncType: "FSync", dateFrom: isoOf(since), recordCount: LARGEST_SYNC, view },
              as: CallLogSync,
            });
            return { ...answer, records: answer.records.map(callRecordOf) };
          },
          between: (since, to) => between(scope, since, to),
        },
        from,
      );
    },
  };
}

function placeOf(scope: CallLogScope): string {
  const account = "/restapi/v1.0/account/~";
  return scope === "account" ? account : `${account}/extension/${encodeURIComponent(scope.extensionId)}`;
}
