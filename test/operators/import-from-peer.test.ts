/** Moving from an App Connect server that runs: what it wrote is taken over, and its users, administrators and connector go on here. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { type DemoCrm, startDemoCrm } from "../../src/demo-crm/server.ts";
import { company } from "../support/company.ts";
import { testDatabases } from "../support/databases.ts";
import { workplace } from "../support/processes.ts";
import { ask, askObject, skipWithoutPeer, startPeer } from "./peer.ts";
import { rowsOf, wholeDatabase } from "./whole-database.ts";

const CONNECTOR = fileURLToPath(new URL("../app-connect/connectors/filled-in", import.meta.url));
const SHARED = { APP_SERVER_SECRET_KEY: "a secret that two servers share, long enough", HASH_KEY: "shared" };
const LUKE = { phoneNumber: "+16505551212", name: "Luke Skywalker" };
const LEIA = { phoneNumber: "+16505551213", name: "Leia Organa" };
/** Of the second user of the Demo CRM. */
const BENS_KEY = "demo-key-2";
const SETTINGS = { addCallLogResult: { value: false, customizable: true } };

const postgres = (await testDatabases()).find(({ name }) => name === "PostgreSQL");
const skip = skipWithoutPeer || (postgres?.skip ?? "there is no PostgreSQL");

test(
  "what an App Connect server has written goes on here, with its own connector and the tokens it made",
  { skip },
  async (t) => {
    assert.ok(postgres !== undefined);
    const crm = await startDemoCrm({ host: "127.0.0.1", port: 0, file: ":memory:" });
    t.after(() => crm.close());
    const { ann, bob, ringCentral, tokens } = await company(t);
    const { DATABASE_URL: peerUrl = "" } = await postgres.environment(t);
    const peer = await startPeer(t, { ...SHARED, DATABASE_URL: peerUrl, RINGCENTRAL_SERVER: ringCentral.url });
    const hostname = new URL(crm.url).host;
    const rc = tokens.administrator;

    const login = { platform: "today", apiKey: "demo-key", hostname, additionalInfo: { apiKey: "demo-key" } };
    const { jwtToken } = await askObject(peer, "POST /apiKeyLogin", { body: login, rc, query: "state=platform=today" });
    const jwt = String(jwtToken);
    const logged = await askObject(peer, "POST /callLog", { jwt, body: callOf("s1") });
    assert.equal(logged["successful"], true, JSON.stringify(logged));
    const texted = await askObject(peer, "POST /messageLog", { jwt, body: conversationOf([LUKE], "m1") });
    assert.deepEqual(texted["logIds"], ["m1"], JSON.stringify(texted));
    await askObject(peer, "POST /messageLog", { jwt, body: conversationOf([LUKE, LEIA], "g1") });
    await ask(peer, "POST /user/settings", { jwt, body: { userSettings: { addCallLogNote: { value: true } } } });

    const again = { contactId: 1, contactType: "Contact", contactName: LUKE.name, ...LUKE };
    const scheduledAt = "2026-12-01T09:00:00.000Z";
    const toCall = await askObject(peer, "POST /calldown", { jwt, body: { ...again, scheduledAt } });
    const called = await askObject(peer, "POST /calldown", { jwt, body: again });
    await ask(peer, `PATCH /calldown/${String(called["id"])}`, {
      jwt,
      body: { status: "called", lastCallAt: scheduledAt },
    });
    const removed = await askObject(peer, "POST /calldown", { jwt, body: again });
    await ask(peer, `DELETE /calldown/${String(removed["id"])}`, { jwt });

    const rcExtensionList = [ann, bob].map(({ email, extensionNumber, firstName, id, lastName }) => {
      return { id: String(id), firstName, lastName, extensionNumber, email };
    });
    await ask(peer, "POST /admin/userMapping", { jwt, rc, body: { rcExtensionList } });
    const userMappings = [{ crmUserId: "2", rcExtensionId: [String(bob.id)] }];
    const adminSettings = { userSettings: SETTINGS, userMappings };
    await ask(peer, "POST /admin/settings", { jwt, rc, body: { adminSettings } });
    await ask(peer, "POST /admin/managedAuth", { jwt, rc, body: { scope: "org", values: { serviceKey: "of all" } } });
    await ask(peer, "POST /admin/managedAuth", {
      jwt,
      rc,
      body: { scope: "user", rcExtensionId: String(bob.id), rcUserName: "Bob Agent", values: { apiKey: BENS_KEY } },
    });

    const { folder, trunkline } = workplace(t);
    const environment = {
      ...SHARED,
      ...ringCentral.environment,
      DATABASE_URL: `sqlite:${join(folder, "t.db")}`,
      TODAY_API_URL: crm.url,
      DEMO_CRM: "off",
      PORT: "0",
    };
    const connector = ["--app-connect-connector", CONNECTOR];
    await trunkline(["migrate"], { environment }).exit;
    const imported = async (...words: string[]) => {
      const from = ["import", "app-connect", "--from", peerUrl, "--json", ...connector, ...words];
      const { code, stderr, stdout } = await trunkline(from, { environment }).exit;
      assert.equal(code, 0, stderr);
      const { parts }: { parts?: unknown } = JSON.parse(stdout);
      return Array.isArray(parts) ? parts.map(({ part, taken, alreadyHere }) => `${part} ${taken} ${alreadyHere}`) : [];
    };
    const before = await wholeDatabase(environment.DATABASE_URL);
    const expected = [
      "users 1 0",
      "calls 1 0",
      "conversations 2 0",
      "messages 2 0",
      "admin settings 1 0",
      "user mappings 1 0",
      "call-down entries 2 0",
      "login fields 2 0",
      "OAuth clients 0 0",
    ];
    assert.deepEqual(await imported(), expected);
    assert.deepEqual(await wholeDatabase(environment.DATABASE_URL), before);
    assert.deepEqual(await imported("--apply"), expected);
    const once = await wholeDatabase(environment.DATABASE_URL);
    const stored = JSON.stringify(once);
    for (const secret of ["demo-key", BENS_KEY, "of all", "s3cret-session"])
      assert.equal(stored.includes(secret), false);
    assert.deepEqual(
      await imported("--apply"),
      expected.map((figures) => figures.replace(/ (\d) 0$/, " 0 $1")),
    );
    assert.deepEqual(await wholeDatabase(environment.DATABASE_URL), once);

    const server = trunkline(["start", ...connector], { environment });
    const here = await server.prints(/listening on (\S+)/);

    await t.test("calls and conversations go on in the records that they have", async () => {
      const { logs } = await askObject(here, "GET /callLog", { jwt, query: "sessionIds=s1&requireDetails=true" });
      const [log] = Array.isArray(logs) ? logs.filter(isJsonObject) : [];
      assert.equal(log?.["logId"], logged["logId"]);
      assert.match(JSON.stringify(log), /"note":"asked for a quote"/);
      const later = { sessionId: "s1", duration: 75, result: "Call connected" };
      const patched = await askObject(here, "PATCH /callLog", { jwt, body: later });
      assert.equal(patched["successful"], true, JSON.stringify(patched));
      const count = (await recordsIn(crm)).length;
      const more = await askObject(here, "POST /messageLog", { jwt, body: conversationOf([LUKE], "m2", "m1") });
      assert.deepEqual(more["logIds"], ["m2"], JSON.stringify(more));
      const group = await askObject(here, "POST /messageLog", { jwt, body: conversationOf([LUKE, LEIA], "g1") });
      assert.deepEqual(group["logIds"], [], JSON.stringify(group));
      const [call, conversation, ...others] = await recordsIn(crm);
      assert.equal(others.length + 2, count);
      assert.match(String(call?.["body"]), /asked for a quote[^]*1 minute, 15 seconds/);
      assert.equal(
        String(conversation?.["body"])
          .match(/words of m\d/g)
          ?.join(),
        "words of m1,words of m2",
      );
    });

    await t.test("so do settings, whom to call back, and what administrators decided", async () => {
      assert.deepEqual(await ask(here, "GET /user/settings", { jwt }), {
        addCallLogNote: { value: true },
        addCallLogResult: { value: false, customizable: true },
      });
      const { items } = await askObject(here, "GET /calldown", { jwt });
      assert.deepEqual(
        Array.isArray(items) &&
          items.map(({ id, contactId, lastCallAt, status }) => [id, contactId, status, lastCallAt]),
        [
          [toCall["id"], "1", "scheduled", null],
          [called["id"], "1", "called", scheduledAt],
        ],
      );
      const decided = await askObject(here, "GET /admin/settings", { jwt, rc });
      assert.deepEqual(decided["userSettings"], SETTINGS);
      assert.deepEqual(decided["userMappings"], userMappings);
    });

    await t.test("and people log in with what was filled in for them, which nobody is shown", async () => {
      const shown = await askObject(here, "GET /admin/managedAuth", { jwt, rc });
      assert.doesNotMatch(JSON.stringify(shown), new RegExp(`${BENS_KEY}|of all`));
      assert.match(JSON.stringify(shown["userValues"]), /"rcUserName":"Bob Agent".*"apiKey":\{"hasValue":true/);
      const typed = { platform: "today", apiKey: "apiKey", additionalInfo: {} };
      const { name } = await askObject(here, "POST /apiKeyLogin", { body: typed, rc: tokens.agent });
      assert.equal(name, "Ben Backup");
      const users = await rowsOf(environment.DATABASE_URL, "select crm_user_id from users order by 1");
      assert.equal(users.length, 2);
    });
  },
);

async function recordsIn({ url }: DemoCrm): Promise<JsonObject[]> {
  const headers = { authorization: `Basic ${btoa("demo-key:")}` };
  const page: unknown = await (await fetch(`${url}/api/activities?limit=100`, { headers })).json();
  const items = isJsonObject(page) && Array.isArray(page["items"]) ? page["items"].filter(isJsonObject) : [];
  return items.toSorted((one, other) => Number(one["id"]) - Number(other["id"]));
}

function callOf(sessionId: string) {
  const logInfo = {
    id: `c-${sessionId}`,
    sessionId,
    telephonySessionId: `t-${sessionId}`,
    direction: "Inbound",
    startTime: 1_790_000_000_000,
    duration: 12,
    result: "Call connected",
    from: LUKE,
    to: { phoneNumber: "+16505550100", name: "Ann" },
    customSubject: "Inbound call from Luke",
    legs: [],
  };
  return {
    logInfo,
    note: "asked for a quote",
    contactId: "1",
    contactType: "Contact",
    contactName: LUKE.name,
    additionalSubmission: {},
  };
}

/** Newest first. A group has a conversation of its own. */
function conversationOf(correspondents: readonly (typeof LUKE)[], ...ids: string[]) {
  const messages = ids.map((id, at) => ({
    id,
    type: "SMS",
    subject: `words of ${id}`,
    direction: "Inbound",
    from: LUKE,
    to: [{ phoneNumber: "+16505550100" }],
    creationTime: 1_790_000_000_000 - at * 60_000,
    attachments: [],
  }));
  const conversationId = correspondents.length > 1 ? "g" : "v";
  const logInfo = {
    conversationId,
    conversationLogId: `${conversationId}/11/20/2026`,
    type: "SMS",
    messages,
    correspondents,
  };
  return { logInfo, contactId: "1", contactType: "Contact", contactName: LUKE.name, additionalSubmission: {} };
}
