/** RingCentral's own document says no to what RingCentral would refuse, and to answers that it would not give. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordedRequest } from "../fake-crms/support/recorded-request.ts";
import { skipWithoutDocuments } from "../fake-crms/support/vendor-document.ts";
import { PLATFORM_DOCUMENT } from "../fake-ringcentral/platform-document.ts";

const SYNC = "/restapi/v1.0/account/~/call-log-sync";
const SUBSCRIPTIONS = "/restapi/v1.0/subscription";

function request(changes: Partial<RecordedRequest>): RecordedRequest {
  return {
    method: "GET",
    path: SYNC,
    query: {},
    headers: { "content-type": "application/json" },
    body: undefined,
    status: undefined,
    startedAt: 0,
    endedAt: undefined,
    ...changes,
  };
}

const form = { "content-type": "application/x-www-form-urlencoded" };
const REQUESTS: [what: string, sent: Partial<RecordedRequest>, allowed: boolean][] = [
  ["a full sync", { query: { syncType: "FSync", recordCount: "250", view: "Detailed" } }, true],
  ["an unknown kind of sync", { query: { syncType: "QSync" } }, false],
  ["an unknown parameter", { query: { syncType: "FSync", colour: "red" } }, false],
  ["a moment in a page", { path: "/restapi/v1.0/account/~/call-log", query: { page: "today" } }, false],
  ["an unknown path", { path: "/restapi/v1.0/account/~/calls" }, false],
  [
    "a refresh",
    {
      method: "POST",
      path: "/restapi/oauth/token",
      headers: form,
      body: { grant_type: "refresh_token", refresh_token: "r" },
    },
    true,
  ],
  [
    "an unknown grant",
    {
      method: "POST",
      path: "/restapi/oauth/token",
      headers: form,
      body: { grant_type: "password", refresh_token: "r" },
    },
    false,
  ],
  ["a subscription without a delivery", { method: "POST", path: SUBSCRIPTIONS, body: { eventFilters: ["x"] } }, false],
];
for (const [what, sent, allowed] of REQUESTS) {
  test(`the document ${allowed ? "allows" : "refuses"} ${what}`, { skip: skipWithoutDocuments }, () => {
    const problems = PLATFORM_DOCUMENT?.problemsOf(request(sent)) ?? [];
    assert.equal(problems.length === 0, allowed, problems.join("\n"));
  });
}

const record = {
  id: "c",
  uri: "u",
  sessionId: "1",
  type: "Voice",
  direction: "Inbound",
  action: "Phone Call",
  startTime: "t",
};
const synced = (changes: object) => ({
  uri: "u",
  records: [{ ...record, ...changes }],
  syncInfo: { syncType: "ISync", syncToken: "t", syncTime: "t" },
});
const ANSWERS: [what: string, answer: object, allowed: boolean][] = [
  ["a call", synced({}), true],
  ["a call of an unknown direction", synced({ direction: "Sideways" }), false],
  ["a call with a property that there is not", synced({ customer: "Luke" }), false],
  ["a side with a property that there is not", synced({ from: { phone: "1" } }), false],
  ["an answer without its token", { uri: "u", records: [], syncInfo: { syncType: "ISync", syncTime: "t" } }, false],
];
for (const [what, answer, allowed] of ANSWERS) {
  test(
    `the document ${allowed ? "allows" : "refuses"} ${what} in an answer`,
    { skip: skipWithoutDocuments },
    async () => {
      const problems = PLATFORM_DOCUMENT?.problemsOfAnswer({ method: "GET", path: SYNC }, 200, answer) ?? [];
      assert.equal(problems.length === 0, allowed, problems.join("\n"));
    },
  );
}

test("the document refuses an event with a property that there is not", { skip: skipWithoutDocuments }, () => {
  assert.equal(PLATFORM_DOCUMENT?.problemsOfEvent("message-store", { uuid: "u", body: { changes: [] } }).length, 0);
  assert.equal(PLATFORM_DOCUMENT?.problemsOfEvent("message-store", { uuid: "u", body: { changed: [] } }).length, 1);
});
