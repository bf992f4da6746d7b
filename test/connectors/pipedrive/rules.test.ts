/** The pure rules of the Pipedrive connector, beside their tables of cases. */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { linksFrom } from "../../../src/connectors/pipedrive/activity-links.ts";
import { durationOf, dueAt } from "../../../src/connectors/pipedrive/activity-times.ts";
import { apart, hasMarker, withMarker } from "../../../src/connectors/pipedrive/log-marker.ts";
import { positionAfter } from "../../../src/connectors/pipedrive/pages.ts";
import { uninstalledBy } from "../../../src/connectors/pipedrive/uninstallation.ts";

const durations: [seconds: number | undefined, expected: string | undefined][] = [
  [undefined, undefined],
  [0, "00:00"],
  [59, "00:00"],
  [60, "00:01"],
  [61, "00:01"],
  [119, "00:01"],
  [3_599, "00:59"],
  [3_600, "01:00"],
  [7_325, "02:02"],
  [90_000, "25:00"],
];
for (const [seconds, expected] of durations) {
  test(`${seconds} seconds are ${expected}`, () => assert.equal(durationOf(seconds), expected));
}

test("a duration never claims more than was talked, nor a minute less", () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (seconds) => {
      const [hours = 0, minutes = 0] = (durationOf(seconds) ?? "").split(":").map(Number);
      const claimed = (hours * 60 + minutes) * 60;
      assert.ok(claimed <= seconds && seconds - claimed < 60 && minutes < 60);
    }),
  );
});

test("times are UTC on both sides of a change to summer time", () => {
  // New York goes from UTC-5 to UTC-4 on 2026-03-08 at 07:00 UTC, and back on 2026-11-01 at 06:00 UTC.
  assert.deepEqual(dueAt(Date.UTC(2026, 2, 8, 6, 59, 59)), { due_date: "2026-03-08", due_time: "06:59" });
  assert.deepEqual(dueAt(Date.UTC(2026, 2, 8, 7, 0, 0)), { due_date: "2026-03-08", due_time: "07:00" });
  assert.deepEqual(dueAt(Date.UTC(2026, 10, 1, 5, 30)), { due_date: "2026-11-01", due_time: "05:30" });
  assert.deepEqual(dueAt(Date.UTC(2026, 11, 31, 23, 59)), { due_date: "2026-12-31", due_time: "23:59" });
  assert.deepEqual(dueAt(undefined), {});
});

const LEAD = "adf21080-0e10-11eb-879b-05d71fb426ec";
const submissions: [submission: Record<string, unknown>, expected: object][] = [
  [{}, {}],
  [{ deals: 5, leads: LEAD }, { deal_id: 5 }],
  [{ deals: " 5 " }, { deal_id: 5 }],
  [{ deals: "none", leads: LEAD }, { lead_id: LEAD }],
  [{ deals: null, leads: null, organization: null }, {}],
  [{ deals: 0, leads: "none", organization: -1 }, {}],
  [{ deals: "5; drop", leads: "x", organization: "1.5" }, {}],
  [{ deals: [5], leads: { id: LEAD }, organization: true }, {}],
  [{ organization: "12", leadWarning: "text" }, { org_id: 12 }],
];
for (const [submission, expected] of submissions) {
  test(`a form with ${JSON.stringify(submission)} links ${JSON.stringify(expected)}`, () =>
    assert.deepEqual(linksFrom(submission), expected));
}

const MARKER = "trunkline:7c9f2a34-66f1-4a39-8f0a-0d6b5b0a4d11";

test("whatever the note, its text comes back unchanged and the marker is found", () => {
  const html = fc.stringMatching(/^(?:<p>|<\/p>|<div>|<\/div>|<br>|[a-z &;]){0,40}$/);
  fc.assert(
    fc.property(html, (note) => {
      const marked = withMarker(note, MARKER);
      assert.equal(apart(marked).text, note);
      assert.equal(apart(marked).text + apart(marked).line, marked);
      assert.ok(hasMarker(marked, MARKER));
      assert.ok(!hasMarker(note, MARKER));
    }),
  );
});

test("a note of somebody else is left alone", () => {
  const note = "<p>Log id: 17 of the printer</p>";
  assert.deepEqual(apart(note), { text: note, line: "" });
});

test("v1 lists go on in both shapes that their paging has", () => {
  const at = { start: 100, count: 50 };
  assert.equal(positionAfter({ additional_data: { more_items_in_collection: true } }, at), 150);
  assert.equal(positionAfter({ additional_data: { pagination: { more_items_in_collection: true } } }, at), 150);
  assert.equal(positionAfter({ additional_data: { pagination: { more_items_in_collection: false } } }, at), undefined);
  assert.equal(positionAfter({ additional_data: null }, at), undefined);
  assert.equal(
    positionAfter({ additional_data: { more_items_in_collection: true } }, { start: 0, count: 0 }),
    undefined,
  );
});

test("an uninstallation names a user of a company, or nobody", () => {
  assert.deepEqual(uninstalledBy({ client_id: "x", company_id: 7, user_id: 9 }), { tenant: "7", userId: "9" });
  assert.deepEqual(uninstalledBy({ company_id: "7", user_id: "9" }), { tenant: "7", userId: "9" });
  assert.equal(uninstalledBy({ user_id: 9 }), undefined);
  assert.equal(uninstalledBy({ company_id: "", user_id: 9 }), undefined);
});
