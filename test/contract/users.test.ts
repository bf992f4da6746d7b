/** Users are kept apart, and a token is worth exactly as much as the session behind it. */

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createDecoder, createSigner } from "fast-jwt";
import { CONNECTORS } from "../../src/connectors/index.ts";
import { activitiesIn } from "../support/trunkline.ts";
import { LUKES_NUMBER, newCall } from "./calls.ts";
import { assertRefused, connectedExtension, type Extension, noticeOf, objectOf } from "./extension.ts";
import { logInWithOAuth } from "./oauth-login.ts";

const SECRET = "a secret of the test alone, long enough for HS256";
const environment = { APP_SERVER_SECRET_KEY: SECRET };
const DAY_S = 24 * 60 * 60;
const CONNECT = /^Please go to Settings and authorize CRM platform$/;
const now = () => Math.floor(Date.now() / 1000);

/** A token as the peer's server signs it: nothing but the user's id and platform. */
function tokenOf(claims: object, options: { key?: string; algorithm?: "HS256" | "HS512" } = {}): string {
  return createSigner({ key: SECRET, algorithm: "HS256", ...options })(JSON.parse(JSON.stringify(claims)));
}

const annsClaims = { id: "1", platform: "demo" };

async function refusedAs(ann: Extension, token: string): Promise<void> {
  assertRefused(await ann.as(token).ask("GET /hostname"), CONNECT);
}

test("Ann and Ben do not see each other's calls, and each has a record of a call that both were in", async (t) => {
  const ann = await connectedExtension(t);
  const ben = await ann.logIn("demo-key-2");
  const { logId } = (await ann.logCall(newCall("both"))).json;
  assert.deepEqual(await ben.loadCalls(["both"]), [{ sessionId: "both", matched: false }]);
  assert.equal((await ben.updateCall({ sessionId: "both", note: "Ben was here" })).json["successful"], false);
  const dispositions = { deals: "1" };
  assert.equal(
    (await ben.ask("PUT /callDisposition", "", { sessionId: "both", dispositions })).json["successful"],
    false,
  );

  const { json } = await ben.logCall(newCall("both", { note: "Ben's own" }));
  assert.notEqual(json["logId"], logId);
  assert.equal((await activitiesIn(ann.running)).length, 2);
  const [anns] = await ann.loadCalls(["both"], true);
  assert.equal(anns?.["logId"], logId);
  assert.equal(objectOf(anns?.["logData"])["note"], "");
});

test("what Ann's look-ups found is not shown to Ben without asking the CRM as Ben", async (t) => {
  const ann = await connectedExtension(t);
  const ben = await ann.logIn("demo-key-2");
  await ann.findContact(LUKES_NUMBER);
  ann.running.crmRequests.length = 0;
  await ben.findContact(LUKES_NUMBER);
  assert.ok(ann.running.crmRequests.includes("GET /api/contacts"));
});

test("settings and notes handed over belong to one user", async (t) => {
  const ann = await connectedExtension(t);
  const ben = await ann.logIn("demo-key-2");
  await ann.ask("POST /user/settings", "", { userSettings: { autoLogCall: { value: true } } });
  await ann.ask("POST /callLog/cacheNote", "", { sessionId: "s1", note: "Ann's thoughts" });
  assert.deepEqual((await ben.ask("GET /user/settings")).json, {});
  const service = { "user-agent": "SSCL/1.0" };
  await ben.ask("POST /callLog", "", newCall("s1", { note: undefined }), service);
  assert.ok(!JSON.stringify(await activitiesIn(ann.running)).includes("Ann's thoughts"));
});

test("a call logged through one connector does not count as logged through another", async (t) => {
  const ann = await connectedExtension(t);
  const other = await logInWithOAuth(ann);
  await ann.logCall(newCall("s1"));
  assert.deepEqual(await other.loadCalls(["s1"]), [{ sessionId: "s1", matched: false }]);
});

test("a token with nothing but id and platform is accepted while exactly one user fits", async (t) => {
  const ann = await connectedExtension(t, { environment });
  for (const id of ["1", 1]) {
    assert.equal((await ann.as(tokenOf({ ...annsClaims, id })).ask("GET /hostname")).status, 200);
  }
  await refusedAs(ann, tokenOf({ ...annsClaims, id: "2" }));
  await refusedAs(ann, tokenOf({ ...annsClaims, platform: "demoOAuth" }));
  await refusedAs(ann, tokenOf({ ...annsClaims, platform: "constructor" }));
  await refusedAs(ann, tokenOf({ ...annsClaims, tenant: "another company" }));
  await refusedAs(ann, tokenOf({ platform: "demo" }));
});

test("such a token is worthless as soon as two tenants have a user of that id", async (t) => {
  const connectors = CONNECTORS.map((connector) => ({
    ...connector,
    // As in a CRM of many companies, each with a user number 1.
    getUserInfo: async (context: Parameters<typeof connector.getUserInfo>[0]) => {
      const user = await connector.getUserInfo(context);
      return { ...user, id: "1", tenant: user.name };
    },
  }));
  const ann = await connectedExtension(t, { environment, connectors });
  assert.equal((await ann.as(tokenOf(annsClaims)).ask("GET /hostname")).status, 200);
  const ben = await ann.logIn("demo-key-2");
  await refusedAs(ann, tokenOf(annsClaims));
  await ann.logCall(newCall("s1"));
  assert.deepEqual(await ben.loadCalls(["s1"]), [{ sessionId: "s1", matched: false }]);
  assert.equal((await ann.loadCalls(["s1"]))[0]?.["matched"], true);
});

test("a token of another secret, algorithm or time is worthless", async (t) => {
  const ann = await connectedExtension(t, { environment });
  const unsigned = [
    "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0",
    btoa(JSON.stringify(annsClaims)).replaceAll("=", ""),
    "",
  ].join(".");
  const worthless = [
    unsigned,
    tokenOf(annsClaims, { key: "another secret, also long enough for HS256" }),
    tokenOf(annsClaims, { algorithm: "HS512" }),
    tokenOf({ ...annsClaims, exp: now() - 10 }),
    ann.token.replace(/\.[^.]*$/, "."),
    ann.token.slice(0, -3),
  ];
  for (const token of worthless) await refusedAs(ann, token);
});

test("with seven days or less left a fresh token is offered, and works; with more it is not", async (t) => {
  const ann = await connectedExtension(t, { environment });
  const decoded = objectOf(createDecoder()(ann.token));
  const fresh = async (claims: object) =>
    (await ann.as(tokenOf(claims)).ask("GET /hostname")).headers.get("x-refreshed-jwt-token");
  for (const claims of [decoded, annsClaims]) {
    assert.equal(await fresh({ ...claims, exp: now() + 8 * DAY_S }), null);
    const token = await fresh({ ...claims, exp: now() + 7 * DAY_S - 5 });
    assert.ok(token !== null);
    const { headers, status } = await ann.as(token).ask("GET /hostname");
    assert.equal(status, 200);
    assert.equal(headers.get("x-refreshed-jwt-token"), null);
  }
  assert.equal((await ann.ask("GET /hostname")).headers.get("x-refreshed-jwt-token"), null);
});

test("a token lasts long enough for clients that never replace it", async (t) => {
  const ann = await connectedExtension(t);
  const { exp } = objectOf(createDecoder()(ann.token));
  assert.ok(typeof exp === "number" && exp - now() > 300 * DAY_S);
});

test("after logging out every old token is worthless, also once the user is back", async (t) => {
  const { ann, elsewhere } = await twoSessions(t);
  const old = [ann.token, elsewhere.token, tokenOf(annsClaims), tokenOf({ ...annsClaims, exp: now() + DAY_S })];
  assert.equal(noticeOf(await ann.ask("POST /unAuthorize")).messageType, "success");
  for (const token of old) await refusedAs(ann, token);
  const again = await ann.logIn("demo-key");
  assert.equal((await again.ask("GET /hostname")).status, 200);
  for (const token of old) await refusedAs(ann, token);
});

test("logging out and in again finds the calls and settings from before", async (t) => {
  const { ann } = await twoSessions(t);
  await ann.ask("POST /user/settings", "", { userSettings: { autoLogCall: { value: true } } });
  const { logId } = (await ann.logCall(newCall("s1", { note: "before" }))).json;
  await ann.ask("POST /unAuthorize");
  const again = await ann.logIn("demo-key");
  assert.equal((await again.loadCalls(["s1"]))[0]?.["logId"], logId);
  const posted = await again.logCall(newCall("s1"));
  assert.deepEqual([posted.json["successful"], posted.json["logId"]], [true, logId]);
  assert.equal((await activitiesIn(again.running)).length, 1);
  assert.deepEqual((await again.ask("GET /user/settings")).json, { autoLogCall: { value: true } });
});

async function twoSessions(t: TestContext): Promise<{ ann: Extension; elsewhere: Extension }> {
  const ann = await connectedExtension(t, { environment });
  return { ann, elsewhere: await ann.logIn("demo-key") };
}
