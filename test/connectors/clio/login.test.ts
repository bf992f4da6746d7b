/** Logging in to Clio and out again, through a whole Trunkline. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CLIENTS } from "../../fake-crms/clio/oauth-routes.ts";
import { linesOf } from "../../fake-crms/support/recorded-request.ts";
import {
  callbackQuery,
  clioAndTrunkline,
  connectedExtension,
  logIn,
  newCall,
  objectIn,
} from "./connected-extension.ts";

test("a login is an exchange and one request", async (t) => {
  const { fake, ask } = await connectedExtension(t);
  assert.deepEqual(linesOf(fake.requests), ["POST /oauth/token", "GET /api/v4/users/who_am_i.json"]);
  assert.deepEqual(fake.grants.clients(), [CLIENTS.us.id]);
  assert.equal((await ask("GET", "/hostname")).text, "app.clio.com");
});

test("the host chooses the region's own app", async (t) => {
  const { fake, running, ann } = await clioAndTrunkline(t);
  const token = await logIn(running, fake, ann, "eu.app.clio.com");
  assert.deepEqual(fake.grants.clients(), [CLIENTS.eu.id]);
  assert.equal((await running.send("GET", `/hostname?jwtToken=${token}`)).text, "eu.app.clio.com");
});

test("a region without an app refuses in words, and nothing is sent", async (t) => {
  const { fake, running } = await clioAndTrunkline(t);
  const answer = await running.send("GET", callbackQuery("any", "ca.app.clio.com"));
  assert.match(String(objectIn(answer.json["returnMessage"])["message"]), /no app registered/);
  assert.deepEqual(fake.requests, []);
});

test("one person with the same id in two regions is two users", async (t) => {
  const { fake, running, ann } = await clioAndTrunkline(t);
  const luke = fake.state.addContact({ name: "Luke" });
  const us = await logIn(running, fake, ann);
  const eu = await logIn(running, fake, ann, "eu.app.clio.com");
  await running.send("POST", `/callLog?jwtToken=${us}`, newCall("shared", luke.id));
  const { json } = await running.send("GET", `/callLog?sessionIds=shared&jwtToken=${eu}`);
  assert.deepEqual(json["logs"], [{ sessionId: "shared", matched: false }]);
});

for (const [named, hostname, more] of [
  ["hostname", "evil.example", ""],
  ["hostname", "app.clio.com.evil.example", ""],
  ["hostname", "xapp.clio.com", ""],
  ["tokenUrl", "app.clio.com", "&tokenUrl=https://evil.example/oauth/token"],
  ["apiUrl", "app.clio.com", "&apiUrl=https://evil.example"],
] as const) {
  test(`a login with the ${named} of ${hostname}${more} is refused without a packet`, async (t) => {
    const { fake, running } = await clioAndTrunkline(t);
    const answer = await running.send("GET", callbackQuery("any", hostname, more));
    assert.equal(answer.status, 400, answer.text);
    assert.deepEqual(fake.requests, []);
  });
}

test("a wrong code is refused in words", async (t) => {
  const { running } = await clioAndTrunkline(t);
  const answer = await running.send("GET", callbackQuery("wrong"));
  assert.equal(answer.json["jwtToken"], undefined);
  assert.match(String(objectIn(answer.json["returnMessage"])["message"]), /Clio did not accept/);
});

test("an expired token is refreshed once for many requests, and the old refresh token serves again", async (t) => {
  const { fake, ask } = await connectedExtension(t, { answersAfterMs: 10 });
  for (let round = 0; round < 2; round += 1) {
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

for (const expired of [false, true]) {
  test(`logging out ends the grant${expired ? ", also when the access token has just expired" : ""}`, async (t) => {
    const { fake, ask } = await connectedExtension(t);
    if (expired) fake.grants.expireAccessTokens();
    const answer = await ask("POST", "/unAuthorize");
    assert.match(answer.text, /Logged out of Clio/);
    assert.deepEqual(fake.grants.clients(), []);
    assert.equal((await ask("GET", "/contact?phoneNumber=+12125550101")).status, 400);
  });
}

test("nothing secret is logged", async (t) => {
  const { fake, running, ask } = await connectedExtension(t);
  await ask("GET", "/contact?phoneNumber=+12125550101");
  const tokens = fake.requests.map(({ headers }) => String(headers.authorization).split(" ")[1] ?? "");
  const logs = running.logs.join("\n");
  for (const secret of [CLIENTS.us.secret, ...tokens.filter((token) => token !== "")]) {
    assert.ok(!logs.includes(secret));
  }
});
