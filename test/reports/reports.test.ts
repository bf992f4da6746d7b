/** Administrators' reports: what is counted and for whom, how much of it is logged, and that nobody else reads them. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { loadConfig } from "../../src/config.ts";
import { openStore } from "../../src/open-store.ts";
import { type Administration, administration } from "../admin/administration.ts";
import { conversation, newCall, text } from "../contract/calls.ts";
import { objectOf } from "../contract/extension.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { logIn, runTrunkline, type WireAnswer } from "../support/trunkline.ts";

const COMPANY = "GET /ringcentral/admin/report";
const PERSON = "GET /ringcentral/admin/userReport";
const CALLBACK = "GET /ringcentral/oauth/callback";
const HOUR = 3_600_000;

/** One as RingCentral's authorisation page sends people back with, to Trunkline's own address. */
function codeFor({ ringCentral, running }: Administration, extension: Administration["ann"]): string {
  return ringCentral.grants.newCode(extension, `${running.url}/ringcentral/oauth/callback`);
}

function itemsIn({ json, text: said }: WireAnswer): Record<string, Record<string, unknown>> {
  const { callLogStats, itemKeys } = json;
  assert.ok(Array.isArray(callLogStats), said);
  const items = callLogStats.map(objectOf).map(({ name, ...figures }) => [String(name), figures] as const);
  assert.deepEqual(
    items.map(([name]) => name),
    itemKeys,
  );
  return Object.fromEntries(items);
}

/** The figures that matter: in, out, answered, missed, minutes, logged. */
function inShort(figures: Record<string, unknown> | undefined): string {
  const { answeredCallCount, inboundCallCount, loggedCallCount, missedCallCount, outboundCallCount, totalTalkTime } =
    figures ?? {};
  return [inboundCallCount, outboundCallCount, answeredCallCount, missedCallCount, totalTalkTime, loggedCallCount].join(
    " ",
  );
}

/** An hour at work: a queue that rings two people, a transfer, a missed call, one that was made. */
async function anHour(t: TestContext, database: TestDatabase, environment: Record<string, string> = {}) {
  const there = await administration(t, database, { environment });
  const { account, ann, ask, bob, ringCentral } = there;
  const { state } = ringCentral;
  Object.assign(ann, { department: "Sales", site: "Berlin" });
  Object.assign(bob, { department: "Support", site: "Berlin" });
  const queue = state.addExtension(account, { firstName: "Sales", lastName: "queue", type: "Department" });
  const namesake = state.addExtension(account, { firstName: "Bob", lastName: "Agent" });
  const gone = state.addExtension(account, { firstName: "Gone", lastName: "Away", status: "Disabled" });
  const at = { startTime: ringCentral.clock.now() - HOUR };
  const queued = state.addCall(queue, {
    ...at,
    extensionIds: [queue.id, bob.id, ann.id],
    legResults: ["Accepted", "Missed", "Accepted"],
    durationSeconds: 120,
  });
  state.addCall(bob, { ...at, extensionIds: [bob.id, ann.id], durationSeconds: 60 });
  state.addCall(bob, { ...at, result: "Voicemail", durationSeconds: 30 });
  const made = state.addCall(bob, { ...at, direction: "Outbound", result: "Call connected", durationSeconds: 90 });
  state.addCall(gone, { ...at, direction: "Outbound", result: "No Answer", durationSeconds: 0 });
  state.addCall(bob, { ...at, result: "In Progress" });
  for (const { sessionId } of [queued, made]) await ask("POST /callLog", { body: newCall(sessionId) });
  return { ...there, queue, namesake, queued, made };
}

for (const database of await testDatabases()) {
  void suite(`administrators' reports on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("calls are counted for the company, its numbers, people, queues, sites and departments, and how many are logged", async (t) => {
      const { ask, bob, namesake, tokens } = await anHour(t, database);
      const by = async (groupBy: string) => {
        const answer = await ask(COMPANY, { rc: tokens.administrator, query: `timezone=UTC&groupBy=${groupBy}` });
        assert.equal(answer.json["groupedBy"], groupBy === "undefined" ? "Company" : groupBy, answer.text);
        return itemsIn(answer);
      };
      assert.deepEqual(await by("undefined"), {
        Company: {
          inboundCallCount: 3,
          outboundCallCount: 2,
          answeredCallCount: 2,
          missedCallCount: 1,
          answeredCallPercentage: "66.67%",
          totalTalkTime: 4.5,
          averageTalkTime: 1.5,
          loggedCallCount: 2,
        },
      });
      const people = await by("Users");
      const numbered = (extension: typeof bob) => people[`Bob Agent (${extension.extensionNumber})`];
      assert.equal(inShort(people["Ann Admin"]), "2 0 2 0 3 1");
      assert.equal(inShort(numbered(bob)), "3 1 1 2 2.5 2");
      assert.equal(inShort(numbered(namesake)), "0 0 0 0 0 0");
      assert.equal(inShort(people["Others"]), "0 1 0 0 0 0");
      assert.deepEqual(Object.keys(people).length, 4);
      assert.equal(inShort((await by("Queues"))["Sales queue"]), "1 0 1 0 2 1");
      assert.deepEqual(Object.keys(await by("Departments")), ["Sales", "Support"]);
      // A transfer inside of it is one call.
      assert.equal(inShort((await by("Sites"))["Berlin"]), "3 1 2 1 4.5 2");
      assert.equal(inShort((await by("CompanyNumbers"))[bob.phoneNumber]), "2 1 1 1 2.5 1");
      assert.deepEqual(await by("IVRs"), {});
    });

    test("one extension's calls and texts are counted, and how many of each are logged", async (t) => {
      const { ask, bob, ringCentral, tokens } = await anHour(t, database);
      const sent = ringCentral.state.addMessage(bob, { direction: "Outbound" });
      ringCentral.state.addMessage(bob);
      ringCentral.state.addMessage(bob, { availability: "Deleted" });
      ringCentral.state.addMessage(bob, { type: "VoiceMail", conversationId: undefined });
      await ask("POST /messageLog", { body: conversation("c", [text(String(sent.id), "Hello", 0)]) });
      const query = `rcExtensionId=${bob.id}`;
      const { json, text: said } = await ask(PERSON, { rc: tokens.administrator, query });
      assert.equal(inShort(objectOf(json["callLogStats"])), "3 1 1 2 2.5 2", said);
      assert.deepEqual(json["smsLogStats"], { smsSentCount: 1, smsReceivedCount: 1, loggedMessageCount: 1 });
      assert.equal(json["returnMessage"], undefined);

      const own = await ask(PERSON, { rc: tokens.administrator, query: "rcExtensionId=~" });
      assert.equal(inShort(objectOf(own.json["callLogStats"])), "2 0 2 0 3 1", own.text);
    });

    test("texts that RingCentral does not show are said to be missing, not none", async (t) => {
      const { ann, ask, bob, tokens } = await anHour(t, database);
      ann.seesMessagesOfOthers = false;
      const { json } = await ask(PERSON, { rc: tokens.administrator, query: `rcExtensionId=${bob.id}` });
      assert.equal(json["smsLogStats"], undefined);
      assert.match(JSON.stringify(json["returnMessage"]), /warning.*|.*permission/);
      assert.equal(objectOf(json["callLogStats"])["inboundCallCount"], 3);
    });

    test("an administrator who has logged in at RingCentral once reads reports without a token; nobody else does", async (t) => {
      const there = await anHour(t, database);
      const { ann, ask, crm, databaseUrl, ringCentral, running } = there;
      assert.equal((await ask(COMPANY)).status, 403);
      const code = codeFor(there, ann);
      assert.deepEqual((await ask(CALLBACK, { query: `code=${code}` })).json, { successful: true });
      assert.equal(inShort(itemsIn(await ask(COMPANY))["Company"]), "3 2 2 1 4.5 2");
      const colleague = await ask(COMPANY, { jwt: crm.ben });
      assert.deepEqual([colleague.status, colleague.text.startsWith("Only an administrator")], [403, true]);

      const [kept] = await rowsOf(databaseUrl, "select * from administrator_logins");
      assert.match(String(kept?.["access"]), /^v1\./);
      const secrets = running.logs.filter((line) => /rc-(?:access|refresh|code)-/.test(line));
      assert.deepEqual(secrets, []);

      // A token that is over before its time is renewed, once for all who ask.
      ringCentral.grants.expireAccessTokens();
      const answers = await Promise.all([ask(COMPANY), ask(COMPANY), ask(PERSON, { query: "rcExtensionId=~" })]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200],
        answers.map((one) => one.text).join("\n"),
      );

      await ask("POST /unAuthorize");
      assert.deepEqual(await rowsOf(databaseUrl, "select * from administrator_logins"), []);
      assert.equal((await ask(COMPANY, { jwt: await logIn(running) })).status, 403);
    });

    test("whom administrators have mapped to their own extension reads with the login for logging without a browser", async (t) => {
      const there = await anHour(t, database);
      const { accountHash, ann, ask, bob, crm, ringCentral, running, tokens } = there;
      const jwt = ringCentral.grants.newJwt(ann);
      const login = await running.send("POST", `/server-logging/login?jwtToken=${crm.ben}`, { jwt });
      assert.equal(login.status, 200, login.text);
      const mapped = (rcExtensionId: number) =>
        ask("POST /admin/settings", {
          rc: tokens.administrator,
          body: { adminSettings: { userMappings: [{ crmUserId: "1", rcExtensionId: String(rcExtensionId) }] } },
        });
      await mapped(bob.id);
      assert.equal((await ask(COMPANY)).status, 403);
      await mapped(ann.id);
      assert.equal(inShort(itemsIn(await ask(COMPANY))["Company"]), "3 2 2 1 4.5 2");
      // Whoever brought the login is not asked for who they are: the mapping says it.
      await ask("GET /user/settings", { jwt: crm.ben, query: `rcAccountId=${accountHash}` });
      assert.equal((await ask(COMPANY, { jwt: crm.ben })).status, 403);
    });

    test("the login outlives a restart and a new key, and who is no administrator any more reads nothing with it", async (t) => {
      const keys = (key: string) => ({ TRUNKLINE_ENCRYPTION_KEYS: key });
      const there = await anHour(t, database, keys("the old key"));
      const { ann, ask, crm, databaseUrl, environment, running } = there;
      await ask(CALLBACK, { query: `code=${codeFor(there, ann)}` });
      await running.close();
      const both = { ...environment, DATABASE_URL: databaseUrl, ...keys("the new key,the old key") };
      const store = await openStore(loadConfig(both, []));
      await store.keyRotation.sealAnew(() => undefined);
      await store.keyRotation.retireOlderKeys();
      await store.database.close();
      const again = async () => {
        const restarted = await runTrunkline(t, {
          environment: { ...environment, ...keys("the new key") },
          folder: running.folder,
        });
        const answer = await restarted.send("GET", `/ringcentral/admin/report?jwtToken=${crm.ann}`);
        await restarted.close();
        return answer;
      };
      assert.equal(inShort(itemsIn(await again())["Company"]), "3 2 2 1 4.5 2");
      ann.isAdministrator = false;
      const refused = await again();
      assert.deepEqual([refused.status, refused.text.startsWith("Only an administrator")], [403, true], refused.text);
    });

    test("agents, made-up codes and codes for elsewhere are not logged in, and whoever tries too often has to wait", async (t) => {
      const there = await anHour(t, database);
      const { ask, ann, bob, crm, databaseUrl, ringCentral } = there;
      const asBen = (code: string) => ask(CALLBACK, { jwt: crm.ben, query: `code=${code}` });
      const agent = await asBen(codeFor(there, bob));
      assert.deepEqual([agent.status, agent.text.startsWith("Only an administrator")], [403, true], agent.text);
      const elsewhere = ringCentral.grants.newCode(ann, "https://elsewhere.example.com/ringcentral/oauth/callback");
      for (const code of ["made-up", elsewhere, "made-up"]) assert.equal((await asBen(code)).status, 400);
      const often = await asBen("made-up");
      assert.deepEqual([often.status, often.headers.get("retry-after")], [503, "60"], often.text);
      assert.deepEqual(await rowsOf(databaseUrl, "select * from administrator_logins"), []);
      // Others are not held up.
      assert.equal((await ask(CALLBACK, { query: `code=${codeFor(there, ann)}` })).status, 200);
    });

    test("another account's administrator is told of their own calls alone, and of no record of ours", async (t) => {
      const { ask, bob, eve, ringCentral, tokens, queued } = await anHour(t, database);
      ringCentral.state.addCall(eve, { sessionId: queued.sessionId, startTime: queued.startTime });
      const report = await ask(COMPANY, { rc: tokens.otherAdministrator });
      assert.equal(itemsIn(report)["Company"]?.["inboundCallCount"], 1);
      const theirs = await ask(PERSON, { rc: tokens.otherAdministrator, query: `rcExtensionId=${bob.id}` });
      assert.deepEqual([theirs.status, theirs.text], [400, "rcExtensionId names nobody in your RingCentral account."]);
    });

    test("times are meant in the zone that is named, and what is wrong is said by name", async (t) => {
      const { ann, ask, ringCentral, tokens } = await administration(t, database);
      const noon = new Date();
      noon.setUTCDate(noon.getUTCDate() - 2);
      const day = noon.toISOString().slice(0, 10);
      // Midnight in Kathmandu is at 18:15 UTC of the day before.
      ringCentral.state.addCall(ann, { startTime: Date.parse(`${day}T00:00Z`) - 6 * HOUR });
      ringCentral.state.addCall(ann, { startTime: Date.parse(`${day}T00:00Z`) - 5 * HOUR });
      const rc = tokens.administrator;
      const counted = async (query: string) =>
        itemsIn(await ask(COMPANY, { rc, query }))["Company"]?.["inboundCallCount"];
      assert.equal(await counted(`timezone=Asia/Kathmandu&timeFrom=${day}&timeTo=${day}T12:00`), 1);
      assert.equal(await counted(`timeFrom=${day}&timeTo=${day}T12:00`), 0);
      assert.equal(await counted(`timeFrom=${day}T00:00:00 05:45&timeTo=${day}T12:00:00Z`), 1);

      const wrong: [query: string, says: RegExp][] = [
        ["timezone=Mars/Olympus", /^timezone must be the name of a time zone/],
        ["timeFrom=yesterday", /^timeFrom must be a time/],
        ["timeTo=2026-13-45", /^timeTo must be a time/],
        ["timeFrom=2026-02-02&timeTo=2026-02-01", /^timeTo must be later than timeFrom/],
        ["timeFrom=2026-01-01&timeTo=2026-06-01", /^timeFrom and timeTo may be 92 days apart at most/],
        ["groupBy=constructor", /^groupBy must be one of Company, CompanyNumbers, Users/],
        ["groupBy=Users&groupBy=Queues", /^groupBy must be given once/],
      ];
      for (const [query, says] of wrong) {
        const { status, text: said } = await ask(COMPANY, { rc, query });
        assert.equal(status, 400, query);
        assert.match(said, says);
      }
      assert.match((await ask(PERSON, { rc })).text, /^rcExtensionId is required/);
    });

    test("while RingCentral is away, the answer says so and when to ask again", async (t) => {
      const { ask, ringCentral, tokens } = await administration(t, database);
      ringCentral.faults.order({ match: "GET /restapi/v1.0/account/~/call-log", kind: "answer", status: 503 });
      const away = await ask(COMPANY, { rc: tokens.administrator });
      assert.deepEqual([away.status, away.headers.get("retry-after")], [503, "5"]);
      assert.match(away.text, /RingCentral.*Please try again\.$/);
    });
  });
}
