/** `trunkline start` and `trunkline demo-crm` as an operator meets them. */

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { workplace, until } from "../support/processes.ts";
import {
  activitiesIn,
  askJson,
  DEMO_CRM_LISTENING,
  LISTENING,
  logIn,
  lukesCall,
  stopped,
} from "../support/requests.ts";

const FREE_PORTS = { PORT: "0", DEMO_CRM_PORT: "0" };

suite("start", { concurrency: 4 }, () => {
  test("with nothing configured it answers, and what it prints to look at and to try works", async (t) => {
    const { trunkline } = workplace(t);
    const server = trunkline(["start"], { environment: FREE_PORTS });
    const url = await server.prints(LISTENING);
    const demoCrmUrl = await server.prints(/^The Demo CRM is on (\S+)$/m);
    assert.equal(await server.prints(/(\S+\/docs) /), `${url}/docs`);
    assert.equal(await server.prints(/(\S+\/crmManifest) /), `${url}/crmManifest`);
    await server.prints(/npm run demo/);
    const login = await server.prints(/^ {2}curl -X POST (\S+) -H 'content-type: application\/json' -d '{.*}'$/m);
    const { jwtToken } = await askJson("POST", login, JSON.parse(await server.prints(/ -d '({.*})'$/m)));
    const match = await server.prints(/^ {2}curl "(\S+)<the jwtToken>"$/m);
    const { contact } = await askJson("GET", `${match}${String(jwtToken)}`);
    assert.match(JSON.stringify(contact), /Luke Skywalker/);
    for (const route of ["/isAlive", "/is-alive"]) {
      assert.equal(await (await fetch(`${url}${route}`)).text(), "OK");
    }
    assert.equal((await fetch(`${url}/docs/`)).status, 200);
    assert.equal((await fetch(demoCrmUrl)).status, 200);
    const { platforms } = await askJson("GET", `${url}/crmManifest`);
    assert.deepEqual(Object.keys(platforms ?? {}), ["demo", "demoOAuth"]);
    await stopped(server);
  });

  test("secrets are made once, for their owner's eyes only, and a token outlives a restart", async (t) => {
    const { folder, trunkline } = workplace(t);
    const first = trunkline(["start"], { environment: FREE_PORTS });
    const token = await logIn(await first.prints(LISTENING));
    await stopped(first);
    const file = join(folder, "data", "secrets.json");
    const secrets = readFileSync(file, "utf8");
    assert.equal(statSync(file).mode & 0o777, 0o600);

    const second = trunkline(["start"], { environment: FREE_PORTS });
    const url = await second.prints(LISTENING);
    assert.equal(readFileSync(file, "utf8"), secrets);
    const { contact } = await askJson("GET", `${url}/contact?phoneNumber=+16505551212&jwtToken=${token}`);
    assert.match(JSON.stringify(contact), /Luke Skywalker/);
  });

  test("young objects get room, unless the operator said how much", async (t) => {
    const { trunkline } = workplace(t);
    const tells = "data:text/javascript,process.stdout.write(`Node has ${process.execArgv.join(' ')}\\n`)";
    const run = (more: Record<string, string>) =>
      trunkline(["start"], { node: ["--import", tells], environment: { ...FREE_PORTS, ...more } });
    const own = run({});
    await own.prints(/^Node has .* (--min-semi-space-size=8) /m);
    await own.prints(LISTENING);
    await stopped(own);
    assert.equal((await own.exit).stderr, "");
    const said = run({ NODE_OPTIONS: "--max-semi-space-size=2" });
    await said.prints(LISTENING);
    await stopped(said);
    assert.doesNotMatch((await said.exit).stdout, /--min-semi-space-size/);
  });

  test("Ctrl-C ends it with exit code 0, although a client keeps its connection open", async (t) => {
    const { trunkline } = workplace(t);
    const server = trunkline(["start"], { environment: FREE_PORTS });
    await logIn(await server.prints(LISTENING));
    server.kill("SIGINT");
    const { code, stderr } = await server.exit;
    assert.equal(code, 0);
    assert.equal(stderr, "");
  });

  test("a short secret is accepted outside production, with a warning", async (t) => {
    const { trunkline } = workplace(t);
    const environment = { ...FREE_PORTS, APP_SERVER_SECRET_KEY: "short" };
    const server = trunkline(["start"], { environment });
    await server.prints(LISTENING);
    server.kill("SIGTERM");
    const { code, stderr } = await server.exit;
    assert.equal(code, 0);
    assert.match(stderr, /^APP_SERVER_SECRET_KEY must have at least 32 bytes; .*\n$/);
  });
});

suite("the Demo CRM in a process of its own", { concurrency: 4 }, () => {
  test("is found by a Trunkline that is told its address", async (t) => {
    const { folder, trunkline } = workplace(t);
    const demoCrm = trunkline(["demo-crm"], { environment: { DEMO_CRM_PORT: "0", DEMO_CRM_FILE: "crm.db" } });
    const demoCrmUrl = await demoCrm.prints(DEMO_CRM_LISTENING);
    assert.equal(await demoCrm.prints(/DEMO_CRM=off DEMO_API_URL=(\S+)/), demoCrmUrl);

    const environment = { PORT: "0", DEMO_CRM: "off", DEMO_API_URL: demoCrmUrl };
    const server = trunkline(["start"], { environment });
    const url = await server.prints(LISTENING);
    const token = await logIn(url);
    const answer = await askJson("POST", `${url}/callLog?jwtToken=${token}`, lukesCall("1"));
    assert.equal(answer["successful"], true);
    const logged = await activitiesIn(demoCrmUrl);
    assert.deepEqual(
      logged.map(({ id }) => id),
      [answer["logId"]],
    );

    const { platforms } = await askJson("GET", `${url}/crmManifest`);
    assert.ok(JSON.stringify(platforms).includes(`${demoCrmUrl}/oauth/authorize`), "its OAuth server moved along");
    await stopped(server);
    await stopped(demoCrm);
    assert.ok(statSync(join(folder, "crm.db")).isFile());
  });

  test("keeps what it holds from one run to the next", async (t) => {
    const { trunkline } = workplace(t);
    const environment = { DEMO_CRM_PORT: "0", DEMO_CRM_FILE: "crm.db" };
    const authorization = `Basic ${btoa("demo-key:")}`;
    const first = trunkline(["demo-crm"], { environment });
    const firstUrl = await first.prints(DEMO_CRM_LISTENING);
    await askJson("POST", `${firstUrl}/api/activities`, { contactId: "1", subject: "kept" }, { authorization });
    await stopped(first);
    const second = trunkline(["demo-crm"], { environment });
    const secondUrl = await second.prints(DEMO_CRM_LISTENING);
    const kept = await until("hold the activity", () => activitiesIn(secondUrl));
    assert.deepEqual(
      kept.map(({ subject }) => subject),
      ["kept"],
    );
  });

  test("without it and without its address, no CRM is offered", async (t) => {
    const { trunkline } = workplace(t);
    const server = trunkline(["start"], { environment: { PORT: "0", DEMO_CRM: "off" } });
    const url = await server.prints(LISTENING);
    const answer = await fetch(`${url}/apiKeyLogin`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ platform: "demo", apiKey: "demo-key" }),
    });
    assert.equal(answer.status, 400);
    await stopped(server);
  });
});
