/** What plugins answer is read as strictly as what clients send, and what they could not do is told to the person. */

import type { Static, TSchema } from "typebox";
import { CreateCallLogBody, UpdateCallLogBody } from "../schemas/call.ts";
import { MessageLogBody } from "../schemas/message.ts";
import { withoutNulls } from "../without-nulls.ts";
import type { LogAnswer } from "./log-answer.ts";
import { compiled } from "../../compiled.ts";

export const readNewCall = readerOf(CreateCallLogBody);
export const readCallUpdate = readerOf(UpdateCallLogBody);
export const readMessages = readerOf(MessageLogBody);

function readerOf<Schema extends TSchema>(schema: Schema): (payload: unknown) => Static<Schema> | undefined {
  const { Check } = compiled(schema);
  return (payload) => {
    const body = withoutNulls(payload);
    return Check(body) ? body : undefined;
  };
}

/** The log itself stands as it would without the plugins. */
export function withUnheeded(answer: LogAnswer, unheeded: readonly { pluginId: string; why: string }[]): LogAnswer {
  if (unheeded.length === 0) return answer;
  const { returnMessage } = answer;
  const items = unheeded.map(({ pluginId, why }) => ({ id: `plugin_${pluginId}`, type: "text", text: why }));
  const told = {
    ...returnMessage,
    message: `${returnMessage.message} ${unheeded.length === 1 ? "A plugin" : "Some plugins"} could not be heeded.`,
    messageType: returnMessage.messageType === "success" ? ("warning" as const) : returnMessage.messageType,
    details: [...(returnMessage.details ?? []), { title: "Plugins", items }],
  };
  return { ...answer, returnMessage: told };
}
