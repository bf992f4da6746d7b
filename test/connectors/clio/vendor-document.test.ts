/** Clio's own document says no to what Clio would refuse, so a request that passes it is worth something. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CLIO_DOCUMENT } from "../../fake-crms/clio/vendor-document.ts";
import type { RecordedRequest } from "../../fake-crms/support/recorded-request.ts";
import { skipWithoutDocuments } from "../../fake-crms/support/vendor-document.ts";

function request(changes: Partial<RecordedRequest>): RecordedRequest {
  return {
    method: "POST",
    path: "/api/v4/communications.json",
    query: { fields: "id" },
    headers: { "content-type": "application/json" },
    body: { data: { type: "PhoneCommunication", subject: "Call", body: "" } },
    status: undefined,
    startedAt: 0,
    endedAt: undefined,
    ...changes,
  };
}

const CASES: [what: string, sent: Partial<RecordedRequest>, allowed: boolean][] = [
  ["a phone communication", {}, true],
  ["an unknown path", { path: "/api/v4/phone_calls.json" }, false],
  ["an unknown parameter", { query: { fields: "id", include: "matter" } }, false],
  ["an unknown property", { body: { data: { type: "PhoneCommunication", subject: "", body: "", text: "" } } }, false],
  ["an unknown type", { body: { data: { type: "Call", subject: "", body: "" } } }, false],
  [
    "an unknown kind of participant",
    { body: { data: { type: "PhoneCommunication", subject: "", body: "", senders: [{ id: 1, type: "Person" }] } } },
    false,
  ],
  ["an id that is no number", { method: "PATCH", path: "/api/v4/communications/abc.json" }, false],
];
for (const [what, sent, allowed] of CASES) {
  test(`the document ${allowed ? "allows" : "refuses"} ${what}`, { skip: skipWithoutDocuments }, () => {
    const problems = CLIO_DOCUMENT?.problemsOf(request(sent)) ?? [];
    assert.equal(problems.length === 0, allowed, problems.join("\n"));
  });
}
