/** Lists come in pages that together hold every record once. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Contact } from "../../src/demo-crm/store/contacts.ts";
import { PageOf } from "../../src/demo-crm/store/paging.ts";
import { runCrm } from "./running-crm.ts";

const Contacts = PageOf(Contact);

test("pages of any size, with or without a filter, hold every record once and in order", async (t) => {
  const crm = await runCrm(t);
  for (const filter of ["", "name=o&"]) {
    const whole = (await crm.send(`GET /api/contacts?${filter}limit=1000`)).as(Contacts);
    assert.equal(whole.nextCursor, null);
    assert.ok(whole.items.length > 3);
    for (const limit of [1, 3, whole.items.length]) {
      const items: Contact[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const address: string = `/api/contacts?${filter}limit=${limit}${cursor && `&cursor=${cursor}`}`;
        const page: { items: Contact[]; nextCursor: string | null } = (await crm.send(`GET ${address}`)).as(Contacts);
        assert.ok(page.items.length <= limit && page.items.length > 0);
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      assert.deepEqual(items, whole.items);
    }
  }
});

test("a page holds 100 records unless told otherwise", async (t) => {
  const crm = await runCrm(t);
  for (let count = 0; count < 101; count += 1) {
    await crm.send("POST /api/activities", { json: { contactId: "1" } });
  }
  const { items, nextCursor } = JSON.parse((await crm.send("GET /api/activities")).text);
  assert.equal(items.length, 100);
  const rest = JSON.parse((await crm.send(`GET /api/activities?cursor=${nextCursor}`)).text);
  assert.deepEqual([rest.items.length, rest.nextCursor], [1, null]);
});

test("a cursor that was made up, or is another list's, and a limit out of range are refused", async (t) => {
  const crm = await runCrm(t);
  const { nextCursor } = (await crm.send("GET /api/contacts?limit=1")).as(Contacts);
  for (const path of [
    "contacts?cursor=5",
    "contacts?cursor=",
    `contacts?cursor=${nextCursor}A`,
    `deals?cursor=${nextCursor}`,
  ]) {
    const answer = await crm.send(`GET /api/${path}`);
    assert.equal(answer.status, 400, path);
    assert.deepEqual(answer.json(), { error: "cursor must be the nextCursor of this same list." });
  }
  for (const limit of ["0", "1001", "ten", "-1", "1.5", ""]) {
    const answer = await crm.send(`GET /api/notes?limit=${limit}`);
    assert.equal(answer.status, 400, limit);
    assert.deepEqual(answer.json(), { error: "limit must be a whole number from 1 to 1000." });
  }
});
