/** Moving from an App Connect server that runs: what it wrote is taken over, and its users and its connector go on here. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { type DemoCrm, startDemoCrm } from "../../src/demo-crm/server.ts";
import { testDatabases } from "../support/databases.ts";
import { until, workplace } from "../support/processes.ts";
import { rowsOf } from "./whole-database.ts";

const PEER_MODULES = fileURLToPath(new URL("../../bench/peer/node_modules", import.meta.url));
const PEER = fileURLToPath(new URL("./peer-server.cjs", import.meta.url));
const CONNECTOR = fileURLToPath(new URL("../app-connect/connectors/today", import.meta.url));
const SHARED = { APP_SERVER_SECRET_KEY: "a secret that two servers share, long enough", HASH_KEY: "shared" };
const LUKE = { phoneNumber: "+16505551212", name: "Luke Skywalker" };

const postgres = (await testDatabases()).find(({ name }) => name === "PostgreSQL");
const skip = !existsSync(join(PEER_MODULES, "@app-connect/core"))
  ? "App Connect is not installed: npm ci in bench/peer"
  : (postgres?.skip ?? "there is no PostgreSQL");

test(
  "what an App Connect server has written goes on here, with its own connector and the tokens it made",
  { skip },
  async (t) => {
    assert.ok(postgres !== undefined);
    const crm = await startDemoCrm({ host: "127.0.0.1", port: 0, file: ":memory:" });
    t.after(() => crm.close());
    const { DATABASE_URL: peerUrl = "" } = await postgres.environment(t);
    const peer = await startPeer(t, peerUrl);
    const hostname = new URL(crm.url).host;

    const login = { platform: "today", apiKey: "demo-key", hostname, additionalInfo: { apiKey: "demo-key" } };
    const token = String((await send(peer, "POST", "/apiKeyLogin?state=platform=today", login))["jwtToken"]);
    const as = (path: string) => `${path}${path.includes("?") ? "&" : "?"}jwtToken=${token}`;
    const logged = await send(peer, "POST", as("/callLog"), callOf("s1"));
    assert.equal(logged["successful"], true, JSON.stringify(logged));
    const texted = await send(peer, "POST", as("/messageLog"), conversationOf("m1"));
    assert.deepEqual(texted["logIds"], ["m1"], JSON.stringify(texted));
    await send(peer, "POST", as("/user/settings"), { userSettings: { addCallLogResult: { value: false } } });

    const { folder, trunkline } = workplace(t);
    const environment = {
      ...SHARED,
      DATABASE_URL: `sqlite:${join(folder, "t.db")}`,
      TODAY_API_URL: crm.url,
      DEMO_CRM: "off",
      PORT: "0",
    };
    const connector = ["--app-connect-connector", CONNECTOR];
    await trunkline(["migrate"], { environment }).exit;
    const imported = await trunkline(["import", "app-connect", "--from", peerUrl, "--apply", "--json", ...connector], {
      environment,
    }).exit;
    assert.equal(imported.code, 0, imported.stderr);
    const { parts }: { parts?: unknown } = JSON.parse(imported.stdout);
    const taken = Array.isArray(parts) ? parts.map(({ part, taken: count }) => `${part} ${count}`) : [];
    assert.deepEqual(taken.slice(0, 4), ["users 1", "calls 1", "conversations 1", "messages 1"], imported.stdout);
    const stored = JSON.stringify(await rowsOf(environment.DATABASE_URL, "select * from users"));
    for (const secret of ["demo-key", "s3cret-session"]) assert.equal(stored.includes(secret), false, secret);

    const server = trunkline(["start", ...connector], { environment });
    const here = await server.prints(/listening on (\S+)/);
    const { logs } = await send(here, "GET", as("/callLog?sessionIds=s1&requireDetails=true"));
    const [log] = Array.isArray(logs) ? logs.filter(isJsonObject) : [];
    assert.equal(log?.["logId"], logged["logId"]);
    assert.match(JSON.stringify(log), /"note":"asked for a quote"/);
    const patched = await send(here, "PATCH", as("/callLog"), {
      sessionId: "s1",
      duration: 75,
      result: "Call connected",
    });
    assert.equal(patched["successful"], true, JSON.stringify(patched));
    const more = await send(here, "POST", as("/messageLog"), conversationOf("m2", "m1"));
    assert.deepEqual(more["logIds"], ["m2"], JSON.stringify(more));
    const [call, conversation, ...others] = await recordsIn(crm);
    assert.deepEqual(others, []);
    assert.match(String(call?.["body"]), /asked for a quote[^]*1 minute, 15 seconds/);
    assert.equal(
      String(conversation?.["body"])
        .match(/words of m\d/g)
        ?.join(),
      "words of m1,words of m2",
    );
    assert.deepEqual(await send(here, "GET", as("/user/settings")), { addCallLogResult: { value: false } });
  },
);

async function startPeer(t: TestContext, databaseUrl: string): Promise<string> {
  const child = spawn(process.execPath, [PEER], {
    env: { ...SHARED, DATABASE_URL: databaseUrl, NODE_PATH: PEER_MODULES, IS_PROD: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  t.after(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const url = await until("to listen", async () => {
    assert.equal(child.exitCode, null, said);
    return /listening on (\S+)/.exec(said)?.[1];
  });
  // It answers before its tables are there.
  await until("to have its tables", async () => ((await fetch(`${url}/isAlive`)).ok ? true : undefined));
  return url;
}

async function send(origin: string, method: string, path: string, body?: object): Promise<JsonObject> {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, `${method} ${path}: ${text}`);
  const json: unknown = JSON.parse(text);
  assert.ok(isJsonObject(json));
  return json;
}

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

/** Newest first. */
function conversationOf(...ids: string[]) {
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
  const logInfo = {
    conversationId: "v",
    conversationLogId: "v/11/20/2026",
    type: "SMS",
    messages,
    correspondents: [LUKE],
  };
  return { logInfo, contactId: "1", contactType: "Contact", contactName: LUKE.name, additionalSubmission: {} };
}
