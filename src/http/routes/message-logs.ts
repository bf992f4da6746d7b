/** POST /messageLog: texts, voicemails and faxes, one record per conversation and day. */

import { Type } from "typebox";
import { documentsIn } from "../../core/messages/document-sources.ts";
import { readConversation } from "../../core/messages/read-conversation.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { nullMeansAbsent } from "../request-body.ts";
import { ReturnMessage, warning } from "../return-message.ts";
import { MessageLogBody } from "../schemas/message.ts";
import type { Services } from "../services.ts";
import { assignmentIn } from "../wire/assignment.ts";
import { contactFrom } from "../wire/chosen-contact.ts";
import { sentMessages } from "../wire/conversation.ts";
import { logAnswer } from "../wire/log-answer.ts";
import { loggedByService } from "../wire/logging-service.ts";
import { readMessages, withUnheeded } from "../wire/plugin-changes.ts";
import { LOG_BYTES } from "./call-logs.ts";

const Answer = Type.Object({
  successful: Type.Boolean(),
  logIds: Type.Array(Type.String(), {
    description: "The messages that this request added; none where all were logged before.",
  }),
  returnMessage: Type.Optional(ReturnMessage),
});

export function messageLogRoutes(
  app: App,
  { documents, messages, owners, payloadChanges, pluginTasks }: Services,
  { userOf }: Authentication,
): void {
  app.post(
    "/messageLog",
    {
      bodyLimit: LOG_BYTES,
      preValidation: nullMeansAbsent,
      schema: {
        summary: "Log a conversation",
        description: "Grouped by conversationLogId; messages that are logged already are ignored.",
        tags: ["messages"],
        body: MessageLogBody,
        response: { 200: Answer },
      },
    },
    async (request) => {
      // The client evaluates logIds.length in every case.
      const nothing = { successful: false, logIds: [] };
      if (request.body.logInfo.messages.length === 0)
        return { ...nothing, returnMessage: warning("No message to log.") };
      const user = userOf(request);
      const { body, unheeded } = await payloadChanges.changed(user, "message", request.body, readMessages);
      const { logInfo } = body;
      const choice = contactFrom(body, logInfo.correspondents?.[0]?.phoneNumber);
      if ("problem" in choice) return { ...nothing, returnMessage: choice.problem };
      const sent = sentMessages(logInfo);
      const { phoneNumber, ...read } = readConversation(sent, choice.contact);
      const { submission, assignment } = assignmentIn(body.additionalSubmission);
      const owner = assignment && (await owners.ownerFor(user, assignment));
      const { service } = loggedByService(user, { headers: request.headers, named: {}, assignment, owner });
      const posted = {
        ...read,
        contact: phoneNumber === undefined ? choice.contact : { ...choice.contact, phoneNumber },
        submission,
        owner,
        service,
      };
      const { newMessageIds, ...outcome } = await messages.log(user, posted, ({ sourceKey }) =>
        pluginTasks.handOver(user, { kind: "message", sourceKey, payload: body }),
      );
      const { successful, returnMessage } = withUnheeded(logAnswer(outcome, "Messages logged"), unheeded);
      if (!successful) return { ...nothing, returnMessage };
      const sources = documentsIn(sent, newMessageIds);
      const { rcAccessToken } = logInfo;
      if (sources.length === 0 || rcAccessToken === undefined)
        return { successful, logIds: newMessageIds, returnMessage };
      const { contact } = choice;
      const missing = await documents.carry(user, { contact, submission, sources, rcAccessToken });
      const told = warning(`${returnMessage.message} ${notCarried(missing)}`);
      const returned = missing === 0 ? returnMessage : { ...returnMessage, ...told };
      return { successful, logIds: newMessageIds, returnMessage: returned };
    },
  );
}

function notCarried(missing: number): string {
  const what = missing === 1 ? "One document" : `${missing} documents`;
  return `${what} could not be stored in the CRM; the log links to RingCentral instead.`;
}
