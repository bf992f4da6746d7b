/** The texts of one extension in figures: RingCentral has no list of a whole company's. */

import type { MessageStore } from "../ringcentral/message-store.ts";
import { badInput } from "../sdk/errors.ts";
import type { CompanyKey, CompanyLogs } from "../store/company-logs.ts";
import type { TimeRange } from "./kept-calls.ts";

const MOST_TEXTS = 10_000;

export interface TextFigures {
  smsSentCount: number;
  smsReceivedCount: number;
  /** How many stand in a record in the CRM. */
  loggedMessageCount: number;
}

export async function textFigures(
  { company, extensionId, range: { from, to } }: { company: CompanyKey; extensionId: string; range: TimeRange },
  { logs, messages }: { logs: CompanyLogs; messages: MessageStore },
): Promise<TextFigures> {
  let sent = 0;
  const ids: string[] = [];
  for await (const { creationTime, direction, id, isDeleted } of messages.textsBetween(extensionId, from, to)) {
    if (isDeleted || creationTime >= to) continue;
    if (ids.length === MOST_TEXTS) {
      throw badInput("timeFrom and timeTo", `span more than ${MOST_TEXTS} texts: choose a shorter time`);
    }
    ids.push(id);
    if (direction === "Outbound") sent += 1;
  }
  const found = await logs.messages(company, ids);
  return { smsSentCount: sent, smsReceivedCount: ids.length - sent, loggedMessageCount: found.size };
}
