/** The message store of an extension, in pages, as sync and one by one; and the bytes of attachments and recordings. */

import { Type } from "typebox";
import type { FakeApp } from "../fake-crms/support/fake-server.ts";
import type { Clock } from "./clock.ts";
import { pageOf } from "./paging.ts";
import { checkMessagesOf, extensionAt, holderOf, type Place, type Platform } from "./places.ts";
import { Refused } from "./refusals.ts";
import { messageAnswer } from "./shapes.ts";
import type { FakeExtension, FakeMessage } from "./state.ts";
import { synchronise } from "./sync-tokens.ts";

const Text = Type.Optional(Type.String());
const closed = { additionalProperties: false };
const At = { accountId: Type.String(), extensionId: Type.String() };
const DAY_MS = 86_400_000;

export function messageRoutes(app: FakeApp, platform: Platform, clock: Clock): void {
  const { state, grants, origin, largestPage } = platform;

  function mailboxOf(place: Place, holder: FakeExtension): { owner: FakeExtension; messages: FakeMessage[] } {
    const owner = extensionAt(place, holder, state);
    checkMessagesOf(owner, holder);
    const messages = state.messages.filter(({ extensionId }) => extensionId === owner.id);
    return { owner, messages: messages.toSorted((one, other) => other.creationTime - one.creationTime) };
  }
  const shown = (messages: readonly FakeMessage[]) =>
    messages.map((message) => messageAnswer(message, { state, origin: origin() }));

  const extension = "/restapi/v1.0/account/:accountId/extension/:extensionId";
  app.get(
    `${extension}/message-store`,
    {
      schema: {
        params: Type.Object(At),
        querystring: Type.Object(
          { messageType: Text, dateFrom: Text, dateTo: Text, page: Text, perPage: Text },
          closed,
        ),
      },
    },
    (request) => {
      const { messages } = mailboxOf(request.params, holderOf(request, grants));
      const { dateFrom, dateTo, messageType } = request.query;
      const to = dateTo === undefined ? clock.now() : Date.parse(dateTo);
      const from = dateFrom === undefined ? to - DAY_MS : Date.parse(dateFrom);
      const asked = messages.filter(({ type }) => messageType === undefined || type === messageType);
      const found = asked.filter(({ creationTime }) => creationTime >= from && creationTime <= to);
      const { records, paging, navigation } = pageOf(found, request.query, largestPage);
      return { records: shown(records), paging, navigation };
    },
  );

  app.get(
    `${extension}/message-sync`,
    {
      schema: {
        params: Type.Object(At),
        querystring: Type.Object({ syncType: Text, syncToken: Text, dateFrom: Text, recordCount: Text }, closed),
      },
    },
    (request) => {
      const { owner, messages } = mailboxOf(request.params, holderOf(request, grants));
      const log = `messages of ${owner.id}`;
      const frame = { log, records: messages, beganAt: (one: FakeMessage) => one.creationTime, resetCode: "MSG-333" };
      const { records, syncInfo } = synchronise(state, frame, request.query, clock.now());
      return { records: shown(records), syncInfo };
    },
  );

  app.get(
    `${extension}/message-store/:messageId`,
    { schema: { params: Type.Object({ ...At, messageId: Type.String() }) } },
    (request) => {
      const { messages } = mailboxOf(request.params, holderOf(request, grants));
      const found = messages.find(({ id }) => String(id) === request.params.messageId);
      if (found === undefined) throw new Refused(404, "CMN-102", "Resource for parameter [messageId] is not found");
      return messageAnswer(found, { state, origin: origin() });
    },
  );

  for (const path of [
    `${extension}/message-store/:messageId/content/:attachmentId`,
    "/restapi/v1.0/account/:accountId/recording/:recordingId/content",
  ]) {
    app.get(path, (request, reply) => {
      holderOf(request, grants);
      const found = state.contents.get(request.url);
      if (found === undefined) throw new Refused(404, "CMN-102", "Resource for parameter [contentId] is not found");
      return reply.type(found.contentType).send(found.bytes);
    });
  }
}
