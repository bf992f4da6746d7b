/** Tokens, cross-origin requests, logging in and out, settings: what the client does around every call. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { setFaults } from "../support/trunkline.ts";
import { conversation, LUKES_NUMBER, newCall, text } from "./calls.ts";
import { assertRefused, connectedExtension, EXTENSION_HEADERS, noticeOf, objectOf, textOf } from "./extension.ts";

const CONNECT = /^Please go to Settings and authorize CRM platform$/;

/** Every route that works for a connected user, with what makes it succeed. */
const routes: [route: string, query: string, body?: object][] = [
  ["GET /authValidation", ""],
  ["GET /licenseStatus", ""],
  ["GET /hostname", ""],
  ["GET /contact", `phoneNumber=${LUKES_NUMBER}&isExtension=false`],
  ["POST /contact", "", { phoneNumber: "+16505550002", newContactName: "Leia Organa" }],
  ["GET /custom/contact/search", "name=Luke"],
  ["POST /callLog", "", newCall("t1")],
  ["GET /callLog", "sessionIds=t1&requireDetails=false"],
  ["PATCH /callLog", "", { sessionId: "t1", note: "A note" }],
  ["POST /callLog/cacheNote", "", { sessionId: "t2", note: "A note" }],
  ["PUT /callDisposition", "", { sessionId: "t1", dispositions: { deals: "1" } }],
  ["POST /messageLog", "", conversation("t3", [text("1", "Hello", 0)])],
  ["GET /user/settings", "rcAccountId=abc"],
  ["POST /user/settings", "", { userSettings: {} }],
  ["POST /unAuthorize", ""],
];

test("every route takes the token from the query", async (t) => {
  const ann = await connectedExtension(t);
  for (const [route, query, body] of routes) {
    const answer = await ann.ask(route, query, body);
    assert.equal(answer.status, 200, `${route}: ${answer.text}`);
    assert.doesNotMatch(answer.text, /"successful":false|_debug/, route);
  }
});

test("every route takes the token as Bearer, and refuses a missing or worthless one with the sentence that the client shows", async (t) => {
  const ann = await connectedExtension(t);
  for (const [route, query, body] of routes) {
    if (route !== "GET /licenseStatus") {
      assertRefused(await ann.as(undefined).ask(route, query, body), CONNECT);
      assertRefused(await ann.as("").ask(route, query, body), CONNECT);
      assertRefused(await ann.as(`${ann.token}x`).ask(route, query, body), CONNECT);
    }
    const answer = await ann.as(undefined).ask(route, query, body, { authorization: `Bearer ${ann.token}` });
    assert.equal(answer.status, 200, `${route}: ${answer.text}`);
    assert.doesNotMatch(answer.text, /"successful":false|"isLicenseValid":false/, route);
  }
});

test("a browser on any page may send every method and header of the client, and read the refreshed token", async (t) => {
  const ann = await connectedExtension(t);
  const wanted = [...Object.keys(EXTENSION_HEADERS), "x-rc-access-token", "authorization", "content-type"];
  for (const [route] of [...routes, ["GET /crmManifest"] as const]) {
    const [method = "", path = ""] = route.split(" ");
    const answer = await ann.running.send("OPTIONS", `${path}?jwtToken=x`, undefined, {
      origin: "https://app.pipedrive.com",
      "access-control-request-method": method,
      "access-control-request-headers": wanted.join(","),
    });
    assert.ok(answer.status < 300, `${route}: ${answer.status}`);
    assert.match(answer.headers.get("access-control-allow-origin") ?? "", /^(\*|https:\/\/app\.pipedrive\.com)$/);
    const methods = listOf(answer.headers.get("access-control-allow-methods"));
    for (const allowed of ["get", "post", "put", "patch", "delete"]) assert.ok(methods.includes(allowed), allowed);
    const headers = listOf(answer.headers.get("access-control-allow-headers"));
    for (const header of wanted.filter((name) => name !== "accept")) assert.ok(headers.includes(header), header);
  }
  const origin = "chrome-extension://abcdefghijklmnop";
  for (const sender of [ann, ann.as(undefined)]) {
    const { headers } = await sender.ask("GET /hostname", "", undefined, { origin });
    assert.match(headers.get("access-control-allow-origin") ?? "", /^(\*|chrome-extension:.*)$/);
    assert.ok(listOf(headers.get("access-control-expose-headers")).includes("x-refreshed-jwt-token"));
  }
});

test("a login with a form that fails is never a 2xx, whatever is wrong with it", async (t) => {
  const ann = await connectedExtension(t);
  const logIn = (body: unknown, state = "platform=demo") =>
    ann.as(undefined).ask("POST /apiKeyLogin", `state=${state}`, body);
  const form = { platform: "demo", apiKey: "demo-key", hostname: "localhost" };
  const wrong: [body: unknown, state?: string][] = [
    [{ ...form, apiKey: "another-key" }],
    [{ ...form, apiKey: "" }],
    [{ ...form, apiKey: "apiKey" }],
    [{ platform: "demo" }],
    [{ apiKey: "demo-key" }, "demo"],
    [{ ...form, platform: "" }],
    [{ ...form, platform: "salesforce" }],
    [{ ...form, platform: "constructor" }],
    [{ ...form, platform: "__proto__" }],
    [{ ...form, platform: "demoOAuth" }],
    [{ ...form, hostname: "evil.example" }],
    [{ ...form, apiKey: 7 }],
    ["not JSON"],
    [undefined],
    [[]],
  ];
  for (const [body, state] of wrong) {
    const answer = await logIn(body, state);
    assert.equal(answer.status, 400, `${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
    assert.doesNotMatch(answer.text, /jwtToken/);
  }
  await setFaults(ann.running, { match: "GET /api/me", kind: "cut" });
  assert.equal((await logIn(form)).status, 400);
  assert.equal((await logIn(form)).status, 200);
});

test("a login names the user and says so; the key may stand in the form's fields, and state alone may name the platform", async (t) => {
  const ann = await connectedExtension(t);
  const body = {
    apiKey: "apiKey",
    hostname: "temp",
    additionalInfo: { apiKey: "demo-key-2" },
    unknown: { member: true },
  };
  const answer = await ann.as(undefined).ask("POST /apiKeyLogin", "state=platform=demo", body);
  assert.equal(answer.json["name"], "Ben Backup");
  assert.equal(noticeOf(answer).messageType, "success");
  assert.equal((await ann.as(textOf(answer.json["jwtToken"])).ask("GET /hostname")).status, 200);
});

test("logging out answers a notice in both shapes that clients read", async (t) => {
  const ann = await connectedExtension(t);
  const answer = await ann.ask("POST /unAuthorize");
  const notice = noticeOf(answer);
  assert.equal(notice.messageType, "success");
  assert.equal(answer.json["message"], notice.message);
  assert.equal(answer.json["messageType"], notice.messageType);
});

test("settings merge key by key, keep what nobody knows, and answer with the map as it is now", async (t) => {
  const ann = await connectedExtension(t);
  const save = (body: object) => ann.ask("POST /user/settings", "", body);
  const unknown = {
    value: { deep: [1, "two", null] },
    customizable: false,
    options: [{ id: "a", name: "A" }],
    future: true,
  };
  await save({ userSettings: { addCallLogNote: { value: true }, someFutureKey: unknown } });
  const saved = await save({ userSettings: { addCallLogNote: { value: false } } });
  const expected = { addCallLogNote: { value: false }, someFutureKey: unknown };
  assert.deepEqual(saved.json["userSettings"], expected);
  assert.deepEqual((await ann.ask("GET /user/settings", "rcAccountId=abc")).json, expected);

  const removed = await save({ userSettings: {}, settingKeysToRemove: ["addCallLogNote", "never there"] });
  assert.deepEqual(removed.json["userSettings"], { someFutureKey: unknown });
  assert.deepEqual((await save({})).json["userSettings"], { someFutureKey: unknown });
});

test("two settings saved at the same time are both kept", async (t) => {
  const ann = await connectedExtension(t);
  const keys = Array.from({ length: 10 }, (_, index) => `key${index}`);
  await Promise.all(keys.map((key) => ann.ask("POST /user/settings", "", { userSettings: { [key]: { value: key } } })));
  assert.deepEqual(Object.keys((await ann.ask("GET /user/settings")).json).toSorted(), keys);
});

test("strangers are told no settings, in a shape that old and new clients read", async (t) => {
  const ann = await connectedExtension(t);
  await ann.ask("POST /user/settings", "", { userSettings: { autoLogCall: { value: true } } });
  const { json } = await ann.as(undefined).ask("GET /user/preloadSettings", "rcAccountId=abc");
  assert.deepEqual(objectOf(json["userSettings"]), {});
});

test("the hashes of RingCentral's ids are the ones that other servers with this key make", async (t) => {
  const ann = await connectedExtension(t, { environment: { HASH_KEY: "a key" } });
  const { json } = await ann.as(undefined).ask("GET /userInfoHash", "extensionId=402&accountId=401");
  const hashed = (value: string) => createHash("sha256").update(`${value}:a key`).digest("hex");
  assert.deepEqual(json, { extensionId: hashed("402"), accountId: hashed("401") });
});

test("nobody is taken for an administrator: the client reads any non-2xx as that", async (t) => {
  const ann = await connectedExtension(t);
  const answer = await ann.running.send("GET", `/admin/settings?jwtToken=${ann.token}&rcAccessToken=abc`);
  assert.ok(answer.status >= 400, String(answer.status));
  assert.ok(!answer.text.includes("abc") && !answer.text.includes(ann.token));
});

function listOf(header: string | null): string[] {
  return (header ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
}
