/** Look-ups that many ask for at the same moment: one statement, and everybody gets their own. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { createContactNumberStore } from "../../src/store/contact-numbers.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createLogEntryStore } from "../../src/store/log-entries.ts";
import { createUserStore } from "../../src/store/users.ts";
import { createVault } from "../../src/store/vault.ts";
import { testDatabases, type TestDatabase } from "../support/databases.ts";

const PEOPLE = 40;
const SESSIONS = ["s1", "s2", 's"3', "s'4", "{5}"];

async function opened(t: TestContext, testDatabase: TestDatabase) {
  const { DATABASE_URL: url = "sqlite::memory:" } = await testDatabase.environment(t);
  const vault = createVault(["a key"]);
  const statements: string[] = [];
  const onQuery = ({ query }: { query: { sql: string } }) => void statements.push(query.sql);
  const database = await openDatabase({ url, vault, onQuery });
  t.after(() => database.close());
  const users = createUserStore({ database, vault });
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, number) =>
      users.save({
        platform: "demo",
        tenant: "demo",
        crmUserId: String(number),
        name: `Agent ${number}`,
        hostname: undefined,
        timeZone: "UTC",
        platformAdditionalInfo: {},
        credentials: { type: "apiKey", authorization: "Basic secret" },
        rcAccountId: undefined,
      }),
    ),
  );
  const stores = { database, vault };
  return {
    ids: people.map(({ id }) => id),
    statements,
    database,
    entries: createLogEntryStore(stores),
    numbers: createContactNumberStore(stores),
  };
}

for (const database of await testDatabases()) {
  await suite(`look-ups at the same moment on ${database.name}`, { skip: database.skip }, () => {
    test("everybody is told of their own sessions alone, by one statement", async (t) => {
      const { ids, entries, statements } = await opened(t, database);
      for (const userId of ids)
        for (const sourceKey of SESSIONS)
          await entries.insert({
            userId,
            kind: "call",
            sourceKey,
            contactId: `contact of ${userId} in ${sourceKey}`,
            wanted: {},
            begins: { state: "sending", attempts: 1, leaseUntil: 1, nextAttemptAt: 1, sent: {}, sentVersion: 1 },
          });
      statements.length = 0;
      const asked = ids.flatMap((userId) => [...SESSIONS, "never"].map((sourceKey) => ({ userId, sourceKey })));
      const answers = await Promise.all(
        asked.map(({ userId, sourceKey }) => entries.references(userId, "call", [sourceKey])),
      );
      assert.deepEqual(
        answers.map((references) => references.map(({ contactId }) => contactId)),
        asked.map(({ userId, sourceKey }) => (sourceKey === "never" ? [] : [`contact of ${userId} in ${sourceKey}`])),
      );
      assert.equal(statements.length, 1);
    });

    test("everybody is told of their own contacts alone, by one statement", async (t) => {
      const { ids, numbers, statements } = await opened(t, database);
      for (const userId of ids)
        await numbers.rememberSearch(userId, "+16505550100", [{ id: "b" }, { id: `a of ${userId}` }], false);
      statements.length = 0;
      const answers = await Promise.all(ids.map((userId) => numbers.known(userId, "+16505550100")));
      assert.deepEqual(
        answers.map((known) => known.map(({ contact }) => contact?.["id"])),
        ids.map((userId) => [`a of ${userId}`, "b"]),
      );
      assert.equal(statements.length, 1);
    });

    test("where the database fails, each of them is told", async (t) => {
      const { ids, entries, database: open } = await opened(t, database);
      await open.close();
      const answers = await Promise.allSettled(ids.map((userId) => entries.references(userId, "call", ["s1"])));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set(["rejected"]));
    });
  });
}
