/** The OAuth login from the consent page to revocation, through everything that the client does to the address in between. */

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test, type TestContext } from "node:test";
import { activitiesIn, setFaults } from "../support/trunkline.ts";
import { newCall } from "./calls.ts";
import { assertRefused, connectedExtension, type Extension, noticeOf, textOf } from "./extension.ts";
import { consent, control, finishLogin, logInWithOAuth, requestsSeenByTheCrm } from "./oauth-login.ts";
import { startWithRecordedTokens } from "./recorded-tokens.ts";

const REDIRECT = "https://ringcentral.github.io/ringcentral-embeddable/redirect.html";

test("the addresses that the client sends back all log in", async (t) => {
  const stranger = await connectedExtension(t);
  const codeOf = (address: string) => textOf(new URL(address).searchParams.get("code"));
  const spellings: [name: string, callbackUri: (consented: string) => string, others?: string][] = [
    ["as the CRM wrote it", (consented) => consented],
    ["the code before the state", (consented) => `${REDIRECT}?code=${codeOf(consented)}&state=platform=demoOAuth`],
    ["the state before the code", (consented) => `${REDIRECT}?state=platform=demoOAuth&code=${codeOf(consented)}`],
    [
      "the state appended by the client",
      (consented) => `${REDIRECT}?code=${codeOf(consented)}&state=platform=demoOAuth&scope=crm`,
    ],
    ["percent-encoded", (consented) => encodeURIComponent(consented)],
    ["with hostname=temp", (consented) => consented, "hostname=temp&rcAccountId=401"],
    ["with the CRM's own host", (consented) => consented, "hostname=127.0.0.1&rcAccountId=401"],
    ["without a host", (consented) => consented, "rcAccountId=401"],
    ["with empty tokenUrl and apiUrl", (consented) => consented, "hostname=localhost&tokenUrl=&apiUrl=&username="],
    ["the client's parameters first", (consented) => consented.replace("?", "?hostname=localhost&")],
  ];
  for (const [name, callbackUri, others] of spellings) {
    await t.test(name, async () => {
      const answer = await finishLogin(stranger, callbackUri(await consent(stranger)), others);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json["name"], "Ann Operator");
      assert.equal(noticeOf(answer).messageType, "success");
      const ann = stranger.as(textOf(answer.json["jwtToken"]));
      assert.match((await ann.ask("GET /hostname")).text, /^[\w.]+$/);
      assert.match((await ann.findContact("+16505551212")).text, /Luke Skywalker/);
    });
  }

  await t.test("with a state of its own that holds a comma", async () => {
    const state = "foo123456789,platform=demoOAuth";
    const answer = await finishLogin(stranger, await consent(stranger, { state }));
    assert.equal(answer.json["name"], "Ann Operator", answer.text);
    const unencoded = `${REDIRECT}?state=${state}&code=${codeOf(await consent(stranger, { state }))}`;
    assert.equal((await finishLogin(stranger, unencoded)).json["name"], "Ann Operator");
  });
});

test("a login that is not granted says so in a 200 without a token, and one that names no CRM is refused", async (t) => {
  const stranger = await connectedExtension(t);
  const consented = await consent(stranger);
  const code = textOf(new URL(consented).searchParams.get("code"));

  for (const address of [
    await consent(stranger, { decision: "deny" }),
    `${REDIRECT}?error=access_denied&state=platform=demoOAuth`,
    `${REDIRECT}?code=never-given&state=platform=demoOAuth`,
  ]) {
    const answer = await finishLogin(stranger, address);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json["jwtToken"], undefined);
    assert.notEqual(noticeOf(answer).messageType, "success");
  }

  const refusals: [address: string, sentence: RegExp][] = [
    [`${REDIRECT}?code=${code}`, /^state must name the platform/],
    [`${REDIRECT}?code=${code}&state=platform=`, /^state must name the platform/],
    [`${REDIRECT}?code=${code}&state=platform=constructor`, /^Platform not found/],
    [`${REDIRECT}?code=${code}&state=platform=demo`, /^platform does not log in with OAuth/],
    [`${REDIRECT}?state=platform=demoOAuth`, /^callbackUri must hold the code/],
    ["", /^state must name the platform/],
  ];
  for (const [address, sentence] of refusals) assertRefused(await finishLogin(stranger, address), sentence);

  await setFaults(stranger.running, { match: "POST /oauth/token", kind: "500" });
  const failed = await finishLogin(stranger, await consent(stranger));
  assert.deepEqual([failed.status, failed.json["jwtToken"]], [200, undefined]);
  noticeOf(failed);

  assert.equal((await finishLogin(stranger, consented)).json["name"], "Ann Operator");
  const twice = await finishLogin(stranger, consented);
  assert.deepEqual([twice.status, twice.json["jwtToken"]], [200, undefined]);
});

test("hosts that are not the CRM's are refused on both login routes, and not one packet is sent anywhere", async (t) => {
  const { running, ...stranger } = await connectedExtension(t);
  const trap = await listening(t);
  const consented = await consent({ ...stranger, running });
  running.crmRequests.length = 0;
  await control(running, "DELETE", "requests");

  const foreign = [
    `127.0.0.1:${trap.port}`,
    "evil.example",
    "evil.example/localhost",
    "localhost.evil.example",
    "localhost@evil.example",
    "169.254.169.254",
  ];
  for (const hostname of foreign) {
    assertRefused(await finishLogin({ ...stranger, running }, consented, `hostname=${hostname}`), /^hostname /);
    const form = { platform: "demo", apiKey: "demo-key", hostname };
    assertRefused(await stranger.as(undefined).ask("POST /apiKeyLogin", "state=platform=demo", form), /^hostname /);
  }
  for (const address of [
    `http://127.0.0.1:${trap.port}/oauth/token`,
    "https://evil.example",
    "not an address",
    "//evil.example",
  ]) {
    for (const field of ["tokenUrl", "apiUrl"]) {
      const others = `hostname=localhost&${field}=${encodeURIComponent(address)}`;
      assertRefused(await finishLogin({ ...stranger, running }, consented, others), new RegExp(`^${field} `));
    }
    const form = { platform: "demo", apiKey: "demo-key", hostname: "localhost", additionalInfo: { apiUrl: address } };
    assertRefused(await stranger.as(undefined).ask("POST /apiKeyLogin", "", form), /^apiUrl /);
  }

  assert.equal(trap.connections(), 0);
  assert.deepEqual(running.crmRequests, []);
  assert.deepEqual(await requestsSeenByTheCrm(running), {});
  // The code was not used up on the way either.
  assert.equal((await finishLogin({ ...stranger, running }, consented)).json["name"], "Ann Operator");
});

test("ten requests that meet an expired access token cause one refresh, and all succeed", async (t) => {
  const ann = await logInWithOAuth(await connectedExtension(t));
  for (const round of ["the first", "a rotated"]) {
    await control(ann.running, "POST", "expire-tokens");
    await control(ann.running, "DELETE", "requests");
    const answers = await Promise.all(Array.from({ length: 10 }, () => ann.ask("GET /authValidation")));
    for (const { json, text } of answers) assert.equal(json["successful"], true, `${round} token: ${text}`);
    assert.equal((await requestsSeenByTheCrm(ann.running))["POST /oauth/token"], 1, round);
  }
});

test("a token that is about to run out is replaced before it is used", async (t) => {
  const stranger = await connectedExtension(t);
  await control(stranger.running, "PUT", "token-lifetime", { seconds: 120 });
  const ann = await logInWithOAuth(stranger);
  await control(stranger.running, "PUT", "token-lifetime", { seconds: 3600 });
  await control(stranger.running, "DELETE", "requests");
  for (const _ of [1, 2]) assert.equal((await ann.ask("GET /authValidation")).json["successful"], true);
  assert.deepEqual(await requestsSeenByTheCrm(stranger.running), { "POST /oauth/token": 1, "GET /api/me": 2 });
});

test("a refresh that fails for a while does not log anybody out, and a call logged meanwhile is not lost", async (t) => {
  const ann = await logInWithOAuth(await connectedExtension(t));
  await control(ann.running, "POST", "expire-tokens");
  await setFaults(ann.running, { match: "POST /oauth/token", kind: "500", times: 1_000 });
  const valid = await ann.ask("GET /authValidation");
  assert.deepEqual([valid.status, valid.json["successful"]], [200, false]);
  const logged = await ann.logCall(newCall("s1"));
  assert.deepEqual([logged.status, logged.json["successful"]], [200, true], logged.text);
  assert.equal(noticeOf(logged).messageType, "warning");
  assert.deepEqual(await activitiesIn(ann.running), []);
  assert.equal((await ann.ask("GET /hostname")).status, 200);
});

test("logging out revokes the grant at the CRM: neither its access nor its refresh token opens anything", async (t) => {
  const { stranger, tokens } = await startWithRecordedTokens(t);
  const ann = await logInWithOAuth(stranger);
  const [granted] = tokens;
  assert.ok(granted !== undefined);
  assert.equal(noticeOf(await ann.ask("POST /unAuthorize")).messageType, "success");
  const me = (token: string) =>
    fetch(`${stranger.running.demoCrmUrl}/api/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await me(granted.access)).status, 401);
  const refreshed = await fetch(`${stranger.running.demoCrmUrl}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("demo-client:demo-secret")}` },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: granted.refresh }),
  });
  assert.equal(refreshed.status, 400);
  assert.match(await refreshed.text(), /invalid_grant/);
});

test("logging out works here although the CRM cannot be told, and says so", async (t) => {
  const ann = await logInWithOAuth(await connectedExtension(t));
  await setFaults(ann.running, { match: "POST /oauth/revoke", kind: "cut" });
  const answer = await ann.ask("POST /unAuthorize");
  assert.equal(answer.json["successful"], true);
  assert.equal(noticeOf(answer).messageType, "warning");
  assert.equal((await ann.ask("GET /hostname")).status, 400);
});

test("a grant that the CRM ended by itself ends the session here, in words that the client shows", async (t) => {
  const { stranger, tokens } = await startWithRecordedTokens(t);
  const ann = await logInWithOAuth(stranger);
  await revokeAtTheCrm(stranger, tokens[0]?.refresh ?? "");
  const answer = await ann.ask("GET /authValidation");
  assert.deepEqual([answer.status, answer.json["successful"]], [200, false], answer.text);
  assert.match(noticeOf(answer).message, /connect again/i);
  assertRefused(await ann.ask("GET /hostname"), /authorize CRM platform/);
});

async function revokeAtTheCrm({ running }: Extension, token: string): Promise<void> {
  const answer = await fetch(`${running.demoCrmUrl}/oauth/revoke`, {
    method: "POST",
    body: new URLSearchParams({ token }),
  });
  assert.equal(answer.status, 200);
}

/** A port that nobody should ever connect to. */
async function listening(t: TestContext): Promise<{ port: number; connections(): number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return { port: address.port, connections: () => connections };
}
