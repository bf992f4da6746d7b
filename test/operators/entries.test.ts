/** `trunkline entries`: what is owed can be seen, asked for again, settled by a person's word, and given up. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, askCrm, setFaults, until } from "../support/trunkline.ts";
import type { TestDatabase } from "../support/databases.ts";
import { deployed, type Deployment } from "./deployment.ts";
import { rowsOf } from "./whole-database.ts";

const AWAY = { match: "POST /api/activities", kind: "500", times: 1000 } as const;
const WAITING = "select id from log_entries where state = 'uncertain' and next_attempt_at is null";
const NOBODY = "no-such-contact";

/** A CRM that cannot be asked for our marker. */
function withoutLooking() {
  const { findCallLog: _, ...connector } = demo;
  return connector;
}

const DATABASES = await testDatabases();

// Side by side: some wait until a lost request can no longer be at work.
suite("entries", { concurrency: true }, () => {
  for (const database of DATABASES)
    suite(`on ${database.name}`, { concurrency: 4, skip: database.skip }, () => onDatabase(database));
});

function onDatabase(database: TestDatabase): void {
  test("the list says what is owed, to whom, since when and why not, page by page, and no word of a note", async (t) => {
    const { running, phone, prints, listed } = await deployed(t, database);
    await phone.post("s-refused", { contactId: NOBODY, note: "a secret note" });
    await setFaults(running, AWAY);
    await phone.post("s-pending", { note: "a secret note" });
    await phone.post("s-third", { note: "a secret note" });
    const text = await prints("entries", "list");
    assert.match(text, /^ID +KIND +CRM +USER +SESSION +STATE +TRIES +SINCE +NEXT +LAST ERROR\n/);
    assert.match(
      text,
      /^[0-9a-f]{8} +call +demo +Ann Operator +s-refused +refused +1 +\d+ s +never +Demo CRM did not accept this/m,
    );
    assert.match(text, /^[0-9a-f]{8} +call +demo +Ann Operator +s-pending +(pending|sending|uncertain) /m);
    assert.match(text, /^3 entries\.$/m);
    assert.doesNotMatch(text, /secret/);
    assert.deepEqual(sessionsOf(await listed("--state", "refused")), ["s-refused"]);
    assert.deepEqual(await listed("--state", "written"), []);

    const first = await prints("entries", "list", "--limit", "2");
    assert.match(first, /^2 of 3 entries\.$/m);
    const after = /^More: trunkline entries list --limit 2 --after ([0-9a-f]{8})$/m.exec(first)?.[1] ?? "";
    assert.deepEqual(sessionsOf(await listed("--limit", "2", "--after", after)), ["s-third"]);
    assert.equal(await prints("entries", "list", "--state", "written"), "No entries.\n");
  });

  test("one entry is shown whole, by the beginning of its id or by the log id that users see, its content only when asked for", async (t) => {
    const { running, phone, prints } = await deployed(t, database);
    await setFaults(running, AWAY);
    const logId = String((await phone.post("s1", { note: "a secret note" })).json["logId"]);
    const text = await prints("entries", "show", logId);
    const id = logId.replace("pending-", "");
    assert.match(text, new RegExp(`^Entry +${id}$`, "m"));
    assert.match(text, /^User +Ann Operator \(\S+ in the CRM\), connected$/m);
    assert.match(text, /^Session +s1$/m);
    assert.match(text, /^Contact +1$/m);
    assert.match(text, new RegExp(`^Marker in the CRM +trunkline:${id}$`, "m"));
    assert.match(text, /^Versions +wanted 1, sent 1, written 0$/m);
    assert.match(text, /^Record in the CRM +none known$/m);
    assert.doesNotMatch(text, /secret/);
    const shown: unknown = JSON.parse(await prints("entries", "show", id.slice(-8), "--content", "--json"));
    assert.match(JSON.stringify(shown), /"note":"a secret note"/);
    assert.doesNotMatch(JSON.stringify(shown), /demo-key|authorization/i);
  });

  test("what the CRM refused is written when somebody has put it right and asks again", async (t) => {
    const { running, phone, prints, listed } = await deployed(t, database);
    const contactId = await nextContactId(running);
    await phone.post("s1", { contactId });
    await phone.post("s2", { contactId });
    await createContact(running);
    const [{ id } = {}] = await listed("--state", "refused");
    assert.match(await prints("entries", "retry", String(id)), /^[0-9a-f]{8} is due now/);
    await phone.written("s1");
    assert.equal(await prints("entries", "retry", "--all-refused"), "1 entry is due now.\n");
    await phone.written("s2");
    assert.equal((await activitiesIn(running)).length, 2);
    assert.deepEqual(await listed(), []);
  });

  test("where the CRM cannot be asked, a record that a person found is taken over, and there is no second one", async (t) => {
    const { refuses, prints, phone, running, uncertain } = await leftUncertain(t, database, "timeout-after-write");
    const refusal = await refuses("entries", "retry", uncertain);
    assert.match(refusal, /^[0-9a-f]{8}: It is not known .* --create: .*--written <its id>: .*\n$/);
    assert.match(await prints("entries", "show", uncertain), /^Next attempt +waits for you$/m);
    const [activity] = await activitiesIn(running);
    await prints("entries", "retry", uncertain, "--written", String(activity?.["id"]));
    assert.equal(await phone.written("s1"), activity?.["id"]);
    const [after, ...others] = await activitiesIn(running);
    assert.deepEqual(others, []);
    assert.equal(after?.["body"], activity?.["body"]);
  });

  test("where the CRM cannot be asked and a person found nothing, the record is created", async (t) => {
    const { prints, phone, running, uncertain } = await leftUncertain(t, database, "cut");
    assert.deepEqual(await activitiesIn(running), []);
    await prints("entries", "retry", uncertain, "--create");
    await phone.written("s1");
    assert.equal((await activitiesIn(running)).length, 1);
  });

  test("an entry is given up only with --yes, is never written, and a call that is posted again is answered so", async (t) => {
    const { running, phone, prints, refuses, listed } = await deployed(t, database);
    await phone.post("s1", { contactId: NOBODY, note: "a secret note" });
    const [{ id } = {}] = await listed();
    assert.match(await refuses("entries", "drop", String(id)), /never reach the CRM.*add --yes\.\n$/);
    assert.equal((await listed()).length, 1);
    await prints("entries", "drop", String(id), "--yes");
    assert.deepEqual(await listed(), []);
    assert.deepEqual(sessionsOf(await listed("--state", "dropped")), ["s1"]);
    assert.match(await prints("entries", "show", String(id), "--content"), /^Content +forgotten$/m);
    assert.match(await refuses("entries", "retry", String(id)), /nothing left to write/);
    const again = await phone.post("s1", { contactId: "1" });
    assert.equal(again.json["successful"], false);
    assert.match(again.text, /given up by an administrator/);
    assert.deepEqual(await activitiesIn(running), []);
  });

  test("what is written cannot be asked for again or given up, and what does not exist is said not to", async (t) => {
    const { phone, refuses, listed } = await deployed(t, database);
    await phone.post("s1");
    const [{ id } = {}] = await listed("--state", "written");
    assert.match(await refuses("entries", "retry", String(id)), /^[0-9a-f]{8}: It is in the CRM already, as \d+\.\n$/);
    assert.match(await refuses("entries", "drop", String(id), "--yes"), /in the CRM already/);
    assert.match(await refuses("entries", "show", "00000000"), /^There is no entry 00000000\.\n$/);
    assert.match(await refuses("entries", "show", "s1"), /^"s1" is no entry's id: .*\n$/);
    assert.match(
      await refuses("entries", "list", "--state", "lost"),
      /^There is no state "lost": --state is pending, /,
    );
    assert.match(await refuses("entries", "retry", String(id), "--all-refused"), /^These arguments are not understood/);
  });
}

/** An entry of the session s1 that waits for a person. */
async function leftUncertain(
  t: TestContext,
  database: TestDatabase,
  kind: "timeout-after-write" | "cut",
): Promise<Deployment & { uncertain: string }> {
  const deployment = await deployed(t, database, { connectors: [withoutLooking()] });
  await setFaults(deployment.running, { match: "POST /api/activities", kind, times: 1 });
  await deployment.phone.post("s1");
  const url = deployment.environment["DATABASE_URL"] ?? "";
  const id = await until(async () => (await rowsOf(url, WAITING))[0]?.["id"]);
  return { ...deployment, uncertain: String(id) };
}

function sessionsOf(entries: readonly Record<string, unknown>[]): unknown[] {
  return entries.map((entry) => entry["sourceKey"]);
}

async function createContact(running: Deployment["running"]): Promise<string> {
  return String((await askCrm(running, "POST", "/api/contacts", { name: "Wedge", phone: "+16505550199" }))["id"]);
}

/** The id that the next contact will have. */
async function nextContactId(running: Deployment["running"]): Promise<string> {
  return String(Number(await createContact(running)) + 1);
}
