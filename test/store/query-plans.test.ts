/** No request reads a whole table: every statement that the contract's routes cause is explained by the database itself. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { Client } from "pg";
import { conversation, laterFacts, LUKES_NUMBER, newCall, text } from "../contract/calls.ts";
import { connectedExtension, type Extension, textOf } from "../contract/extension.ts";
import { type Company, company } from "../support/company.ts";
import { callPosted, conversationsPosted, IN_ENGLAND, postMessages } from "../server-logging/browser.ts";
import { activities, LUKE, NOBODY, office, wholeCall } from "../server-logging/office.ts";
import { testDatabases } from "../support/databases.ts";

/** One row per company: for its foreign key to users, SQLite plans to read it whenever one is saved. */
const MAY_BE_READ = "account_settings";

/** Answers the tables that a statement reads from one end to the other. */
type ScansOf = (statement: string) => Promise<string[]>;

for (const { name, skip, environment } of await testDatabases()) {
  test(`on ${name}, no request reads a whole table`, { skip }, async (t) => {
    const given = await environment(t);
    const there = await company(t);
    const ann = await connectedExtension(t, { environment: { ...given, ...there.ringCentral.environment } });
    // What a start costs is another matter.
    ann.running.statements.length = 0;
    await readReports(ann, there);
    await playADay(ann);
    const statements = explainable(ann.running.statements);
    assert.ok(statements.size > 20, `Only ${statements.size} statements were seen.`);

    const address = given["DATABASE_URL"];
    const scansOf =
      address === undefined
        ? scansInSqlite(t, join(ann.running.folder, "trunkline.db"))
        : await scansInPostgres(t, address);
    await t.test("a scan would be seen", async () => {
      assert.deepEqual(await scansOf("select id from log_entries where contact_id = 'somebody'"), ["log_entries"]);
      assert.deepEqual(await scansOf("select id from log_entries order by created_at"), ["log_entries"]);
    });
    assert.deepEqual(await scansAmong(statements, scansOf), []);
  });
}

for (const database of await testDatabases()) {
  test(`on ${database.name}, nor does logging without a browser`, { skip: database.skip }, async (t) => {
    const there = await office(t, database, { mapsAnn: true });
    const { ann, ask, bob, crm, databaseUrl, ringCentral, running } = there;
    running.statements.length = 0;
    await there.switchedOn();
    const withLuke = { with: { phoneNumber: LUKE } };
    await wholeCall(there, bob, withLuke);
    await ringCentral.phone.text(bob, { ...withLuke, text: "Hello" });
    await ringCentral.phone.text(ann, { with: { phoneNumber: NOBODY }, text: "Who is there?" });
    await activities(running, 2);
    const [call] = ringCentral.state.calls;
    assert.ok(call !== undefined);
    await ask("POST /callLog", { jwt: crm.ben, body: callPosted(call) });
    await ask("GET /callLog", { jwt: crm.ben, query: `sessionIds=${call.sessionId},never` });
    const texts = conversationsPosted(there, ringCentral.state.messages, IN_ENGLAND);
    await postMessages(there, crm.ann, texts);
    const statements = explainable(running.statements);
    assert.ok([...statements].some((sql) => sql.includes("shared_log_id")));
    const scansOf = databaseUrl.startsWith("sqlite:")
      ? scansInSqlite(t, databaseUrl.slice("sqlite:".length))
      : await scansInPostgres(t, databaseUrl);
    assert.deepEqual(await scansAmong(statements, scansOf), []);
  });
}

function explainable(statements: readonly string[]): Set<string> {
  return new Set(statements.filter((sql) => /^\s*(select|insert|update|delete|with)\b/i.test(sql)));
}

async function scansAmong(statements: ReadonlySet<string>, scansOf: ScansOf): Promise<string[]> {
  const scans: string[] = [];
  for (const statement of statements) {
    for (const table of await scansOf(statement)) scans.push(`${table}: ${statement}`);
  }
  return scans;
}

/** Everything that a client does. */
async function playADay(ann: Extension): Promise<void> {
  const messages = [text("1", "Hello", 0), text("2", "Are you there?", 1)].toReversed();
  await ann.findContact(LUKES_NUMBER);
  await ann.findContact(LUKES_NUMBER);
  await ann.ask("GET /contact", `phoneNumber=${encodeURIComponent(LUKES_NUMBER)}&isForceRefreshAccountData=true`);
  await ann.ask("POST /contact", "", { phoneNumber: "+16505550001", newContactName: "Leia" });
  await ann.ask("POST /callLog/cacheNote", "", { sessionId: "session-1", note: "Later" });
  await ann.logCall(newCall("session-1"));
  await ann.logCall(newCall("session-1"));
  await ann.loadCalls(["session-1", "session-2"], true);
  await ann.updateCall(laterFacts("session-1", { duration: 90 }));
  await ann.ask("PUT /callDisposition", "", { sessionId: "session-1", dispositions: { deals: "1" } });
  await ann.logMessages(conversation("c1", messages.slice(1)));
  await ann.logMessages(conversation("c1", messages));
  await ann.ask("POST /user/settings", "", { userSettings: { autoLogCall: { value: true } } });
  await ann.ask("GET /accountData", "keys=colleagues");
  const { id } = (await ann.ask("POST /calldown", "", { contactName: "Luke", phoneNumber: LUKES_NUMBER })).json;
  await ann.ask("GET /calldown", "status=called");
  await ann.ask(`PATCH /calldown/${textOf(id)}`, "", { status: "called" });
  await ann.ask(`DELETE /calldown/${textOf(id)}`);
  await ann.logIn("demo-key");
  await ann.ask("POST /unAuthorize");
}

/** What administrators ask for with their own login at RingCentral. */
async function readReports(extension: Extension, { ann, ringCentral }: Company): Promise<void> {
  ringCentral.state.addCall(ann);
  ringCentral.state.addMessage(ann);
  const code = ringCentral.grants.newCode(ann, `${extension.running.url}/ringcentral/oauth/callback`);
  await extension.ask("GET /ringcentral/oauth/callback", `code=${code}`);
  assert.equal((await extension.ask("GET /ringcentral/admin/report")).status, 200);
  assert.equal((await extension.ask("GET /ringcentral/admin/userReport", "rcExtensionId=~")).status, 200);
}

function scansInSqlite(t: TestContext, file: string): ScansOf {
  const database = new DatabaseSync(file, { readOnly: true });
  t.after(() => database.close());
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const own = new Set(tables.map(({ name }) => name));
  return async (statement) => {
    const steps = database.prepare(`explain query plan ${statement}`).all();
    const scanned = steps.flatMap(({ detail }) => /^SCAN (\w+)/.exec(String(detail))?.[1] ?? []);
    return scanned.filter((table) => own.has(table) && table !== MAY_BE_READ);
  };
}

async function scansInPostgres(t: TestContext, address: string): Promise<ScansOf> {
  const client = new Client({ connectionString: address });
  await client.connect();
  // The database goes first when the test ends.
  client.on("error", () => undefined);
  t.after(() => client.end());
  // The tables are all but empty here. So the planner is asked for any other way, and for one that suits all values.
  await client.query("set enable_seqscan = off; set plan_cache_mode = force_generic_plan");
  return async (statement) => {
    const parameters = Math.max(0, ...[...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
    const values = Array.from({ length: parameters }, () => "null").join(", ");
    await client.query({ text: `prepare explained as ${statement}` });
    try {
      const { rows } = await client.query<{ "QUERY PLAN": unknown }>(
        `explain (format json) execute explained${parameters === 0 ? "" : `(${values})`}`,
      );
      return rows.flatMap((row) => scansIn(row["QUERY PLAN"]));
    } finally {
      await client.query("deallocate explained");
    }
  };
}

/** A scan of a table, or of its index without a condition, anywhere in a plan. */
function scansIn(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(scansIn);
  if (typeof plan !== "object" || plan === null) return [];
  const inside = Object.values(plan).flatMap(scansIn);
  const isWhole =
    /^(Seq Scan|Index Scan|Index Only Scan)$/.test(String(Reflect.get(plan, "Node Type"))) && !("Index Cond" in plan);
  return isWhole ? [String(Reflect.get(plan, "Relation Name")), ...inside] : inside;
}
