/** Who is let in: an API key, an access token, and nobody else. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { runCrm } from "./running-crm.ts";

test("an API key as the Basic user name, with any password, is its user", async (t) => {
  const crm = await runCrm(t);
  const ann = {
    id: "1",
    name: "Ann Operator",
    email: "ann@demo-crm.example",
    timezone: "America/Los_Angeles",
    account: { id: "demo", name: "Demo Company" },
  };
  for (const credentials of ["demo-key:", "demo-key:any: thing", "demo-key"]) {
    const answer = await crm.send("GET /api/me", { authorization: `Basic ${btoa(credentials)}` });
    assert.deepEqual(answer.json(), ann);
  }
  const ben = JSON.parse((await crm.send("GET /api/me", { authorization: `basic ${btoa("demo-key-2:")}` })).text);
  assert.deepEqual([ben.id, ben.name, ben.timezone], ["2", "Ben Backup", "Europe/Berlin"]);
});

test("no, wrong and broken credentials are 401 with a challenge, whatever the body", async (t) => {
  const crm = await runCrm(t);
  const wrong = [
    null,
    `Basic ${btoa("demo:")}`,
    `Basic ${btoa(":demo-key")}`,
    "Basic %%",
    "Bearer demo-key",
    "Bearer ",
    "demo-key",
  ];
  for (const authorization of wrong) {
    const answer = await crm.send("POST /api/contacts", { authorization, json: 5 });
    assert.equal(answer.status, 401, String(authorization));
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Basic realm=.+Bearer realm=/);
    assert.deepEqual(Object.keys(JSON.parse(answer.text)), ["error"]);
  }
});
