/** That the fake holds requests against Pipedrive's own documents, and what it would catch. */

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { type FakePipedrive, startFakePipedrive } from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import { skipWithoutDocuments } from "../../fake-crms/support/vendor-document.ts";

async function asked(t: TestContext, method: string, path: string, body?: object): Promise<string[]> {
  const fake: FakePipedrive = await startFakePipedrive();
  t.after(() => fake.close());
  const tokens = fake.grants.exchange(fake.grants.newCode(fake.state.addUser().id));
  const answer = await fetch(`${fake.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens?.access_token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
  return fake.violations;
}

const wrong: [what: string, method: string, path: string, body: object | undefined, problem: RegExp][] = [
  ["a path of v1 that is gone", "GET", "/v1/persons/search?term=12", undefined, /is not in the document/],
  ["a path that never was", "GET", "/api/v2/people", undefined, /is not in the document/],
  ["an unknown parameter", "GET", "/api/v2/deals?person=5", undefined, /"additionalProperty":"person"/],
  ["a parameter of the wrong type", "GET", "/api/v2/deals?person_id=abc", undefined, /must be integer/],
  ["an unknown property", "POST", "/api/v2/activities", { subject: "x", user_id: 1 }, /"additionalProperty":"user_id"/],
  ["the read-only person_id", "POST", "/api/v2/activities", { person_id: 1 }, /"additionalProperty":"person_id"/],
  ["a number as text", "PATCH", "/api/v2/activities/1", { deal_id: "5" }, /must be integer/],
  ["null for a deal", "PATCH", "/api/v2/activities/1", { deal_id: null }, /must be integer/],
];

test("Pipedrive's documents are consulted", { skip: skipWithoutDocuments }, async (t) => {
  for (const [what, method, path, body, problem] of wrong) {
    await t.test(`they do not allow ${what}`, async (inner) => {
      const violations = await asked(inner, method, path, body);
      assert.ok(
        violations.some((violation) => violation.startsWith("the vendor's document:") && problem.test(violation)),
        violations.join("\n"),
      );
    });
  }
});

test("without the documents our own schemas still refuse what is unknown", async (t) => {
  assert.notDeepEqual(await asked(t, "GET", "/api/v2/deals?person_id=5&status=open&page=2"), []);
  assert.notDeepEqual(await asked(t, "GET", "/v2/nothing"), []);
});
