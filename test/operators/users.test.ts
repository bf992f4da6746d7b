/** `trunkline users` and `trunkline token`: who is connected, how that ends, and a session for scripts. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { extensionAt } from "../contract/extension.ts";
import { logInWithOAuth, requestsSeenByTheCrm } from "../contract/oauth-login.ts";
import { phoneOf } from "../ledger/call.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { logIn, setFaults } from "../support/trunkline.ts";
import { workplace } from "../support/processes.ts";
import { deployed, type Deployment } from "./deployment.ts";
import { rowsOf } from "./whole-database.ts";

const GRANTS = "select id from users where credentials is not null";
const WARNING = /^Whoever has this token acts as Ann Operator \(1 on demo, demo\) for a year\. [^\n]*\n$/;

for (const database of await testDatabases()) {
  await suite(`trunkline users on ${database.name}`, { concurrency: 3, skip: database.skip }, () =>
    onDatabase(database),
  );
}

function onDatabase(database: TestDatabase): void {
  test("the list says who is connected where, page by page, with what is theirs, and nothing secret", async (t) => {
    const deployment = await deployed(t, database);
    const { phone, prints, running } = deployment;
    await logIn(running, "demo-key-2");
    await phone.post("s-refused", { contactId: "no-such-contact" });
    const text = await prints("users", "list");
    assert.match(text, /^ID +CRM +USER +ID THERE +TENANT +STATE +SESSIONS +OWED +FIRST SEEN\n/);
    assert.match(text, /^[0-9a-f]{8} +demo +Ann Operator +1 +demo +connected +1 +1 +\d+ s ago$/m);
    assert.match(text, /^2 users\.$/m);
    const first = await prints("users", "list", "--limit", "1");
    assert.match(first, /^1 of 2 users\.$/m);
    const after = /^More: trunkline users list --limit 1 --after ([0-9a-f]{8})$/m.exec(first)?.[1] ?? "";
    const rest = await listed(deployment, "--limit", "1", "--after", after);
    assert.deepEqual([rest.total, rest.next, rest.users.length], [2, null, 1]);
    const all = await listed(deployment, "--platform", "demo");
    assert.deepEqual(all.users[0]?.["owed"], { total: 1, refused: 1 });
    assert.doesNotMatch(JSON.stringify(all), /demo-key|authorization|credential/i);
    assert.equal(await prints("users", "list", "--platform", "pipedrive"), "No users.\n");
  });

  test("disconnecting says beforehand what it means, and does it only with --yes: sessions end, credentials go, what is owed waits", async (t) => {
    const deployment = await deployed(t, database);
    const { environment, phone, prints, refuses, running, token } = deployment;
    await setFaults(running, { match: "POST /api/activities", kind: "429", times: 1000 });
    await phone.post("s1");
    await logIn(running);
    const beforehand = await refuses("users", "disconnect", "demo", "1");
    assert.match(beforehand, /^Ann Operator \(1 on demo, demo\) would be logged out: 2 sessions end, /);
    assert.match(beforehand, /^1 log entry is not in the CRM yet: 1 (pending|sending)\.$/m);
    assert.match(beforehand, /^What waits is written when the user logs in again, .* 3 d\.$/m);
    assert.match(beforehand, /^Add --yes to do it\.$/m);
    assert.equal((await running.send("GET", `/hostname?jwtToken=${token}`)).status, 200);

    const said = await prints("users", "disconnect", "demo", "1", "--yes");
    assert.match(
      said,
      /^Ann Operator \(1 on demo, demo\) is logged out here\.\nDemo CRM has no session to end: the key stays good there\.\n/,
    );
    assert.equal((await running.send("GET", `/hostname?jwtToken=${token}`)).status, 400);
    assert.deepEqual(await rowsOf(urlOf(environment), "select id from sessions"), []);
    assert.deepEqual(await rowsOf(urlOf(environment), GRANTS), []);
    assert.match(await refuses("users", "disconnect", "demo", "1", "--yes"), /is logged out already\.\n$/);

    await setFaults(running);
    await phoneOf(running, await logIn(running)).written("s1");
  });

  test("a user is found by our own id, and one whose connector is not here is logged out all the same", async (t) => {
    const deployment = await deployed(t, database);
    const { environment, prints } = deployment;
    const [{ id } = {}] = (await listed(deployment)).users;
    await rowsOf(urlOf(environment), "update users set platform = 'elsewhere'");
    const said = await prints("users", "disconnect", String(id).slice(-8), "--yes", "--json");
    const { crmTold, user }: { crmTold?: unknown; user?: unknown } = JSON.parse(said);
    assert.deepEqual([crmTold, Reflect.get(Object(user), "platform")], [false, "elsewhere"]);
    assert.deepEqual(await rowsOf(urlOf(environment), "select id from sessions"), []);
  });

  test("a grant of OAuth is revoked at the CRM, or it is said that it could not be", async (t) => {
    const { environment, running } = await deployed(t, database);
    const { trunkline } = workplace(t);
    const extension = extensionAt(running);
    const disconnected = async (more: Record<string, string>) => {
      const options = { environment: { ...environment, DEMO_CRM: "off", ...more } };
      return (await trunkline(["users", "disconnect", "demoOAuth", "1", "--yes"], options).exit).stdout;
    };
    await logInWithOAuth(extension);
    assert.match(await disconnected({ DEMO_API_URL: running.demoCrmUrl }), /^Demo CRM was told as well\.$/m);
    assert.equal((await requestsSeenByTheCrm(running))["POST /oauth/revoke"], 1);
    await logInWithOAuth(extension);
    assert.match(await disconnected({ DEMO_API_URL: "http://127.0.0.1:1" }), /^Demo CRM could not be told: /m);
    assert.deepEqual(await rowsOf(urlOf(environment), `${GRANTS} and platform = 'demoOAuth'`), []);
  });

  test("a token stands alone on the standard output, with a warning beside it, and opens what the user may", async (t) => {
    const { running, trunkline } = await deployed(t, database);
    for (const whom of ["1", "Ann Operator", "ann op"]) {
      const { code, stderr, stdout } = await trunkline("token", "demo", whom);
      assert.equal(code, 0, stderr);
      assert.match(stderr, WARNING);
      assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      const answer = await running.send("GET", `/authValidation?jwtToken=${stdout.trim()}`);
      assert.equal(answer.json["successful"], true);
    }
    const { stdout } = await trunkline("token", "demo", "1", "--json");
    const { jwtToken, user }: { jwtToken?: unknown; user?: unknown } = JSON.parse(stdout);
    assert.equal(Reflect.get(Object(user), "name"), "Ann Operator");
    assert.equal((await running.send("GET", `/hostname?jwtToken=${String(jwtToken)}`)).status, 200);
  });

  test("a user who is unknown, not the only one or logged out gets no token, and it is said who there is", async (t) => {
    const deployment = await deployed(t, database);
    const { environment, prints, refuses, running } = deployment;
    await logIn(running, "demo-key-2");
    assert.match(await refuses("token", "demo", "Nobody"), /^There is no user "Nobody" on demo\.\n/);
    assert.match(await refuses("token", "pipedrive", "1"), /^There is no user "1" on pipedrive\.\n/);
    await rowsOf(urlOf(environment), "update users set name = name || ' the operator'");
    const both = await refuses("token", "demo", "the operator");
    assert.match(both, /^"the operator" fits several users on demo; give one of these ids:\n/);
    assert.equal([...both.matchAll(/^ {2}[0-9a-f]{8} {2}.* on demo \(demo\)$/gm)].length, 2);
    await prints("users", "disconnect", "demo", "1", "--yes");
    assert.match(await refuses("token", "demo", "1"), /is logged out: a session would open nothing/);
    assert.match(await refuses("token", "demo"), /^These arguments are not understood\.\n\nUsage: trunkline token /);
  });
}

interface Listed {
  total: unknown;
  next: unknown;
  users: Record<string, unknown>[];
}

async function listed({ prints }: Deployment, ...words: string[]): Promise<Listed> {
  const list: { total?: unknown; next?: unknown; users?: unknown } = JSON.parse(
    await prints("users", "list", "--json", ...words),
  );
  assert.ok(Array.isArray(list.users));
  const users = list.users.map((user): Record<string, unknown> => ({ ...Object(user) }));
  return { total: list.total, next: list.next, users };
}

function urlOf(environment: Record<string, string>): string {
  return environment["DATABASE_URL"] ?? "";
}
