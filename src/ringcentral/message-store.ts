/** The texts, faxes and voicemails of one extension: read between two moments, or followed with a token. */

import { Type } from "typebox";
import { eachRecord, isoOf, Navigation } from "./answer-parts.ts";
import { type CatchUpFrom, catchUp, type CaughtUp, LARGEST_SYNC, meansFullSync, SyncInfo } from "./catch-up.ts";
import { MessageAnswer, messageOf, type MessageRecord } from "./message-records.ts";
import type { Caller, PlatformHttp } from "./platform-http.ts";

const PER_PAGE = 250;

export interface MessageStore {
  /** Everything that came or went between two moments, epoch milliseconds, newest first. */
  between(extensionId: string, from: number, to: number): AsyncIterable<MessageRecord>;
  /** The texts among them. */
  textsBetween(extensionId: string, from: number, to: number): AsyncIterable<MessageRecord>;
  catchUp(extensionId: string, from: CatchUpFrom): Promise<CaughtUp<MessageRecord>>;
  /** Undefined where it is there no more. */
  read(extensionId: string, messageId: string): Promise<MessageRecord | undefined>;
}

const MessagePage = Type.Object({ records: Type.Array(MessageAnswer), navigation: Navigation });
const MessageSync = Type.Object({ records: Type.Array(MessageAnswer), syncInfo: SyncInfo });

export function createMessageStore(http: PlatformHttp, caller: Caller): MessageStore {
  const request = { group: "Light" } as const;

  function between(extensionId: string, from: number, to: number, messageType?: "SMS"): AsyncIterable<MessageRecord> {
    return eachRecord(async (page) => {
      const answer = await http.send(caller, `${placeOf(extensionId)}/message-store`, {
        ...request,
        query: { messageType, dateFrom: isoOf(from), dateTo: isoOf(to), perPage: PER_PAGE, page },
        as: MessagePage,
      });
      return { records: answer.records.map(messageOf), hasNext: answer.navigation?.nextPage !== undefined };
    });
  }

  return {
    between: (extensionId, from, to) => between(extensionId, from, to),
    textsBetween: (extensionId, from, to) => between(extensionId, from, to, "SMS"),
    catchUp(extensionId, from) {
      const place = `${placeOf(extensionId)}/message-sync`;
      return catchUp(
        {
          async changes(syncToken) {
            const answer = await http.send(caller, place, {
              ...request,
              query: { syncType: "ISync", syncToken },
              as: MessageSync,
              meaningOf: meansFullSync,
            });
            return answer === "full-sync" ? undefined : { ...answer, records: answer.records.map(messageOf) };
          },
          async newest(since) {
            const answer = await http.send(caller, place, {
              ...request,
              query: { syncType: "FSync", dateFrom: isoOf(since), recordCount: LARGEST_SYNC },
              as: MessageSync,
            });
            return { ...answer, records: answer.records.map(messageOf) };
          },
          between: (since, to) => between(extensionId, since, to),
        },
        from,
      );
    },
    async read(extensionId, messageId) {
      const answer = await http.send(caller, `${placeOf(extensionId)}/message-store/${encodeURIComponent(messageId)}`, {
        ...request,
        as: MessageAnswer,
        meaningOf: ({ status }) => (status === 404 ? "gone" : undefined),
      });
      return answer === "gone" ? undefined : messageOf(answer);
    },
  };
}

function placeOf(extensionId: string): string {
  return `/restapi/v1.0/account/~/extension/${encodeURIComponent(extensionId)}`;
}
