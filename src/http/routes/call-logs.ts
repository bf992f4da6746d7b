/** POST, GET and PATCH /callLog, POST /callLog/cacheNote, PUT /callDisposition. */

import { Type } from "typebox";
import { defaultSubject } from "../../core/calls/default-subject.ts";
import type { LoadedCall } from "../../core/calls/load-calls.ts";
import { numberOf } from "../../core/messages/sent-messages.ts";
import type { App } from "../app.ts";
import type { Authentication } from "../authenticate.ts";
import { defined } from "../../sdk/defined.ts";
import { failureMessage } from "../errors.ts";
import { nullMeansAbsent, queryFillsBody } from "../request-body.ts";
import { ReturnMessage, warning } from "../return-message.ts";
import { CachedNoteBody, CreateCallLogBody, DispositionBody, UpdateCallLogBody } from "../schemas/call.ts";
import type { Services } from "../services.ts";
import { assignmentIn } from "../wire/assignment.ts";
import { factsOfCall, factsOfUpdate } from "../wire/call-facts.ts";
import { contactFrom } from "../wire/chosen-contact.ts";
import { logAnswer } from "../wire/log-answer.ts";
import { extensionIn, loggedByService } from "../wire/logging-service.ts";
import { readCallUpdate, readNewCall, withUnheeded } from "../wire/plugin-changes.ts";

/** A transcript of a long call fits. */
export const LOG_BYTES = 2 * 1024 * 1024;

const Answer = Type.Object({
  successful: Type.Boolean(),
  logId: Type.Optional(Type.String({ description: 'The CRM\'s id, or "pending-…" while the record is on its way.' })),
  returnMessage: Type.Optional(ReturnMessage),
});
const UpdateAnswer = Type.Object({ ...Answer.properties, updatedNote: Type.Optional(Type.String()) });
const LogData = Type.Object({
  subject: Type.String(),
  note: Type.String(),
  fullBody: Type.String(),
  fullLogResponse: Type.Record(Type.String(), Type.Unknown()),
  contactName: Type.Optional(Type.String()),
  dispositions: Type.Record(Type.String(), Type.Unknown()),
});
const Lookup = Type.Object({
  successful: Type.Boolean(),
  logs: Type.Array(
    Type.Object({
      sessionId: Type.String(),
      matched: Type.Boolean(),
      logId: Type.Optional(Type.String()),
      contact: Type.Optional(Type.Object({ id: Type.String() })),
      logData: Type.Optional(LogData),
    }),
  ),
  returnMessage: Type.Optional(ReturnMessage),
});

export function callLogRoutes(
  app: App,
  { calls, callLoader, owners, payloadChanges, pluginTasks }: Services,
  { userOf }: Authentication,
): void {
  const posting = { bodyLimit: LOG_BYTES, preValidation: nullMeansAbsent };

  app.post(
    "/callLog",
    {
      ...posting,
      schema: {
        summary: "Log a call",
        description: "A session has one record: posting it again answers with that record.",
        tags: ["calls"],
        body: CreateCallLogBody,
        response: { 200: Answer },
      },
    },
    async (request) => {
      const user = userOf(request);
      const { body, unheeded } = await payloadChanges.changed(user, "call", request.body, readNewCall);
      const { logInfo } = body;
      const sessionId = String(logInfo.sessionId);
      const facts = factsOfCall(body);
      const choice = contactFrom(body, facts.contactNumber ?? numberOf(logInfo.from) ?? numberOf(logInfo.to));
      if ("problem" in choice) return { successful: false, returnMessage: choice.problem };
      const { contact } = choice;
      const { submission, assignment } = assignmentIn(body.additionalSubmission);
      const owner = assignment && (await owners.ownerFor(user, assignment));
      const { headers } = request;
      const call = {
        sessionId,
        contact,
        subject: logInfo.customSubject || defaultSubject(facts.direction, contact.name ?? facts.contactNumber),
        facts,
        submission,
        owner,
        ...loggedByService(user, { headers, named: body, assignment, owner }),
      };
      const outcome = await calls.log(user, call, ({ sourceKey }) =>
        pluginTasks.handOver(user, { kind: "call", sourceKey, payload: body }),
      );
      return withUnheeded(logAnswer(outcome, "Call logged"), unheeded);
    },
  );

  app.get(
    "/callLog",
    {
      schema: {
        summary: "Which calls are logged",
        description: "Answers every id, in order. Without requireDetails=true the CRM is not asked.",
        tags: ["calls"],
        querystring: Type.Object({
          sessionIds: Type.String({ minLength: 1, description: "Comma-separated." }),
          requireDetails: Type.Optional(Type.String()),
          hashedExtensionId: Type.Optional(Type.String()),
          extensionNumber: Type.Optional(Type.String()),
        }),
        response: { 200: Lookup },
      },
    },
    async (request) => {
      const { sessionIds, requireDetails, ...named } = request.query;
      const user = userOf(request);
      const { calls: loaded, failure } = await callLoader.load(user, {
        sessionIds: sessionIds.split(","),
        requireDetails: requireDetails === "true",
        extension: await extensionIn(user, owners, { headers: request.headers, named }),
      });
      const logs = loaded.map(wireLog);
      return failure === undefined
        ? { successful: true, logs }
        : { successful: false, logs, returnMessage: failureMessage(failure) };
    },
  );

  app.patch(
    "/callLog",
    {
      bodyLimit: LOG_BYTES,
      preValidation: queryFillsBody,
      schema: {
        summary: "Update a call's log",
        description: "Every member is optional but sessionId. What a person wrote in the CRM is kept.",
        tags: ["calls"],
        body: UpdateCallLogBody,
        response: { 200: UpdateAnswer },
      },
    },
    async (request) => {
      const user = userOf(request);
      const { body, unheeded } = await payloadChanges.changed(user, "call", request.body, readCallUpdate);
      const sessionId = String(body.sessionId);
      const change = {
        sessionId,
        extension: await extensionIn(user, owners, { headers: request.headers, named: body }),
        subject: body.subject,
        facts: factsOfUpdate(body),
        submission: assignmentIn(body.additionalSubmission).submission,
      };
      const outcome = await calls.update(user, change, ({ sourceKey }) =>
        pluginTasks.handOver(user, { kind: "call", sourceKey, payload: body }),
      );
      if (outcome === undefined) return notLogged();
      return { ...withUnheeded(logAnswer(outcome, "Call log updated"), unheeded), updatedNote: outcome.note };
    },
  );

  app.post(
    "/callLog/cacheNote",
    {
      ...posting,
      schema: {
        summary: "Hand over a note for a call that a service will log",
        tags: ["calls"],
        body: CachedNoteBody,
        response: { 200: Type.Object({ successful: Type.Boolean(), returnMessage: Type.String() }) },
      },
    },
    async (request) => {
      const { sessionId, note } = request.body;
      await calls.cacheNote(userOf(request), String(sessionId), note);
      return { successful: true, returnMessage: "Note kept for an hour." };
    },
  );

  app.put(
    "/callDisposition",
    {
      ...posting,
      schema: {
        summary: "Say which deal or matter a logged call belongs to",
        description: "Choices that the record already has cost nothing.",
        tags: ["calls"],
        body: DispositionBody,
        response: { 200: Answer },
      },
    },
    async (request) => {
      const { sessionId, dispositions, additionalSubmission } = request.body;
      // The client repeats the note here; it has its own way into the log.
      const { note: _, ...chosen }: Record<string, unknown> = { ...additionalSubmission, ...dispositions };
      const { submission } = assignmentIn(chosen);
      const user = userOf(request);
      const extension = await extensionIn(user, owners, { headers: request.headers, named: request.body });
      const change = { sessionId: String(sessionId), extension, subject: undefined, facts: {}, submission };
      const outcome = await calls.update(user, change);
      return outcome === undefined ? notLogged() : logAnswer(outcome, "Disposition saved");
    },
  );
}

function wireLog(call: LoadedCall) {
  if (!call.matched) return call;
  const { sessionId, matched, logId, contactId, details } = call;
  return defined({
    sessionId,
    matched,
    logId,
    contact: { id: contactId },
    logData: details && defined(details),
  });
}

function notLogged() {
  return { successful: false, returnMessage: warning("Cannot find a log for this call. Please log it first.") };
}
