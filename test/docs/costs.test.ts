/** The table of costs in docs/architecture.md is what requests really cost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { logIn, type Running, runTrunkline } from "../support/trunkline.ts";
import { readText } from "./text-files.ts";

const CALLER = "+16505551212";

interface Request {
  method: string;
  path: string;
  body?: unknown;
}

/** In the order of the table: each builds on those before it. */
const REQUESTS: Readonly<Record<string, Request>> = {
  "`GET /contact`, one match with deals": { method: "GET", path: `/contact?phoneNumber=${CALLER}` },
  "`GET /contact`, again within five minutes": { method: "GET", path: `/contact?phoneNumber=${CALLER}` },
  "`GET /contact`, nobody": { method: "GET", path: "/contact?phoneNumber=+16505550000" },
  "`POST /contact`": {
    method: "POST",
    path: "/contact",
    body: { phoneNumber: "+16505550000", newContactName: "Somebody New" },
  },
  "`POST /callLog`, with a deal": { method: "POST", path: "/callLog", body: call() },
  "`POST /callLog`, the same session again": { method: "POST", path: "/callLog", body: call() },
  "`GET /callLog`, 150 sessions": { method: "GET", path: `/callLog?sessionIds=${numbers(150).join(",")}` },
  "`GET /callLog`, one session with details": { method: "GET", path: "/callLog?sessionIds=1&requireDetails=true" },
  "`PATCH /callLog`": { method: "PATCH", path: "/callLog", body: { sessionId: "1", duration: 60 } },
  "`PATCH /callLog`, nothing new": { method: "PATCH", path: "/callLog", body: { sessionId: "1", duration: 60 } },
  "`PUT /callDisposition`": {
    method: "PUT",
    path: "/callDisposition",
    body: { sessionId: "1", dispositions: { deals: "2" } },
  },
  "`POST /messageLog`, ten messages, new": { method: "POST", path: "/messageLog", body: conversation(numbers(10)) },
  "`POST /messageLog`, ten more": { method: "POST", path: "/messageLog", body: conversation(numbers(20)) },
  "`POST /messageLog`, the same again": { method: "POST", path: "/messageLog", body: conversation(numbers(20)) },
};

test("every request costs what docs/architecture.md says", async (t) => {
  const running = await runTrunkline(t);
  const token = await logIn(running);
  const costs: Record<string, string> = {};
  for (const [name, request] of Object.entries(REQUESTS)) costs[name] = await costOf(running, token, request);
  assert.deepEqual(costs, documentedCosts());
});

async function costOf(running: Running, token: string, { method, path, body }: Request): Promise<string> {
  // Who asks is remembered for a few seconds, from request to request.
  await running.send("GET", "/hostname", undefined, { authorization: `Bearer ${token}` });
  running.crmRequests.length = 0;
  running.statements.length = 0;
  const answer = await running.send(method, path, body, { authorization: `Bearer ${token}` });
  assert.equal(answer.json["successful"], true, `${method} ${path}: ${answer.text}`);
  const ours = running.statements.filter((statement) => !isTheWorkers(statement));
  return `${running.crmRequests.length} CRM requests, ${ours.length} statements`;
}

/** The worker looks for due entries beside us, and now and then forgets old content; the recorder writes down what happened. */
function isTheWorkers(statement: string): boolean {
  return /^select "id", "user_id" from "log_entries"|^update "log_entries" set "wanted" = \?, "written" = \? where|"(?:trail|crm_traffic|plugin_tasks)"/.test(
    statement,
  );
}

function documentedCosts(): Record<string, string> {
  const rows = [...readText("docs/architecture.md").matchAll(/^\| (`[A-Z]+ \/.*?) +\| +(\d+) \| +(\d+) \|$/gm)];
  return Object.fromEntries(rows.map(([, name = "", crm, sql]) => [name, `${crm} CRM requests, ${sql} statements`]));
}

function call() {
  return {
    contactId: "1",
    note: "Wants a quote.",
    additionalSubmission: { deals: "1" },
    logInfo: { sessionId: "1", direction: "Inbound", from: { phoneNumber: CALLER }, startTime: 1_767_225_600_000 },
  };
}

function conversation(ids: readonly number[]) {
  const messages = ids.map((id) => ({
    id: String(id),
    type: "SMS",
    subject: `Message ${id}`,
    direction: "Inbound",
    creationTime: 1_767_225_600_000 + id,
    from: { phoneNumber: CALLER },
    to: [{ phoneNumber: "+16505550100" }],
  }));
  const correspondents = [{ phoneNumber: CALLER, name: "Luke Skywalker" }];
  return { contactId: "1", logInfo: { conversationLogId: "c/1/1/2026", type: "SMS", correspondents, messages } };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
