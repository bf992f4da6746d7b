/** Logging in to Pipedrive and out again, through a whole Trunkline. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CLIENT } from "../../fake-crms/pipedrive/oauth-routes.ts";
import { outOfOrder } from "../../fake-crms/pipedrive/fake-pipedrive.ts";
import { linesOf } from "../../fake-crms/support/recorded-request.ts";
import {
  callbackQuery,
  connectedExtension,
  logIn,
  newCall,
  objectIn,
  pipedriveAndTrunkline,
  REDIRECT_URI,
} from "./connected-extension.ts";

test("the manifest sends people to Pipedrive and back to the address that the code is exchanged for", async (t) => {
  const { running, fake } = await pipedriveAndTrunkline(t);
  const { json } = await running.send("GET", "/crmManifest?platformName=pipedrive");
  const manifest = objectIn(objectIn(json["platforms"])["pipedrive"]);
  assert.deepEqual(objectIn(manifest["auth"])["oauth"], {
    authUrl: `${fake.url}/oauth/authorize`,
    clientId: CLIENT.id,
    redirectUri: REDIRECT_URI,
  });
  assert.equal(objectIn(manifest["page"])["useContactSearch"], true);
});

test("a login is an exchange and two requests side by side, and names the company's own host", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  assert.deepEqual(linesOf(fake.requests).toSorted(), [
    "GET /v1/activityTypes",
    "GET /v1/users/me",
    "POST /oauth/token",
  ]);
  const hostname = await ask("GET", "/hostname");
  assert.equal(hostname.text, "acme-sandbox.pipedrive.com");
});

test("a login works although the activity types cannot be read", async (t) => {
  const { fake, running } = await pipedriveAndTrunkline(t);
  fake.faults.order(outOfOrder("GET /v1/activityTypes"));
  assert.notEqual(await logIn(running, fake, fake.state.addUser()), "");
});

test("a wrong code is refused in words", async (t) => {
  const { running } = await pipedriveAndTrunkline(t);
  const answer = await running.send("GET", callbackQuery("wrong"));
  assert.equal(answer.json["jwtToken"], undefined);
  assert.match(String(objectIn(answer.json["returnMessage"])["message"]), /Pipedrive did not accept/);
});

for (const more of [
  "&tokenUrl=https://evil.example/oauth/token",
  "&apiUrl=https://evil.example",
  "&apiUrl=https://pipedrive.com.evil.example",
]) {
  test(`a login with ${more} is refused without a packet`, async (t) => {
    const { running, fake } = await pipedriveAndTrunkline(t);
    const answer = await running.send("GET", callbackQuery("any", more));
    assert.equal(answer.status, 400, answer.text);
    assert.deepEqual(linesOf(fake.requests), []);
  });
}

test("a login with a foreign hostname is refused without a packet", async (t) => {
  const { running, fake } = await pipedriveAndTrunkline(t);
  const answer = await running.send("GET", callbackQuery("any").replace("hostname=temp", "hostname=evil.example"));
  assert.equal(answer.status, 400, answer.text);
  assert.deepEqual(linesOf(fake.requests), []);
});

test("two companies whose users share an id are two users", async (t) => {
  const one = await connectedExtension(t);
  const luke = one.fake.state.addPerson({ name: "Luke", phones: ["6505551212"] });
  await one.ask("POST", "/callLog", newCall("shared", luke.id));
  one.fake.state.company = { id: 88_002, name: "Other", domain: "other-company" };
  const token = await logIn(one.running, one.fake, one.ann);
  const { json } = await one.running.send("GET", `/callLog?sessionIds=shared&jwtToken=${token}`);
  assert.deepEqual(json["logs"], [{ sessionId: "shared", matched: false }]);
});

for (const rotating of [false, true]) {
  test(`an expired token is refreshed once for many requests, ${rotating ? "rotating" : "not rotating"}`, async (t) => {
    const { fake, ask } = await connectedExtension(t, { rotating, answersAfterMs: 10 });
    for (let round = 0; round < 2; round++) {
      fake.grants.expireAccessTokens();
      fake.requests.length = 0;
      const numbers = ["+12125550101", "+12125550102", "+12125550103", "+12125550104"];
      const answers = await Promise.all(
        numbers.map((number) => ask("GET", `/contact?phoneNumber=${number}&isForceRefreshAccountData=true`)),
      );
      for (const answer of answers) assert.equal(answer.json["successful"], true, answer.text);
      assert.equal(linesOf(fake.requests).filter((line) => line === "POST /oauth/token").length, 1);
    }
  });
}

for (const expired of [false, true]) {
  test(`logging out revokes the grant${expired ? ", also when the access token has just expired" : ""}`, async (t) => {
    const { fake, ask } = await connectedExtension(t);
    if (expired) fake.grants.expireAccessTokens();
    const answer = await ask("POST", "/unAuthorize");
    assert.match(answer.text, /Logged out of Pipedrive/);
    assert.equal(fake.grants.count(), 0);
    assert.equal((await ask("GET", "/contact?phoneNumber=+12125550101")).status, 400);
  });
}

test("a session that Pipedrive ended asks the person to connect again", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  fake.grants.revokeAll();
  const answer = await ask("GET", "/contact?phoneNumber=+12125550101");
  assert.match(answer.text, /connect again|authorize CRM platform/);
});

test("an uninstallation in the marketplace removes that user of that company", async (t) => {
  const { fake, running, ask, ann } = await connectedExtension(t);
  const body = { client_id: CLIENT.id, company_id: fake.state.company.id, user_id: ann.id };
  const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")}`;
  const stranger = { ...body, company_id: 1 };
  await running.send("DELETE", "/pipedrive-redirect", stranger, { authorization: basic });
  assert.equal((await ask("GET", "/hostname")).status, 200);
  await running.send("DELETE", "/pipedrive-redirect", body, { authorization: basic });
  assert.equal((await ask("GET", "/hostname")).status, 400);
});

test("nothing secret is logged", async (t) => {
  const { fake, running, ask } = await connectedExtension(t);
  await ask("GET", "/contact?phoneNumber=+12125550101");
  const tokens = fake.requests.map(({ headers }) => String(headers.authorization).split(" ")[1] ?? "");
  const logs = running.logs.join("\n");
  for (const secret of [CLIENT.secret, ...tokens]) assert.ok(!logs.includes(secret));
});
