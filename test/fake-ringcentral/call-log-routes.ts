/** The call log of a company or one extension, in pages and as sync. */

import { type Static, Type } from "typebox";
import type { FakeApp } from "../fake-crms/support/fake-server.ts";
import type { Clock } from "./clock.ts";
import { pageOf } from "./paging.ts";
import { checkAccount, checkCompanyView, extensionAt, holderOf, type Platform } from "./places.ts";
import { callAnswer } from "./shapes.ts";
import type { FakeCall, FakeExtension } from "./state.ts";
import { type SyncQuery, synchronise } from "./sync-tokens.ts";

const Text = Type.Optional(Type.String());
const InAccount = Type.Object({ accountId: Type.String() });
const InExtension = Type.Object({ accountId: Type.String(), extensionId: Type.String() });
const closed = { additionalProperties: false };
/** All calls here are "Voice"; faxes are in the message store alone. */
const CallType = Type.Optional(Type.Literal("Voice"));
const PageQuery = Type.Object(
  { view: Text, type: CallType, dateFrom: Text, dateTo: Text, page: Text, perPage: Text },
  closed,
);
const SyncQueryString = Type.Object(
  { view: Text, syncType: Text, syncToken: Text, dateFrom: Text, recordCount: Text },
  closed,
);

const DAY_MS = 86_400_000;

export function callLogRoutes(app: FakeApp, platform: Platform, clock: Clock): void {
  const { state, grants, origin, largestPage } = platform;

  function callsOf(accountId: number, extension: FakeExtension | undefined): FakeCall[] {
    const seen = state.calls.filter(
      (call) => call.accountId === accountId && (extension === undefined || call.extensionIds.includes(extension.id)),
    );
    return seen.toSorted((one, other) => other.startTime - one.startTime);
  }

  function page(calls: readonly FakeCall[], query: Static<typeof PageQuery>) {
    const to = query.dateTo === undefined ? clock.now() : Date.parse(query.dateTo);
    const from = query.dateFrom === undefined ? to - DAY_MS : Date.parse(query.dateFrom);
    const found = calls.filter(({ startTime }) => startTime >= from && startTime <= to);
    const { records, paging, navigation } = pageOf(found, query, largestPage);
    return { records: shown(records, query.view), paging, navigation };
  }

  function sync(log: string, calls: readonly FakeCall[], query: SyncQuery & { view?: string }) {
    const frame = { log, records: calls, beganAt: ({ startTime }: FakeCall) => startTime, resetCode: "CLG-101" };
    const { records, syncInfo } = synchronise(state, frame, query, clock.now());
    return { uri: `${origin()}/restapi/v1.0/account/~/call-log-sync`, records: shown(records, query.view), syncInfo };
  }

  function shown(calls: readonly FakeCall[], view = "Simple") {
    return calls.map((call) => callAnswer(call, view, { state, origin: origin() }));
  }

  const account = "/restapi/v1.0/account/:accountId";
  app.get(`${account}/call-log`, { schema: { params: InAccount, querystring: PageQuery } }, (request) => {
    const holder = holderOf(request, grants);
    checkAccount(request.params, holder);
    checkCompanyView(holder);
    return page(callsOf(holder.accountId, undefined), request.query);
  });
  app.get(`${account}/call-log-sync`, { schema: { params: InAccount, querystring: SyncQueryString } }, (request) => {
    const holder = holderOf(request, grants);
    checkAccount(request.params, holder);
    checkCompanyView(holder);
    return sync(`calls of ${holder.accountId}`, callsOf(holder.accountId, undefined), request.query);
  });
  const extension = `${account}/extension/:extensionId`;
  app.get(`${extension}/call-log`, { schema: { params: InExtension, querystring: PageQuery } }, (request) => {
    const found = extensionAt(request.params, holderOf(request, grants), state);
    return page(callsOf(found.accountId, found), request.query);
  });
  app.get(
    `${extension}/call-log-sync`,
    { schema: { params: InExtension, querystring: SyncQueryString } },
    (request) => {
      const found = extensionAt(request.params, holderOf(request, grants), state);
      return sync(`calls of extension ${found.id}`, callsOf(found.accountId, found), request.query);
    },
  );
}
