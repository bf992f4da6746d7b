/** `trunkline migrate`: the database alone is brought up to date, it is said what ran, and a newer one is left alone. */

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { Kysely } from "kysely";
import { dialectOf } from "../../src/store/database.ts";
import { migrationsDone } from "../../src/store/migrate.ts";
import { firstTables } from "../../src/store/migrations/0001-first-tables.ts";
import type { Tables } from "../../src/store/schema.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { workplace } from "../support/processes.ts";
import { rowsOf } from "./whole-database.ts";

const LAST = "select name from migrations order by name desc limit 1";

/** A database where no Trunkline has been. */
async function untouched(t: TestContext, database: TestDatabase) {
  const { folder, trunkline } = workplace(t);
  const environment = { DATABASE_URL: `sqlite:${join(folder, "own", "t.db")}`, ...(await database.environment(t)) };
  return {
    folder,
    url: environment.DATABASE_URL,
    ran: (...words: string[]) => trunkline(["migrate", ...words], { environment }).exit,
    async printed(...words: string[]) {
      const { code, stderr, stdout } = await trunkline(["migrate", ...words], { environment }).exit;
      assert.equal(code, 0, stderr);
      // A database of one's own comes with an admin token of its own.
      assert.match(stderr, /^(?:The admin token is [\w-]{16,}\nIt is shown this once; [^\n]*\n)?$/);
      return stdout;
    },
  };
}

for (const database of await testDatabases()) {
  await suite(`trunkline migrate on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("a dry run says what would be made and makes nothing; a run makes it; another one has nothing to do", async (t) => {
      const { folder, printed, url } = await untouched(t, database);
      assert.match(await printed("--dry-run"), /^Would make the tables:\n {2}0001-first-tables\n {2}0002-/);
      assert.deepEqual(readdirSync(folder), []);
      if (database.name === "PostgreSQL") {
        assert.deepEqual(await rowsOf(url, "select 1 from pg_tables where schemaname = 'public'"), []);
      }
      const { migrations }: { migrations?: unknown } = JSON.parse(await printed("--dry-run", "--json"));
      assert.ok(Array.isArray(migrations));
      const said = await printed();
      assert.match(said, /^Made the tables; the database is up to date now:\n {2}0001-first-tables\n/);
      for (const name of migrations) assert.match(said, new RegExp(`^ {2}${String(name)}$`, "m"));
      assert.equal((await rowsOf(url, LAST))[0]?.["name"], migrations.at(-1));
      assert.equal(await printed(), "The database is up to date; there was nothing to do.\n");
      const nothing: unknown = JSON.parse(await printed("--json"));
      assert.deepEqual(nothing, { dryRun: false, isNew: false, migrations: [] });
    });

    test("an older database is told apart from a new one", async (t) => {
      const { printed, url } = await untouched(t, database);
      await asAtFirst(url);
      assert.match(await printed("--dry-run"), /^Would run \d+ migrations:\n {2}0002-key-check\n/);
      assert.match(await printed(), /^Ran \d+ migrations; the database is up to date now:\n {2}0002-key-check\n/);
    });

    test("a newer database is refused with a sentence, by a dry run as well", async (t) => {
      const { printed, ran, url } = await untouched(t, database);
      await printed();
      await rowsOf(url, "insert into migrations (name, run_at) values ('9999-of-the-future', 1)");
      for (const words of [[], ["--dry-run"]]) {
        const { code, stderr, stdout } = await ran(...words);
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        assert.match(stderr, /^The database of DATABASE_URL was written by a newer Trunkline; [^\n]*\.\n$/);
      }
    });
  });
}

test("an address where there is no database is answered with a sentence", async (t) => {
  const { folder, trunkline } = workplace(t);
  const cases: [url: string, sentence: RegExp][] = [
    ["mysql://x/y", /^DATABASE_URL must be sqlite:<path> or postgres:/],
    [`sqlite:${folder}`, /^The SQLite file of DATABASE_URL cannot be opened/],
    ["postgres://nobody@127.0.0.1:1/none?sslmode=disable", /^The database of DATABASE_URL cannot be reached/],
    ["postgres://nobody@127.0.0.1:1/none?sslrootcert=none.pem", /^A certificate file that DATABASE_URL names/],
  ];
  for (const [DATABASE_URL, sentence] of cases) {
    const { code, stderr, stdout } = await trunkline(["migrate"], { environment: { DATABASE_URL } }).exit;
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" }, DATABASE_URL);
    assert.match(stderr, sentence);
    assert.doesNotMatch(stderr, /^ +at /m);
  }
  assert.equal(existsSync(join(folder, "secrets.json")), false);
});

/** A database of the first Trunkline. */
async function asAtFirst(url: string): Promise<void> {
  const db = new Kysely<Tables>({ dialect: (await dialectOf(url)).kysely });
  try {
    await db.transaction().execute(async (transaction) => {
      assert.deepEqual(await migrationsDone(transaction), []);
      await firstTables.up(transaction);
      await transaction.insertInto("migrations").values({ name: "0001-first-tables", run_at: 1 }).execute();
    });
  } finally {
    await db.destroy();
  }
}
