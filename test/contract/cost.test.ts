/** What a request costs, in statements to our database and in requests to the CRM: a change that makes one dearer must say so here. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { conversation, laterFacts, LUKES_NUMBER, newCall, text } from "./calls.ts";
import { connectedExtension, type Extension } from "./extension.ts";

const sessions = Array.from({ length: 150 }, (_, at) => `session-${at}`);

interface Cost {
  what: string;
  /** Without the begin and the commit of a transaction. */
  statements: number;
  crm: string[];
  of(ann: Extension): Promise<unknown>;
}

const costs: readonly Cost[] = [
  {
    what: "looking up a number for the first time",
    statements: 2,
    crm: ["GET /api/contacts", "GET /api/deals"],
    of: (ann) => ann.findContact(LUKES_NUMBER),
  },
  { what: "looking it up again", statements: 1, crm: [], of: (ann) => ann.findContact(LUKES_NUMBER) },
  {
    what: "looking up a number that nobody has",
    statements: 2,
    crm: ["GET /api/contacts", "GET /api/contacts"],
    of: (ann) => ann.findContact("+16505550000"),
  },
  { what: "an extension", statements: 0, crm: [], of: (ann) => ann.findContact("102", "true") },
  {
    what: "creating a contact",
    statements: 2,
    crm: ["POST /api/contacts"],
    of: (ann) => ann.ask("POST /contact", "", { phoneNumber: "+16505550001", newContactName: "Leia" }),
  },
  {
    what: "searching by name",
    statements: 0,
    crm: ["GET /api/contacts", "GET /api/deals"],
    of: (ann) => ann.ask("GET /custom/contact/search", "name=Luke"),
  },
  {
    what: "logging a call",
    statements: 2,
    crm: ["POST /api/activities"],
    of: (ann) => ann.logCall(newCall("session-0")),
  },
  { what: "logging it again", statements: 3, crm: [], of: (ann) => ann.logCall(newCall("session-0")) },
  { what: "loading one call", statements: 1, crm: [], of: (ann) => ann.loadCalls(["session-0"]) },
  { what: "loading a hundred and fifty calls", statements: 1, crm: [], of: (ann) => ann.loadCalls(sessions) },
  {
    what: "loading a call with its details",
    statements: 1,
    crm: ["GET /api/activities/1", "GET /api/contacts/1"],
    of: (ann) => ann.loadCalls(["session-0"], true),
  },
  {
    what: "updating a call",
    statements: 3,
    crm: ["GET /api/activities/1", "PATCH /api/activities/1"],
    of: (ann) =>
      ann.updateCall(laterFacts("session-0", { duration: 90, recordingLink: "https://recordings.example/1" })),
  },
  {
    what: "updating it with what it says already",
    statements: 2,
    crm: [],
    of: (ann) => ann.updateCall(laterFacts("session-0", { duration: 90 })),
  },
  {
    what: "choosing a deal",
    statements: 3,
    crm: ["PATCH /api/activities/1"],
    of: (ann) => ann.ask("PUT /callDisposition", "", { sessionId: "session-0", dispositions: { deals: "1" } }),
  },
  {
    what: "handing over a note",
    statements: 2,
    crm: [],
    of: (ann) => ann.ask("POST /callLog/cacheNote", "", { sessionId: "session-1", note: "Later" }),
  },
  {
    what: "logging ten messages",
    statements: 4,
    crm: ["POST /api/activities"],
    of: (ann) => ann.logMessages(conversation("c1", texts(10))),
  },
  { what: "sending them again", statements: 3, crm: [], of: (ann) => ann.logMessages(conversation("c1", texts(10))) },
  {
    what: "ten more",
    statements: 5,
    crm: ["GET /api/activities/2", "PATCH /api/activities/2"],
    of: (ann) => ann.logMessages(conversation("c1", texts(20))),
  },
  { what: "reading the settings", statements: 0, crm: [], of: (ann) => ann.ask("GET /user/settings") },
  {
    what: "changing the settings",
    statements: 2,
    crm: [],
    of: (ann) => ann.ask("POST /user/settings", "", { userSettings: { autoLogCall: { value: true } } }),
  },
  { what: "reading the host", statements: 0, crm: [], of: (ann) => ann.ask("GET /hostname") },
  { what: "asking about the licence", statements: 0, crm: [], of: (ann) => ann.ask("GET /licenseStatus") },
  {
    what: "asking whether the login is good",
    statements: 0,
    crm: ["GET /api/me"],
    of: (ann) => ann.ask("GET /authValidation"),
  },
  { what: "the manifest", statements: 0, crm: [], of: (ann) => ann.as(undefined).ask("GET /crmManifest") },
  { what: "logging in", statements: 5, crm: ["GET /api/me"], of: (ann) => ann.logIn("demo-key-2") },
  { what: "logging out", statements: 3, crm: [], of: (ann) => ann.ask("POST /unAuthorize") },
];

function texts(count: number) {
  return Array.from({ length: count }, (_, at) => text(String(at), `Text ${at}`, at)).toReversed();
}

test("each request costs what is written here, and no more", async (t) => {
  const ann = await connectedExtension(t);
  const { running } = ann;
  for (const { what, statements, crm, of } of costs) {
    // Who asks is remembered for a few seconds, from request to request.
    await ann.ask("GET /hostname");
    running.statements.length = 0;
    running.crmRequests.length = 0;
    await of(ann);
    const made = running.statements.filter(
      (sql) => !/^(begin|commit)$/.test(sql) && !isTheWorkers(sql) && !isTheRecorders(sql),
    );
    await t.test(`${what}: ${statements} statements, ${crm.length} requests`, () => {
      assert.deepEqual(running.crmRequests.toSorted(), crm.toSorted());
      assert.equal(made.length, statements, made.join("\n"));
    });
  }
});

/** The worker looks for due entries once a second, and for tasks of plugins, whatever is asked. */
function isTheWorkers(sql: string): boolean {
  return sql.startsWith('select "id", "user_id" from "log_entries"') || sql.includes('"plugin_tasks"');
}

/** What happens is written down a moment later, beside the requests. */
function isTheRecorders(sql: string): boolean {
  return /^\s*insert into "(?:trail|crm_traffic)"/.test(sql);
}
