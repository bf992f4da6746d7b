/** RingCentral in trouble: what went wrong, whether trying again can help, and what never leaves this process. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { Agent } from "undici";
import { createRingCentral } from "../../src/ringcentral/ringcentral.ts";
import type { TrunklineError } from "../../src/sdk/errors.ts";
import type { Fault } from "../fake-crms/support/faults.ts";
import { outOfOrder, rateLimited, refusalWith } from "../fake-ringcentral/refusals.ts";
import { callingRingCentral, codeAndRetry, failureOf } from "./calling-ringcentral.ts";

const LIST = "GET /restapi/v1.0/subscription";
const MAKE = "POST /restapi/v1.0/subscription";

const TROUBLES: [what: string, fault: Fault, code: TrunklineError["code"], retry: TrunklineError["retry"]][] = [
  ["an error of RingCentral's own", outOfOrder(LIST, 500), "ringcentral-unavailable", "later"],
  ["an error of its own while something is made", outOfOrder(MAKE, 500), "ringcentral-unavailable", "reconcile"],
  ["being away", outOfOrder(LIST, 503), "ringcentral-unavailable", "later"],
  ["a cut connection", { match: LIST, kind: "cut" }, "ringcentral-unavailable", "later"],
  ["half an answer", { match: LIST, kind: "malformed" }, "ringcentral-unavailable", "later"],
  ["too many requests", rateLimited(LIST, 30), "ringcentral-rate-limited", "later"],
  [
    "a refusal",
    { match: LIST, kind: "answer", status: 403, body: refusalWith("CMN-401", "In order to call this, ask.") },
    "ringcentral-forbids",
    "never",
  ],
];
for (const [what, fault, code, retry] of TROUBLES) {
  test(`${what} is ${code}, to be tried again: ${retry}`, async (t) => {
    const { fake, as } = await callingRingCentral(t);
    fake.faults.order(fault);
    const { subscriptions } = as();
    const wanted = { eventFilters: ["x"], address: "http://127.0.0.1:9", verificationToken: "v", expiresInSeconds: 60 };
    const work = fault.match === LIST ? subscriptions.list() : subscriptions.create(wanted);
    const failure = await failureOf(work);
    assert.deepEqual(codeAndRetry(failure), [code, retry]);
    assert.equal(failure.origin, "ringcentral");
    assert.match(failure.userMessage, /^RingCentral /);
  });
}

test("a person is told why RingCentral refuses, in its own words", async (t) => {
  const { fake, as } = await callingRingCentral(t);
  const why = "In order to call this API endpoint, [ReadCallLog] permission is required";
  for (const body of [refusalWith("CMN-401", why), { errorCode: "CMN-401", message: why }]) {
    fake.faults.order({ match: LIST, kind: "answer", status: 400, body });
    assert.ok((await failureOf(as().subscriptions.list())).userMessage.includes(why));
  }
});

test("an answer that lacks what it must hold is not taken for one", async (t) => {
  const { fake, ringCentral, ann } = await callingRingCentral(t);
  const match = "GET /restapi/v1.0/account/~/extension/~";
  fake.faults.order({ match, kind: "answer", status: 200, body: { id: 7 } });
  const failure = await failureOf(ringCentral.whoHolds(fake.grants.tokenOf(ann)));
  assert.deepEqual(codeAndRetry(failure), ["ringcentral-unavailable", "later"]);
});

test("nobody there is RingCentral being unreachable", async (t) => {
  const agent = new Agent();
  t.after(() => agent.destroy());
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  await new Promise((resolve) => server.close(resolve));
  const nobody = `http://127.0.0.1:${address.port}`;
  const { whoHolds } = createRingCentral({ agent, server: nobody, app: undefined, observe: () => undefined });
  assert.deepEqual(codeAndRetry(await failureOf(whoHolds("token"))), ["ringcentral-unavailable", "later"]);
});

test("a token that was refused is renewed once, and the request is sent again", async (t) => {
  const { fake, ringCentral, ann, asked } = await callingRingCentral(t);
  let token = fake.grants.tokenOf(ann);
  fake.grants.expireAccessTokens();
  const refused: string[] = [];
  const old = token;
  const session = ringCentral.as({
    accessToken: () => Promise.resolve(token),
    renew(which) {
      refused.push(which);
      token = fake.grants.tokenOf(ann);
      return Promise.resolve(token);
    },
  });
  assert.deepEqual(await session.subscriptions.list(), []);
  assert.deepEqual([refused, asked()], [[old], [LIST, LIST]]);
});

test("a token that cannot be renewed ends the session, after one more try at most", async (t) => {
  const { fake, ringCentral, asked } = await callingRingCentral(t);
  for (const renewed of [undefined, "worthless-too"]) {
    const session = ringCentral.as({
      accessToken: () => Promise.resolve("worthless"),
      renew: () => Promise.resolve(renewed),
    });
    assert.equal((await failureOf(session.subscriptions.list())).code, "ringcentral-session-ended");
    assert.equal(asked().length, renewed === undefined ? 1 : 2);
  }
  assert.equal(fake.requests.length, 0);
});

test("neither events nor failures hold a token, a query or a secret", async (t) => {
  const { fake, ringCentral, ann, events } = await callingRingCentral(t);
  const jwt = fake.grants.newJwt(ann);
  const { accessToken, refreshToken = "" } = await ringCentral.login.exchangeJwt(jwt);
  const session = ringCentral.as({ accessToken: () => Promise.resolve(accessToken) });
  await session.callLog.catchUp("account", { token: undefined, since: fake.clock.now() });
  await ringCentral.login.revoke(refreshToken);
  const failure = await failureOf(session.subscriptions.list());
  const seen = JSON.stringify([events, failure, failure.message, failure.stack]);
  for (const secret of [jwt, accessToken, refreshToken, "rc-app-secret", "syncType"]) {
    assert.ok(!seen.includes(secret), `${secret} was seen`);
  }
  assert.deepEqual(
    events.map(({ method, path, group, outcome }) => [method, path, group, outcome]),
    [
      ["POST", "/restapi/oauth/token", "Auth", 200],
      ["GET", "/restapi/v1.0/account/~/call-log-sync", "Heavy", 200],
      ["POST", "/restapi/oauth/revoke", "Auth", 200],
      ["GET", "/restapi/v1.0/subscription", "Light", 401],
    ],
  );
});
