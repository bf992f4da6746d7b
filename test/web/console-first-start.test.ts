/** The admin token of a first start: generated, shown once, and good for the console ever after. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { workplace } from "../support/processes.ts";
import { LISTENING, stopped } from "../support/requests.ts";
import { FROM_THE_PAGE } from "./admin.ts";

const TOKEN = /^The admin token is ([\w-]{48})$/m;

test("the first start shows an admin token that opens the console, and no later start shows one", async (t) => {
  const { trunkline } = workplace(t);
  const environment = { PORT: "0", DEMO_CRM: "off", DEMO_API_URL: "http://127.0.0.1:1" };
  const first = trunkline(["start"], { environment });
  const token = await first.prints(TOKEN);
  await stopped(first);

  const second = trunkline(["start"], { environment });
  const url = await second.prints(LISTENING);
  const answer = await fetch(`${url}/console/login`, {
    method: "POST",
    headers: { ...FROM_THE_PAGE, "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  assert.equal(answer.status, 200, await answer.text());
  await stopped(second);
  const { stdout, stderr } = await second.exit;
  assert.match(stdout, /\/console /);
  assert.doesNotMatch(stdout + stderr, TOKEN);
  assert.ok(!`${stdout}${stderr}`.includes(token));
});
