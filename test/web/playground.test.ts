/** What the playground asks of the server beside the contract's own routes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedExtension } from "../contract/extension.ts";
import { logInWithOAuth } from "../contract/oauth-login.ts";
import { logIn, type Running, runTrunkline } from "../support/trunkline.ts";
import { readEvents } from "./event-stream.ts";

const OFF = { PLAYGROUND: "off" };

function follow(running: Running, token: string): Promise<Response> {
  return fetch(`${running.url}/playground/events`, { headers: { authorization: `Bearer ${token}` } });
}

test("the page may run its own scripts, ask its own server and show the Demo CRM, and nothing else", async (t) => {
  const running = await runTrunkline(t);
  const page = await running.send("GET", "/playground");
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
  const policy = (page.headers.get("content-security-policy") ?? "").split("; ");
  assert.ok(policy.includes("default-src 'none'") && policy.includes("script-src 'self'"), policy.join("; "));
  assert.ok(policy.includes("connect-src 'self'") && policy.includes("frame-ancestors 'none'"), policy.join("; "));
  assert.ok(policy.includes(`frame-src ${running.demoCrmUrl}`), policy.join("; "));
  assert.doesNotMatch(page.text, /<script(?![^>]* src="\/web\/)|\sstyle=|https?:\/\//);
  const redirect = await running.send("GET", "/playground/redirect?code=1");
  assert.match(redirect.headers.get("content-security-policy") ?? "", /frame-src 'none'/);
  assert.equal(redirect.headers.get("referrer-policy"), "no-referrer");
});

test("every file that the page names is there", async (t) => {
  const running = await runTrunkline(t);
  for (const place of ["/playground", "/playground/redirect"]) {
    const { text } = await running.send("GET", place);
    for (const [, address = ""] of text.matchAll(/(?:href|src)="(\/web\/[^"]+)"/g))
      assert.equal((await running.send("GET", address)).status, 200, address);
  }
});

test("switched off, every address of it says how to switch it on", async (t) => {
  const running = await runTrunkline(t, { environment: OFF });
  for (const path of ["/playground", "/playground/events", "/playground/redirect", "/playground/demo-crm/condition"]) {
    const answer = await running.send("GET", path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.text, /PLAYGROUND=on/);
  }
  const order = await running.send("PUT", "/playground/demo-crm/condition", { condition: "down" });
  assert.equal(order.status, 404);
});

test("without a Demo CRM it is off unless it is switched on, and then has nothing to make ill", async (t) => {
  const silent = await runTrunkline(t, { environment: { DEMO_CRM: "off" } });
  assert.equal((await silent.send("GET", "/playground")).status, 404);
  const running = await runTrunkline(t, { environment: { DEMO_CRM: "off", PLAYGROUND: "on" } });
  assert.equal((await running.send("GET", "/playground")).status, 200);
  assert.deepEqual((await running.send("GET", "/playground/stage")).json, { demoCrm: null });
  assert.equal((await running.send("GET", "/playground/demo-crm/condition")).status, 404);
});

test("the Demo CRM's numbers are offered as the telephone shows them, each with everybody who has it", async (t) => {
  const running = await runTrunkline(t);
  const { demoCrm } = (await running.send("GET", "/playground/stage")).json;
  const text = JSON.stringify(demoCrm);
  assert.ok(text.includes('{"number":"+16505551212","names":["Luke Skywalker"]}'), text);
  assert.ok(text.includes('{"number":"+13125550188","names":["Pat Doe","Sam Doe"]}'), text);
});

test("events tell one user what is done for them, and nobody else", async (t) => {
  const extension = await connectedExtension(t);
  const { running } = extension;
  const other = await logInWithOAuth(extension);
  const anns = readEvents(await follow(running, extension.token));
  const others = readEvents(await follow(running, other.token));
  await Promise.all([anns, others].map((stream) => stream.hears(({ what }) => what === "following")));

  await extension.findContact("+16505551212");
  await extension.logCall({
    logInfo: { sessionId: "77", direction: "Inbound", from: { phoneNumber: "+16505551212" } },
    note: "for Ann's eyes",
    contactId: "1",
  });
  const written = await anns.hears(({ what, told }) => what === "log attempted" && told["state"] === "written");
  assert.equal(written.told["sourceKey"], "77");
  assert.deepEqual(
    anns.events.map(({ what, told }) => [what, told["path"] ?? told["from"]]),
    [
      ["following", undefined],
      ["CRM asked", "/api/contacts"],
      ["CRM asked", "/api/deals"],
      ["number looked up", "CRM"],
      ["log accepted", undefined],
      ["CRM asked", "/api/activities"],
      ["log attempted", undefined],
    ],
  );
  assert.doesNotMatch(JSON.stringify(anns.events), /userId|for Ann's eyes/);
  await other.findContact("+13125550188");
  await others.hears(({ what }) => what === "number looked up");
  assert.doesNotMatch(JSON.stringify(others.events), /16505551212|"77"/);
  await running.close();
});

test("without a session there are no events, and a token in the address is none", async (t) => {
  const running = await runTrunkline(t);
  const token = await logIn(running);
  for (const path of ["/playground/events", `/playground/events?jwtToken=${token}`]) {
    const answer = await running.send("GET", path);
    assert.equal(answer.status, 400);
    assert.match(answer.text, /authorize CRM platform/);
  }
});

test("a page that stays open does not keep the server from stopping", async (t) => {
  const running = await runTrunkline(t);
  const stream = readEvents(await follow(running, await logIn(running)));
  await stream.hears(({ what }) => what === "following");
  await running.close();
  await stream.ended;
});

test("the Demo CRM is made ill and well again by its own page only", async (t) => {
  const running = await runTrunkline(t);
  const order = (condition: string, headers = {}) =>
    running.send("PUT", "/playground/demo-crm/condition", { condition }, headers);
  for (const condition of ["down", "slow", "rate-limited", "loses-answers", "well"]) {
    assert.deepEqual((await order(condition)).json, { condition });
    assert.deepEqual((await running.send("GET", "/playground/demo-crm/condition")).json, { condition });
  }
  assert.equal((await order("down", { origin: "https://elsewhere.example" })).status, 403);
  assert.equal((await order("down", { "sec-fetch-site": "cross-site" })).status, 403);
  assert.equal((await order("on fire")).status, 400);
  assert.deepEqual((await running.send("GET", "/playground/demo-crm/condition")).json, { condition: "well" });
  await fetch(`${running.demoCrmUrl}/control/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([{ match: "GET /api", kind: "malformed" }]),
  });
  assert.deepEqual((await running.send("GET", "/playground/demo-crm/condition")).json, { condition: "other" });
});
