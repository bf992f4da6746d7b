/** The tables: as they are written down, the same however many processes begin at once, and never those of a newer program. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { schemaFile, schemaOf } from "../../scripts/schema-dump.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createVault } from "../../src/store/vault.ts";
import { testDatabases } from "../support/databases.ts";
import { workplace } from "../support/processes.ts";
import { LISTENING, logIn, stopped } from "../support/requests.ts";
import { rowsOf, wholeDatabase } from "./whole-database.ts";

for (const database of await testDatabases()) {
  await suite(`the schema on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    const dialect = database.name === "SQLite" ? "sqlite" : "postgres";

    test(`docs/schema.${dialect}.sql is what the migrations make`, async (t) => {
      const { DATABASE_URL: url = "sqlite::memory:" } = await database.environment(t);
      const opened = await openDatabase({ url, vault: createVault(["a key"]) });
      t.after(() => opened.close());
      assert.equal(await schemaOf(opened, dialect), readFileSync(schemaFile(dialect), "utf8"), "run npm run schema");
    });

    test("processes that start at the same moment on an empty database all come up", async (t) => {
      const { folder, trunkline } = workplace(t);
      const own = { DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`, ...(await database.environment(t)) };
      const environment = { ...own, PORT: "0", DEMO_CRM: "off", DEMO_API_URL: "http://127.0.0.1:1" };
      const servers = [1, 2, 3].map(() => trunkline(["start"], { environment }));
      for (const server of servers) await server.prints(LISTENING);
      for (const server of servers) await stopped(server);
    });

    test("a database of a newer Trunkline is refused and left as it is", async (t) => {
      const { folder, trunkline } = workplace(t);
      const own = { DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`, ...(await database.environment(t)) };
      const environment = { ...own, PORT: "0", DEMO_CRM_PORT: "0" };
      const server = trunkline(["start"], { environment });
      await logIn(await server.prints(LISTENING));
      await stopped(server);
      await rowsOf(own.DATABASE_URL, "insert into migrations (name, run_at) values ('9999-of-the-future', 1)");
      const before = await wholeDatabase(own.DATABASE_URL);
      for (const words of [["start"], ["worker"], ["entries", "list"]]) {
        const { code, stdout, stderr } = await trunkline(words, { environment }).exit;
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        assert.match(stderr, /^The database of DATABASE_URL was written by a newer Trunkline; [^\n]*\.\n$/);
      }
      assert.deepEqual(await wholeDatabase(own.DATABASE_URL), before);
    });
  });
}
