/** `trunkline import app-connect`: what another server knew is taken over once, and told; what is not taken, why. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import { createSigner } from "fast-jwt";
import { isJsonObject, type JsonObject } from "../../src/store/json.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { askCrm, logIn } from "../support/trunkline.ts";
import { appConnectServer, sealedThere } from "./app-connect-server.ts";
import { deployed } from "./deployment.ts";
import { rowsOf, wholeDatabase } from "./whole-database.ts";

const SECRET = "a secret that two servers share, long enough";
const ACCOUNT = "a".repeat(64);
const DAY = "11/20/2026";

/** As App Connect signs them: nothing but the id and the platform. */
function oldToken(id: string): string {
  const exp = Math.floor(Date.now() / 1000) + 30 * 24 * 60 * 60;
  return createSigner({ key: SECRET, algorithm: "HS256" })({ id, platform: "demo", exp });
}

async function moving(t: TestContext, database: TestDatabase, layout: "today" | "2024" = "today") {
  const peer = await appConnectServer(t, database, { layout });
  const deployment = await deployed(t, database, {
    environment: { APP_SERVER_SECRET_KEY: SECRET, HASH_KEY: "shared" },
  });
  const imported = async (...words: string[]): Promise<JsonObject> => {
    const report: unknown = JSON.parse(
      await deployment.prints("import", "app-connect", "--from", peer.url, "--json", ...words),
    );
    assert.ok(isJsonObject(report));
    return report;
  };
  return { ...deployment, peer, imported, url: deployment.environment["DATABASE_URL"] ?? "" };
}

/** "found taken here left" of each part. */
function figuresIn({ parts }: JsonObject): Record<string, string> {
  assert.ok(Array.isArray(parts));
  return Object.fromEntries(
    parts.filter(isJsonObject).map(({ alreadyHere, found, notTaken, part, taken }) => {
      const left = Array.isArray(notTaken) ? notTaken.reduce((sum: number, { count }) => sum + Number(count), 0) : "?";
      return [String(part), `${String(found)} ${String(taken)} ${String(alreadyHere)} ${left}`];
    }),
  );
}

function reasonsIn({ parts }: JsonObject): string {
  return JSON.stringify(parts);
}

for (const database of await testDatabases()) {
  await suite(`trunkline import on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("a dry run tells what there is and writes nothing; applied, it is there; again, nothing is taken twice", async (t) => {
      const { imported, peer, prints, url } = await moving(t, database);
      await peer.add("users", {
        id: "2-demo",
        platform: "demo",
        accessToken: "demo-key-2",
        hostname: "localhost",
        rcAccountId: ACCOUNT,
      });
      await peer.add("users", { id: "9-bullhorn", platform: "bullhorn", accessToken: "x" });
      await peer.add("users", {
        id: "8-pipedrive",
        platform: "pipedrive",
        accessToken: "x",
        hostname: "evil.example.com",
      });
      await peer.add("callLogs", {
        id: "c1",
        sessionId: "s1",
        platform: "demo",
        userId: "2-demo",
        thirdPartyLogId: "41",
        contactId: "1",
      });
      await peer.add("callLogs", {
        id: "c1",
        sessionId: "s1",
        extensionNumber: "102",
        platform: "demo",
        userId: "2-demo",
        thirdPartyLogId: "42",
      });
      await peer.add("callLogs", { id: "c2", sessionId: "s2", platform: "demo", userId: "2-demo" });
      await peer.add("callLogs", {
        id: "c3",
        sessionId: "s3",
        platform: "bullhorn",
        userId: "9-bullhorn",
        thirdPartyLogId: "7",
      });
      for (const id of ["m1", "m2"]) {
        await peer.add("messageLogs", {
          id,
          platform: "demo",
          userId: "2-demo",
          conversationId: "v",
          conversationLogId: `v/${DAY}`,
          thirdPartyLogId: "50",
        });
      }
      await peer.add("messageLogs", {
        id: "m3-7",
        platform: "demo",
        userId: "2-demo",
        conversationId: "g-7",
        conversationLogId: `g/${DAY}-7`,
        thirdPartyLogId: "51",
      });
      await peer.add("adminConfigs", {
        id: ACCOUNT,
        userSettings: { addCallLogNote: { value: false, customizable: false } },
        userMappings: [
          { crmUserId: "2", rcExtensionId: ["101", "102"] },
          { crmUserId: 3, rcExtensionId: "103" },
        ],
      });
      await peer.add("adminConfigs", { id: "b".repeat(64), userSettings: { x: { value: 1 } } });
      await peer.add("callDownLists", {
        id: "d1",
        userId: "2-demo",
        contactId: "1",
        status: "called",
        scheduledAt: "2026-12-01 09:00:00.000 +00:00",
        lastCallAt: "2026-12-01 09:05:00.000 +00:00",
      });
      await peer.add("callDownLists", { id: "d2", userId: "9-bullhorn", contactId: "1", status: "scheduled" });
      await peer.add("accountData", { rcAccountId: ACCOUNT, platformName: "demo", dataKey: "contact-+1", data: [] });

      const before = await wholeDatabase(url);
      const dry = await imported();
      assert.deepEqual(await wholeDatabase(url), before);
      const expected = {
        users: "3 1 0 2",
        calls: "4 1 0 3",
        conversations: "2 2 0 0",
        messages: "3 3 0 0",
        "admin settings": "2 1 0 1",
        "user mappings": "2 2 0 0",
        "call-down entries": "2 1 0 1",
        "login fields": "0 0 0 0",
        "OAuth clients": "0 0 0 0",
      };
      assert.deepEqual(figuresIn(dry), expected);
      assert.equal(dry["applied"], false);

      const applied = await imported("--apply");
      assert.deepEqual(figuresIn(applied), expected);
      assert.match(reasonsIn(applied), /There is no connector for bullhorn here: name it with --app-connect-connector/);
      assert.match(reasonsIn(applied), /The host is none of Pipedrive's/);
      assert.match(reasonsIn(applied), /Another row of the same user has this session/);
      const [user] = await rowsOf(url, "select * from users where crm_user_id = '2'");
      assert.equal(user?.["rc_account_id"], ACCOUNT);
      assert.doesNotMatch(JSON.stringify(user), /demo-key-2/);
      assert.equal((await rowsOf(url, "select * from user_mappings")).length, 3);
      assert.deepEqual(
        (await rowsOf(url, "select message_id from logged_messages order by 1")).map((row) => row["message_id"]),
        ["m1", "m2", "m3"],
      );

      const once = await wholeDatabase(url);
      await peer.add("messageLogs", {
        id: "m4",
        platform: "demo",
        userId: "2-demo",
        conversationId: "v",
        conversationLogId: `v/${DAY}`,
        thirdPartyLogId: "50",
      });
      const again = figuresIn(await imported("--apply"));
      assert.deepEqual(again, {
        users: "3 0 1 2",
        calls: "4 0 1 3",
        conversations: "2 0 2 0",
        messages: "4 1 3 0",
        "admin settings": "2 0 1 1",
        "user mappings": "2 0 2 0",
        "call-down entries": "2 0 1 1",
        "login fields": "0 0 0 0",
        "OAuth clients": "0 0 0 0",
      });
      assert.deepEqual(await wholeDatabase(url), once);

      const words = await prints("import", "app-connect", "--from", peer.url);
      assert.match(words, /^calls +4 +0 +1 +3$/m);
      assert.match(words, /Nothing was written\. Run it again with --apply to take it over\.\n$/);
    });

    test("people stay logged in, calls that were logged there are known, and their text is brought up to date", async (t) => {
      const { imported, peer, running } = await moving(t, database);
      const layout =
        "- Note: asked for a quote\n- Summary: Inbound Call from Luke\n- Duration: 12 seconds\n- Result: Call connected\n";
      const there = await askCrm(running, "POST", "/api/activities", {
        contactId: "1",
        subject: "From before",
        body: layout,
      });
      await peer.add("users", {
        id: "2-demo",
        platform: "demo",
        accessToken: "demo-key-2",
        hostname: "localhost",
        timezoneName: "Europe/Berlin",
        userSettings: { addCallLogResult: { value: true } },
      });
      await peer.add("callLogs", {
        id: "c1",
        sessionId: "s1",
        platform: "demo",
        userId: "2-demo",
        thirdPartyLogId: there["id"],
        contactId: "1",
      });
      await peer.add("callDownLists", {
        id: "d1",
        userId: "2-demo",
        contactId: "1",
        contactType: "Contact",
        status: "scheduled",
        scheduledAt: "2026-12-01 09:00:00.000 +00:00",
      });
      await imported("--apply");
      const as = (path: string) => `${path}${path.includes("?") ? "&" : "?"}jwtToken=${oldToken("2-demo")}`;
      const { logs } = (await running.send("GET", as("/callLog?sessionIds=s1,s9"))).json;
      assert.deepEqual(logs, [
        { sessionId: "s1", matched: true, logId: there["id"], contact: { id: "1" } },
        { sessionId: "s9", matched: false },
      ]);
      const patched = await running.send("PATCH", as("/callLog"), {
        sessionId: "s1",
        duration: 75,
        note: "asked for two quotes",
        subject: "From before",
      });
      assert.equal(patched.json["successful"], true, patched.text);
      const { body } = await askCrm(running, "GET", `/api/activities/${String(there["id"])}`);
      assert.equal(
        body,
        "- Note: asked for two quotes\n- Summary: From before\n- Duration: 1 minute, 15 seconds\n- Result: Call connected\n",
      );
      assert.deepEqual((await running.send("GET", as("/user/settings"))).json, { addCallLogResult: { value: true } });
      const { items } = (await running.send("GET", as("/calldown?status=not called"))).json;
      assert.deepEqual(
        Array.isArray(items) && items.map(({ contactId, id, scheduledAt }) => [id, contactId, scheduledAt]),
        [["d1", "1", "2026-12-01T09:00:00.000Z"]],
      );

      const repeated = await running.send("POST", as("/callLog"), {
        logInfo: { sessionId: "s1", direction: "Inbound" },
        contactId: "1",
        note: "",
      });
      assert.equal(repeated.json["logId"], there["id"]);
    });

    test("a conversation goes on where it was left, and logging in finds the same user", async (t) => {
      const { imported, peer, running, url } = await moving(t, database);
      const there = await askCrm(running, "POST", "/api/activities", {
        contactId: "1",
        subject: "SMS",
        body: "Luke 09:00 AM\nHello\n",
      });
      await peer.add("users", {
        id: "2-demo",
        platform: "demo",
        accessToken: "",
        hostname: "localhost",
        userSettings: { x: { value: 1 } },
      });
      await peer.add("messageLogs", {
        id: "m1",
        platform: "demo",
        userId: "2-demo",
        conversationId: "v",
        conversationLogId: `v/${DAY}`,
        thirdPartyLogId: there["id"],
      });
      await imported("--apply");
      assert.equal((await running.send("GET", `/user/settings?jwtToken=${oldToken("2-demo")}`)).status, 400);
      const token = await logIn(running, "demo-key-2");
      const [user, ...others] = await rowsOf(url, "select tenant, settings from users where crm_user_id = '2'");
      assert.deepEqual(others, []);
      assert.doesNotMatch(String(user?.["tenant"]), /imported/);
      assert.match(String(user?.["settings"]), /"x"/);
      const from = { phoneNumber: "+16505551212", name: "Luke" };
      const messages = ["m2", "m1"].map((id) => ({
        id,
        subject: `words of ${id}`,
        direction: "Inbound",
        from,
        creationTime: 1_790_000_000_000,
      }));
      const logInfo = { conversationId: "v", conversationLogId: `v/${DAY}`, messages, correspondents: [from] };
      const { json, text } = await running.send("POST", `/messageLog?jwtToken=${token}`, {
        logInfo,
        contactId: "1",
        contactName: "Luke",
      });
      assert.deepEqual(json["logIds"], ["m2"], text);
      const { body } = await askCrm(running, "GET", `/api/activities/${String(there["id"])}`);
      assert.match(String(body), /^Luke 09:00 AM\nHello\n[^]*words of m2/);
      assert.doesNotMatch(String(body), /words of m1/);
    });

    test("a database of 2024, before extensions were told apart, is understood", async (t) => {
      const { imported, peer } = await moving(t, database, "2024");
      await peer.add("users", { id: "2-demo", platform: "demo", accessToken: "demo-key-2", timezoneOffset: "+08:00" });
      await peer.add("callLogs", {
        id: "c1",
        sessionId: "s1",
        platform: "demo",
        userId: "2-demo",
        thirdPartyLogId: "41",
      });
      await peer.add("callLogs", { id: "c2", platform: "demo", userId: "2-demo", thirdPartyLogId: "42" });
      await peer.add("messageLogs", {
        id: "m1",
        platform: "demo",
        userId: "2-demo",
        conversationId: "v",
        thirdPartyLogId: "50",
      });
      const figures = figuresIn(await imported("--apply"));
      assert.deepEqual(figures, {
        users: "1 1 0 0",
        calls: "2 1 0 1",
        conversations: "1 1 0 0",
        messages: "1 1 0 0",
        "admin settings": "0 0 0 0",
        "user mappings": "0 0 0 0",
        "call-down entries": "0 0 0 0",
        "login fields": "0 0 0 0",
        "OAuth clients": "0 0 0 0",
      });
    });

    test("OAuth clients and login fields are taken for the one company that they open, and for no other", async (t) => {
      const { imported, peer, url } = await moving(t, database);
      const user = (id: string, rcAccountId: string, more: object) => {
        const platform = id.replace(/^\d+-/, "");
        return peer.add("users", { id, platform, accessToken: "x", rcAccountId, ...more });
      };
      const acme = { hostname: "acme.pipedrive.com", platformAdditionalInfo: { companyId: 77 } };
      await user("5-pipedrive", "401", acme);
      await user("6-clio", "401", { hostname: "app.clio.com" });
      await user("7-pipedrive", "402", { hostname: "app.clio.com.evil.example" });
      await user("8-pipedrive", "403", acme);
      await user("9-pipedrive", "403", { hostname: "other.pipedrive.com", platformAdditionalInfo: { companyId: 78 } });
      await user("2-demo", "404", { hostname: "localhost" });
      await user("3-pipedrive", "405", { ...acme, platformAdditionalInfo: { companyId: 79 } });
      const client = (platform: string, accessTokenUri: string) => ({
        clientId: `of ${platform}`,
        clientSecret: "never in clear",
        accessTokenUri,
        scopes: ["all"],
      });
      const filledIn = (
        rcAccountId: string,
        platformName: string,
        dataKey: string,
        values: object,
        secret = SECRET,
      ) => {
        const fields = Object.entries(values).map(([name, value]) => [name, sealedThere(value, secret)]);
        const data = { fields: Object.fromEntries(fields) };
        return peer.add("accountData", { rcAccountId, platformName, dataKey, data });
      };
      const key = "managed-oauth-account";
      const atPipedrive = client("pipedrive", "https://oauth.pipedrive.com/oauth/token");
      await filledIn("401", "pipedrive", key, atPipedrive);
      await filledIn("401", "clio", key, client("clio", "https://app.clio.com/oauth/token"));
      await filledIn("402", "pipedrive", key, atPipedrive);
      await filledIn("403", "pipedrive", key, atPipedrive);
      await filledIn("405", "pipedrive", key, atPipedrive, "another secret");
      await filledIn("405", "clio", key, client("clio", "https://app.clio.com/oauth/token"));
      await filledIn("404", "demo", "managed-auth-org", { serviceKey: "of all", region: "eu" });
      await filledIn("404", "bullhorn", "managed-auth-user:101", { apiKey: "x" });
      await peer.add("accountData", { rcAccountId: "404", platformName: "demo", dataKey: "pluginData", data: {} });
      await peer.add("accountData", {
        rcAccountId: "404",
        platformName: "demo",
        dataKey: "managed-auth-login-failure:101",
        data: { failedAt: "2026-11-20" },
      });

      const expected = { "login fields": "3 0 0 3", "OAuth clients": "6 2 0 4" };
      const { "login fields": fields, "OAuth clients": clients } = figuresIn(await imported());
      assert.deepEqual({ "login fields": fields, "OAuth clients": clients }, expected);
      const report = await imported("--apply");
      const reasons = reasonsIn(report);
      assert.match(
        reasons,
        /No user who was taken over names this RingCentral account, so it is not known which company/,
      );
      assert.match(reasons, /The account has users in several companies of this CRM/);
      assert.match(reasons, /It was sealed with another secret than the APP_SERVER_SECRET_KEY that is set here/);
      assert.match(reasons, /The login form here has no such field to fill in/);
      assert.match(JSON.stringify(report["notes"]), /Plugins are registered anew by an administrator \(1 of them\)/);

      const kept = await rowsOf(
        url,
        "select platform, tenant, client, expires_at from managed_oauth_clients order by 1",
      );
      assert.deepEqual(
        kept.map(({ expires_at: expiresAt, platform, tenant }) => [platform, tenant, expiresAt !== null]),
        [
          ["", null, true],
          ["pipedrive", "77", false],
        ],
      );
      assert.doesNotMatch(JSON.stringify(await wholeDatabase(url)), /never in clear|of pipedrive/);
      const once = await wholeDatabase(url);
      assert.equal(figuresIn(await imported("--apply"))["OAuth clients"], "6 0 2 4");
      assert.deepEqual(await wholeDatabase(url), once);
    });

    test("many rows are read page by page", async (t) => {
      const { imported, peer } = await moving(t, database);
      await peer.add("users", { id: "2-demo", platform: "demo", accessToken: "demo-key-2" });
      const numbers = Array.from({ length: 2_345 }, (_, at) => at);
      const values = numbers.map(
        (at) => `('c${at % 50}', 's${at}', '', '', 'demo', '${at}', '2-demo', '1', '2026-11-20', '2026-11-20')`,
      );
      await rowsOf(peer.url, `insert into "callLogs" values ${values.join(",")}`);
      assert.equal(figuresIn(await imported("--apply"))["calls"], "2345 2345 0 0");
      assert.equal(figuresIn(await imported("--apply"))["calls"], "2345 0 2345 0");
    });
  });
}

const wrong: [name: string, words: string[], says: RegExp][] = [
  ["no source", ["app-connect"], /--from says which database\.\n\nUsage: trunkline import app-connect/],
  ["another product", ["salesforce", "--from", "x"], /^These arguments are not understood\./],
  ["an address that is none", ["app-connect", "--from", "mysql://x"], /^--from must be sqlite:<path> or postgres:/],
  [
    "a file that is not there",
    ["app-connect", "--from", "sqlite:none.db"],
    /^--from names none\.db, where there is no file\./,
  ],
  [
    "a file that is no database",
    ["app-connect", "--from", "sqlite:notes.txt"],
    /^--from names notes\.txt, which is no SQLite/,
  ],
  [
    "our own database",
    ["app-connect", "--from", "sqlite:OWN"],
    /^--from names a database without App Connect's tables/,
  ],
  ["both ways at once", ["app-connect", "--from", "x", "--apply", "--dry-run"], /contradict each other/],
];

test("what cannot be read is answered with a sentence", async (t) => {
  const [sqlite] = await testDatabases();
  assert.ok(sqlite !== undefined);
  const { refuses, running } = await deployed(t, sqlite);
  await running.send("GET", "/isAlive");
  for (const [name, words, says] of wrong) {
    const own = words.map((word) =>
      word.replace("OWN", `${running.folder}/trunkline.db`).replace("notes.txt", new URL(import.meta.url).pathname),
    );
    const said = await refuses("import", ...own);
    assert.match(said.replaceAll(new URL(import.meta.url).pathname, "notes.txt"), says, name);
    assert.doesNotMatch(said, /^ +at /m);
  }
});
