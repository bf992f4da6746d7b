/** A power cut on SQLite: every log that was answered was on the disk before its answer left. */

import assert from "node:assert/strict";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openDatabase } from "../../src/store/database.ts";
import { createLogEntryStore } from "../../src/store/log-entries.ts";
import { createVault } from "../../src/store/vault.ts";
import { type Workplace, workplace } from "../support/processes.ts";
import { askJson, DEMO_CRM_LISTENING, LISTENING, logIn, logOf, lukesCall } from "../support/requests.ts";
import { type Answered, answersIn } from "./answers.ts";
import { startUnderTrace, whyNoTrace } from "./traced-server.ts";

const ENCRYPTION_KEY = "an encryption key of tests that is long enough";
const SECRETS = {
  APP_SERVER_SECRET_KEY: "a secret of tests, long enough for HS256",
  HASH_KEY: "a hash key of tests",
  TRUNKLINE_ENCRYPTION_KEYS: ENCRYPTION_KEY,
};
const WRITES = /^(?:POST \/callLog|PATCH \/callLog|POST \/messageLog)\?/;
/** What each request alone says. */
const NOTE = /note \d+ ends/;

test("a power cut right after an answer loses nothing that was answered", { skip: whyNoTrace() }, async (t) => {
  const place = workplace(t);
  const demoCrm = place.trunkline(["demo-crm"], { environment: { DEMO_CRM_PORT: "0", DEMO_CRM_FILE: "crm.db" } });
  const demoCrmUrl = await demoCrm.prints(DEMO_CRM_LISTENING);
  const environment = { PORT: "0", DEMO_CRM: "off", DEMO_API_URL: demoCrmUrl, ...SECRETS };
  const database = join(realpathSync(place.folder), "trunkline.db");

  const server = await startUnderTrace(t, place.folder, { ...environment, DATABASE_URL: `sqlite:${database}` });
  const token = await logIn(server.url);
  await logMuch(server.url, token, demoCrmUrl);
  const calls = await server.crash();

  const port = new URL(server.url).port;
  const answers = answersIn({ calls, port, database }).filter(({ request }) => WRITES.test(request));
  assert.equal(answers.length, 20);
  for (const answered of answers) {
    const [note = ""] = NOTE.exec(answered.request) ?? [];
    assert.match(answered.answer, /^HTTP\/1\.1 200 .*"successful":true/s);
    assert.ok(answered.syncs >= 1, `"${note}" was answered without a sync`);
    const kept = await contentsLeft(t, place, answered);
    assert.ok(
      kept.some((content) => content.includes(note)),
      `"${note}" was answered and would have been lost`,
    );
  }

  const withoutSyncs = calls.filter(({ call }) => call !== "sync" && call !== "sync begins");
  const [lost] = answersIn({ calls: withoutSyncs, port, database }).slice(-1);
  assert.equal(lost?.left.log.length, 0, "this test would notice if nothing were synced");

  const [last] = answers.slice(-1);
  assert.ok(last);
  const left = write(place, last);
  const again = place.trunkline(["start"], { environment: { ...environment, DATABASE_URL: `sqlite:${left}` } });
  const url = await again.prints(LISTENING);
  for (const session of SESSIONS) {
    assert.equal((await logOf(url, token, session))["matched"], true, `session ${session} is lost`);
  }
});

const SESSIONS = Array.from({ length: 14 }, (_, at) => `9900${at}`);

/** Logs calls and a conversation, one after another and many at once, while the CRM is well and while it is not. */
async function logMuch(url: string, token: string, demoCrmUrl: string): Promise<void> {
  let notes = 0;
  const note = () => `note ${(notes += 1)} ends`;
  const post = (sessionId: string) =>
    askJson("POST", `${url}/callLog?jwtToken=${token}`, { ...lukesCall(sessionId), note: note() });
  const patch = (sessionId: string) =>
    askJson("PATCH", `${url}/callLog?jwtToken=${token}`, { sessionId, note: note() });
  const text = () => askJson("POST", `${url}/messageLog?jwtToken=${token}`, conversation(note(), notes));

  const [first = "", second = "", ...others] = SESSIONS;
  await post(first);
  await patch(first);
  await text();
  const faults = ["POST", "PATCH"].map((method) => ({ match: `${method} /api/activities`, kind: "500", times: 1_000 }));
  await askJson("PUT", `${demoCrmUrl}/control/faults`, faults);
  await post(second);
  await patch(second);
  await patch(first);
  await text();
  await Promise.all([...others.map(post), text()]);
}

function conversation(said: string, id: number): object {
  const message = {
    id,
    type: "SMS",
    subject: said,
    direction: "Inbound",
    creationTime: 1_780_000_000_000 + id * 60_000,
    from: { phoneNumber: "+16505551212" },
    to: [{ phoneNumber: "+16505550100" }],
  };
  const logInfo = {
    conversationId: "5551",
    conversationLogId: "5551/9/21/2026",
    type: "SMS",
    messages: [message],
    correspondents: [{ phoneNumber: "+16505551212", name: "Luke Skywalker" }],
  };
  return { logInfo, contactId: "1", contactType: "Contact", contactName: "Luke Skywalker" };
}

/** Everything that the ledger still owes or has written, as a server would find it after the power cut. */
async function contentsLeft(t: TestContext, place: Workplace, answered: Answered): Promise<string[]> {
  const vault = createVault([ENCRYPTION_KEY]);
  const database = await openDatabase({ url: `sqlite:${write(place, answered)}`, vault });
  t.after(() => database.close());
  const entries = createLogEntryStore({ database, vault });
  const ids = await database.db.selectFrom("log_entries").select("id").execute();
  const contents = await Promise.all(ids.map(({ id }) => entries.get(id)));
  return contents.map((entry) => JSON.stringify(entry?.wanted));
}

/** A copy of what was left, in a folder of its own. */
function write({ folder }: Workplace, { left }: Answered): string {
  const copy = join(folder, `left-${process.hrtime.bigint()}`, "trunkline.db");
  mkdirSync(join(copy, ".."));
  writeFileSync(copy, left.database);
  writeFileSync(`${copy}-wal`, left.log);
  return copy;
}
