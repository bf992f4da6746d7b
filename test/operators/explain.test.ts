/** `trunkline explain`: how a number is read, who is known to have it and for how long, and what the CRMs are asked. */

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { requestsSeenByTheCrm } from "../contract/oauth-login.ts";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { logIn, setFaults } from "../support/trunkline.ts";
import { workplace } from "../support/processes.ts";
import { deployed } from "./deployment.ts";
import { own } from "./own-requests.ts";

const LUKE = "+16505551212";

for (const database of await testDatabases()) {
  await suite(`trunkline explain on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("what is known of a number is said for each user, with its age and for how long it counts, and nothing is sent", async (t) => {
      const { explained, lookUp, running } = await withCrm(t, database);
      await logIn(running, "demo-key-2");
      await lookUp(LUKE);
      await running.send("POST", `/contact?jwtToken=${await logIn(running)}`, {
        phoneNumber: LUKE,
        newContactName: "Luke's Desk",
      });
      const before = await requestsSeenByTheCrm(running);
      const text = await explained("(650) 555-1212", "--format", "(***) ***-****");
      assert.match(text, /^E\.164 +\+16505551212\nCountry +US\nNational +6505551212\n/m);
      assert.match(text, /^Spellings +\+16505551212 {3}\(650\) 555-1212$/m);
      assert.match(text, /^ {2}Ann Operator +demo +1 +a search +\d+ s +for 4 min more$/m);
      assert.match(text, /^ {2}Ann Operator +demo +\d+ +created here +\d+ s +for 14 min more$/m);
      assert.match(text, /^ {2}Ann Operator .*\n {4}Nothing for 4 min more: the index answers\. /m);
      const asked = /^ {2}Ben Backup .*\n {4}GET \S+\/api\/contacts\?phone=%2B16505551212&limit=\d+$/m;
      assert.match(text, asked);
      assert.match(text, /^ {2}Nothing was sent\. /m);
      assert.doesNotMatch(text, /Skywalker|Desk/, "names of contacts are for a user whom somebody chose");
      assert.deepEqual(await requestsSeenByTheCrm(running), before);
      const ofAnn = await explained(LUKE, "--user", "ann");
      assert.match(ofAnn, /1 Luke Skywalker/);
      assert.doesNotMatch(ofAnn, /Ben Backup/);
    });

    test("nobody is told apart from somebody, and asking shows each request, its outcome and its time", async (t) => {
      const { explained, lookUp, running } = await withCrm(t, database);
      await lookUp("+12025550187");
      assert.match(
        await explained("+12025550187"),
        /^ {2}Ann Operator +demo +nobody +a search +\d+ s +for \d+ s more$/m,
      );

      const found = await explained(LUKE, "--ask", "--user", "1");
      assert.match(found, /^ {4}GET \S+\/api\/contacts\?phone=%2B16505551212&limit=\d+ {3}answered in \d+ ms$/m);
      assert.match(found, /^ {4}GET \S+\/api\/deals\?contactId=1&limit=\d+ {3}answered in \d+ ms$/m);
      assert.match(found, /^ {4}→ 1 contact: 1 Luke Skywalker, Contact$/m);
      assert.doesNotMatch(await explained(LUKE, "--ask"), /Skywalker/);

      await setFaults(running, { match: "GET /api/contacts", kind: "500", times: 10 });
      const failed = await explained(LUKE, "--ask");
      assert.match(failed, /\/api\/contacts\?\S+ {3}crm-unavailable \(500\) in \d+ ms\n {4}→ Demo CRM /);
    });

    test("a connector that sends its requests by itself is not run before somebody says --ask", async (t) => {
      const { environment, running } = await deployed(t, database, { connectors: [demo, own] });
      const login = { platform: "own", apiKey: "demo-key", hostname: "localhost" };
      assert.equal((await running.send("POST", "/apiKeyLogin?state=platform=own", login)).status, 200);
      const { folder, trunkline } = workplace(t);
      writeFileSync(
        join(folder, "own.ts"),
        `export { own } from ${JSON.stringify(new URL("own-requests.ts", import.meta.url).href)};`,
      );
      const options = { environment: { ...environment, DEMO_CRM: "off", DEMO_API_URL: running.demoCrmUrl } };
      const words = ["explain", LUKE, "--platform", "own", "--connector", "./own.ts"];
      const { stdout } = await trunkline(words, options).exit;
      assert.match(stdout, /^ {4}→ This connector sends its requests by itself: only --ask can show them\.$/m);
      const asked = await trunkline([...words, "--ask"], options).exit;
      assert.match(asked.stdout, /^ {4}GET \S+\/by-itself {3}answered in 7 ms\n {4}→ It failed: found nobody$/m);
    });

    test("a script is told the same", async (t) => {
      const { explained, lookUp } = await withCrm(t, database);
      await lookUp(LUKE);
      const told: Record<string, unknown> = {
        ...Object(JSON.parse(await explained("030 123456", "--country", "de", "--json"))),
      };
      assert.deepEqual(told["number"], {
        raw: "030 123456",
        e164: "+4930123456",
        country: "DE",
        national: "30123456",
        digits: "4930123456",
        extension: null,
      });
      assert.deepEqual(told["index"], { key: "+4930123456", rows: [] });
      const luke = await explained(LUKE, "--json");
      assert.match(luke, /"contactId": "1",\s+"origin": "search",[^}]*"fresh": true/);
      assert.match(luke, /"indexAnswersUntil": "20/);
    });

    test("a logged-out user's CRM is not asked, and what cannot be explained is answered with a sentence", async (t) => {
      const { explained, ran } = await withCrm(t, database);
      for (const [words, sentence] of [
        [["hello"], /^"hello" holds no telephone number/],
        [[LUKE, "--country", "XX"], /^--country XX is no country/],
        [[LUKE, "--user", "nobody"], /^There is no user "nobody"\./],
        [[LUKE, "--limit", "0"], /^These arguments are not understood\. --limit is a number from 1 to 100\./],
        [[], /^These arguments are not understood\.\n\nUsage: trunkline explain <number> /],
      ] as const) {
        const { code, stderr, stdout } = await ran("explain", ...words);
        assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        assert.match(stderr, sentence);
      }
      await ran("users", "disconnect", "demo", "1", "--yes");
      assert.match(await explained(LUKE), /^ {2}None: nobody is connected\.$/m);
      assert.match(await explained(LUKE, "--user", "1"), /^ {4}→ The user is logged out\.$/m);
    });
  });
}

/** A deployment whose command line knows where the Demo CRM is. */
async function withCrm(t: TestContext, database: TestDatabase) {
  const { environment, running, token } = await deployed(t, database);
  const { trunkline } = workplace(t);
  const beside = { ...environment, DEMO_CRM: "off", DEMO_API_URL: running.demoCrmUrl };
  const ran = (...words: string[]) => trunkline(words, { environment: beside }).exit;
  return {
    running,
    ran,
    lookUp: (number: string) => running.send("GET", `/contact?phoneNumber=${number}&jwtToken=${token}`),
    async explained(...words: string[]): Promise<string> {
      const { code, stderr, stdout } = await ran("explain", ...words);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
      return stdout;
    },
  };
}
