/** From the client's grouped messages to those of one conversation and day. */

import type { SentMessages } from "../../core/messages/sent-messages.ts";
import { badInput } from "../../sdk/errors.ts";
import type { MessageLogInfo } from "../schemas/message.ts";
import { momentFrom } from "./moment.ts";

export function sentMessages(logInfo: MessageLogInfo): SentMessages {
  const id = logInfo.conversationLogId ?? logInfo.conversationId;
  if (id === undefined) throw badInput("logInfo.conversationLogId", "is required");
  const messages = logInfo.messages.map(({ creationTime, ...message }) => ({
    ...message,
    at: momentFrom("logInfo.messages.creationTime", creationTime),
  }));
  return { ...logInfo, id: String(id), messages };
}
