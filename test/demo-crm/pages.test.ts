/** The pages on which a person looks at the Demo CRM. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { runCrm } from "./running-crm.ts";

test("the start page lists contacts in pages and can be searched by name and number", async (t) => {
  const crm = await runCrm(t);
  for (let count = 0; count < 20; count += 1)
    await crm.send("POST /api/contacts", { json: { name: `Extra ${count}` } });
  const first = await crm.send("GET /", { authorization: null });
  assert.equal(first.status, 200);
  assert.match(first.text, /Luke Skywalker/);
  assert.doesNotMatch(first.text, /Extra 19/);
  const next = /rel="next" href="([^"]+)"/.exec(first.text)?.[1] ?? "";
  assert.match((await crm.send(`GET ${next}`)).text, /Extra 19/);

  for (const search of ["sky", "%2B1+650+555+1212"]) {
    const { text } = await crm.send(`GET /?q=${search}`);
    assert.match(text, /Luke Skywalker/);
    assert.doesNotMatch(text, /Eleanor/);
  }
  const nobody = await crm.send("GET /?q=%3Cscript%3E%22");
  assert.match(nobody.text, /Nobody fits “&lt;script&gt;&quot;”\. Try a part of the name/);
  assert.match(nobody.text, /value="&lt;script&gt;&quot;"/);
});

test("a contact's page shows deals and the newest activity first, with everything escaped", async (t) => {
  const crm = await runCrm(t);
  const empty = await crm.send("GET /contacts/1", { authorization: null });
  assert.match(empty.text, /Jedi Order[^]*X-wing maintenance/);
  assert.match(empty.text, /Log a call or a conversation with Luke Skywalker/);

  const log = (json: object) => crm.send("POST /api/activities", { json: { contactId: "1", ...json } });
  await log({
    subject: "Newer",
    startedAt: "2026-01-02T20:00:00Z",
    durationSeconds: 3675,
    dealId: "1",
    body: "<b>&\n  two",
  });
  await log({ subject: "Older", startedAt: "2026-01-01T20:00:00Z" });
  await crm.send("POST /api/notes", { json: { contactId: "1", text: "<i>note</i>" } });
  const { text } = await crm.send("GET /contacts/1");
  assert.match(text, /Newer[^]*Fri, Jan 2, 2026, 12:00\sPM PST · 1 h 1 min 15 s · Deal: Jedi Order[^]*Older/);
  assert.ok(text.includes("<pre>&lt;b&gt;&amp;\n  two</pre>"));
  assert.ok(text.includes("<pre>&lt;i&gt;note&lt;/i&gt;</pre>"));
});

test("only the newest hundred activities are shown, and the page says so", async (t) => {
  const crm = await runCrm(t);
  for (let count = 0; count < 101; count += 1) await crm.send("POST /api/activities", { json: { contactId: "1" } });
  const { text } = await crm.send("GET /contacts/1");
  assert.equal(text.match(/<li id="activity-/g)?.length, 100);
  assert.match(text, /1 older one is not shown/);
});

test("pages carry a strict policy, may be framed on this machine alone, need no script, and name their limits", async (t) => {
  const crm = await runCrm(t);
  for (const [path, status] of [
    ["/", 200],
    ["/contacts/1", 200],
    ["/contacts/999", 404],
  ] as const) {
    const page = await crm.send(`GET ${path}`);
    assert.equal(page.status, status);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    assert.match(page.headers.get("content-security-policy") ?? "", /^default-src 'none'; style-src 'self';/);
    assert.doesNotMatch(page.text, /<script|style="/);
    assert.match(page.text, /these pages ask for no login/);
  }
  const framed = (path: string) =>
    crm.send(`GET ${path}`).then(({ headers }) => headers.get("content-security-policy"));
  assert.match((await framed("/contacts/1")) ?? "", /frame-ancestors http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*$/);
  assert.match((await framed("/oauth/authorize")) ?? "", /frame-ancestors 'none'$/);
  const style = await crm.send("GET /style.css");
  assert.match(style.headers.get("content-type") ?? "", /^text\/css/);
  assert.match(style.text, /prefers-color-scheme: dark/);
});
