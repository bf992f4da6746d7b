/** The call-down list: everything that the client sends is kept, for its user alone. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { MOST_CALL_DOWN_ENTRIES } from "../../src/core/call-down.ts";
import type { JsonObject } from "../../src/store/json.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { connectedExtension, type Extension, objectOf, textOf } from "./extension.ts";

const LUKE = {
  contactId: 1,
  contactType: "Lead",
  contactName: "Luke Skywalker",
  phoneNumber: "(650) 555-1212",
  note: "About the X-wings",
  scheduledAt: "2026-12-01T10:00:00+01:00",
};

async function people(t: TestContext, database: TestDatabase) {
  const environment = await database.environment(t);
  const ann = await connectedExtension(t, { environment });
  return {
    ann,
    ben: await ann.logIn("demo-key-2"),
    databaseUrl: environment["DATABASE_URL"] ?? `sqlite:${join(ann.running.folder, "trunkline.db")}`,
  };
}

async function listed(who: Extension, query = ""): Promise<JsonObject[]> {
  const { items } = (await who.ask("GET /calldown", query)).json;
  assert.ok(Array.isArray(items));
  return items.map(objectOf);
}

async function added(who: Extension, entry: object): Promise<string> {
  const answer = await who.ask("POST /calldown", "", entry);
  assert.equal(answer.status, 200, answer.text);
  return textOf(answer.json["id"]);
}

const names = (entries: readonly JsonObject[]) => entries.map(({ contactName }) => contactName);

for (const database of await testDatabases()) {
  void suite(`the call-down list on ${database.name}`, { skip: database.skip }, () => {
    test("keeps all that the client sends, and seals who it is about", async (t) => {
      const { ann, databaseUrl } = await people(t, database);
      const id = await added(ann, LUKE);
      const [entry, ...others] = await listed(ann);
      assert.deepEqual(others, []);
      const { createdAt, updatedAt, userId, ...content } = entry ?? {};
      assert.deepEqual(content, {
        ...LUKE,
        id,
        contactId: "1",
        phoneNumber: "+16505551212",
        status: "scheduled",
        scheduledAt: "2026-12-01T09:00:00.000Z",
        lastCallAt: null,
      });
      assert.equal(createdAt, updatedAt);
      assert.notEqual(textOf(userId), "");
      const rows = JSON.stringify(await rowsOf(databaseUrl, "select * from call_down_entries"));
      for (const secret of ["Luke", "5551212", "X-wings"]) assert.ok(!rows.includes(secret), secret);
    });

    test("lists by the time they are scheduled for, by status, and page by page", async (t) => {
      const { ann } = await people(t, database);
      await added(ann, { contactName: "whenever" });
      const late = await added(ann, { contactName: "late", scheduledAt: "2026-12-03T09:00:00Z" });
      await added(ann, { contactName: "early", scheduledAt: "2026-12-01T09:00:00Z" });
      assert.deepEqual(names(await listed(ann)), ["early", "late", "whenever"]);
      assert.deepEqual(names(await listed(ann, "limit=1&offset=1")), ["late"]);
      await ann.ask(`PATCH /calldown/${late}`, "", { status: "called" });
      assert.deepEqual(names(await listed(ann, "status=called")), ["late"]);
      for (const spelling of ["not called", "not_called", "NotCalled"]) {
        assert.deepEqual(names(await listed(ann, `status=${spelling}`)), ["early", "whenever"]);
      }
      assert.equal((await listed(ann, "status=All")).length, 3);
    });

    test("a change leaves everything else as it was, and being called has its time", async (t) => {
      const { ann } = await people(t, database);
      const id = await added(ann, LUKE);
      const before = Date.now();
      await ann.ask(`PATCH /calldown/${id}`, "", { status: "called" });
      const [called] = await listed(ann);
      assert.ok(Date.parse(textOf(called?.["lastCallAt"])) >= before);
      assert.deepEqual([called?.["note"], called?.["contactType"]], [LUKE.note, "Lead"]);
      await ann.ask(`PATCH /calldown/${id}`, "", { status: "called", note: "", scheduledAt: null });
      const [again] = await listed(ann);
      assert.deepEqual(
        [again?.["lastCallAt"], again?.["note"], again?.["scheduledAt"]],
        [called?.["lastCallAt"], "", null],
      );
      await ann.ask(`PATCH /calldown/${id}`, "", { lastCallAt: "2026-11-01T00:00:00Z" });
      assert.equal((await listed(ann))[0]?.["lastCallAt"], "2026-11-01T00:00:00.000Z");
    });

    test("nobody sees, changes or deletes an entry of somebody else", async (t) => {
      const { ann, ben } = await people(t, database);
      const id = await added(ann, LUKE);
      assert.deepEqual(await listed(ben), []);
      for (const [route, body] of [[`PATCH /calldown/${id}`, { note: "Ben's" }], [`DELETE /calldown/${id}`]] as const) {
        const refused = await ben.ask(route, "", body);
        assert.deepEqual([refused.status, refused.text], [400, "id does not name an entry of your call-down list."]);
      }
      assert.equal((await listed(ann))[0]?.["note"], LUKE.note);
      assert.equal((await ann.ask(`DELETE /calldown/${id}`)).status, 200);
      assert.deepEqual(await listed(ann), []);
    });

    test("what is wrong is refused by name, and nothing is kept", async (t) => {
      const { ann } = await people(t, database);
      const id = await added(ann, LUKE);
      const [kept] = await listed(ann);
      const wrong = [
        [{ scheduledAt: "tomorrow" }, "scheduledAt must be a time: epoch milliseconds or ISO 8601."],
        [{ phoneNumber: "Luke" }, "phoneNumber must be a telephone number, such as +16505551212."],
        [{ status: "busy" }, 'status must be "scheduled" or "called".'],
        [{ note: "x".repeat(10_001) }, /^note must/],
        [{ colour: "red" }, /^The body must hold at least one of contactId, .*lastCallAt\.$/],
      ] as const;
      for (const [body, sentence] of wrong) {
        const { status, text } = await ann.ask(`PATCH /calldown/${id}`, "", body);
        assert.equal(status, 400, text);
        if (typeof sentence === "string") assert.equal(text, sentence);
        else assert.match(text, sentence);
      }
      assert.deepEqual(await listed(ann), [kept]);
    });

    test("a list that is full says so, also to many at once", async (t) => {
      const { ann, databaseUrl } = await people(t, database);
      await added(ann, LUKE);
      await rowsOf(
        databaseUrl,
        `insert into call_down_entries
         select 'copy ' || n, user_id, contact_id, contact_type, status, 1, last_call_at, details, created_at, updated_at
         from call_down_entries, (${numbersTo(MOST_CALL_DOWN_ENTRIES - 2)}) as numbers`,
      );
      const answers = await Promise.all([1, 2, 3].map(() => ann.ask("POST /calldown", "", LUKE)));
      assert.deepEqual(
        answers.map(({ status }) => status).toSorted((one, other) => one - other),
        [200, 400, 400],
      );
      const [refused] = answers.filter(({ status }) => status === 400);
      assert.match(refused?.text ?? "", /is full: delete some of its 1000 entries first\.$/);
    });
  });
}

function numbersTo(last: number): string {
  return `with recursive counted(n) as (select 1 union all select n + 1 from counted where n < ${last}) select n from counted`;
}
