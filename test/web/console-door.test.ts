/** The console's door: who comes in, how long it stays open, and what another site cannot do. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testDatabases } from "../support/databases.ts";
import { runTrunkline } from "../support/trunkline.ts";
import { ADMIN_ENVIRONMENT, ADMIN_TOKEN, adminOf, enter, FROM_THE_PAGE } from "./admin.ts";

const READ = ["overview", "activity", "connections", "entries?list=refused", "entries/x", "day", "search?text=1"];
const CHANGED = ["entries/x/content", "entries/x/retry", "entries/x/drop", "retry-refused"];

await suite("the console's door", { concurrency: 4 }, () => {
  test("the page is for everybody; what it shows is for whoever has the cookie", async (t) => {
    const running = await runTrunkline(t, { environment: ADMIN_ENVIRONMENT });
    const page = await running.send("GET", "/console");
    assert.equal(page.status, 200, page.text);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(page.text, /style=|<script(?! type="module" src=)|onclick/);
    assert.equal((await running.send("GET", "/console/session")).text, '{"isIn":false}');
    for (const path of READ) assert.equal((await running.send("GET", `/console/api/${path}`)).status, 401, path);
    assert.equal((await running.send("GET", "/console/events")).status, 401);
    for (const path of CHANGED) {
      assert.equal((await running.send("POST", `/console/api/${path}`, {}, FROM_THE_PAGE)).status, 401, path);
    }
    const forged = `trunkline_console=${Date.now() + 1e9}.AAAAAAAAAAAAAAAA.AAAAAAAA`;
    const answer = await running.send("GET", "/console/api/overview", undefined, { cookie: forged });
    assert.deepEqual([answer.status, answer.text], [401, "Please enter the admin token."]);
  });

  test("the admin token is exchanged for a cookie that no script and no other site can use", async (t) => {
    const running = await runTrunkline(t, { environment: ADMIN_ENVIRONMENT });
    const { status, headers, text } = await enter(running, ` ${ADMIN_TOKEN} `);
    assert.equal(status, 200, text);
    const cookie = headers.get("set-cookie") ?? "";
    assert.match(cookie, /^trunkline_console=[\w.-]+; Max-Age=43200; Path=\/console; HttpOnly; SameSite=Strict$/);
    assert.doesNotMatch(cookie + text, new RegExp(ADMIN_TOKEN));
    assert.equal(headers.get("cache-control"), "no-store");
    const { cookie: own } = await adminOf(running);
    assert.equal((await running.send("GET", "/console/session", undefined, { cookie: own })).text, '{"isIn":true}');
    const out = await running.send("POST", "/console/logout", {}, { cookie: own, ...FROM_THE_PAGE });
    assert.match(out.headers.get("set-cookie") ?? "", /^trunkline_console=; Max-Age=0; Path=\/console;.*1970/);
    assert.doesNotMatch(running.logs.join("\n"), new RegExp(`${ADMIN_TOKEN}|${own}`));
  });

  test("behind https the cookie travels over nothing else", async (t) => {
    const environment = { ...ADMIN_ENVIRONMENT, APP_SERVER: "https://phone.example" };
    const running = await runTrunkline(t, { environment });
    const { headers } = await enter(running, ADMIN_TOKEN, { origin: "https://phone.example" });
    assert.match(headers.get("set-cookie") ?? "", /; HttpOnly; Secure; SameSite=Strict$/);
  });

  test("a session ends with the admin token that opened it, and holds on every server that shares it", async (t) => {
    const environment = {
      ...ADMIN_ENVIRONMENT,
      HASH_KEY: "one hash key",
      DEMO_CRM: "off",
      DEMO_API_URL: "http://127.0.0.1:1",
    };
    const [first, second, changed, otherServer] = await Promise.all(
      [
        environment,
        environment,
        { ...environment, TRUNKLINE_ADMIN_TOKEN: "another admin token" },
        { ...environment, HASH_KEY: "another" },
      ].map((given) => runTrunkline(t, { environment: given })),
    );
    assert.ok(first && second && changed && otherServer);
    const { cookie } = await adminOf(first);
    const statusAt = async (running: typeof first) =>
      (await running.send("GET", "/console/api/overview", undefined, { cookie })).status;
    assert.deepEqual([await statusAt(second), await statusAt(changed), await statusAt(otherServer)], [200, 401, 401]);
  });

  test("after ten wrong tokens even the right one has to wait", async (t) => {
    const running = await runTrunkline(t, { environment: ADMIN_ENVIRONMENT });
    for (let tries = 0; tries < 10; tries += 1) {
      const { status, text } = await enter(running, `guess ${tries}`);
      assert.deepEqual(
        [status, text],
        [401, "This is not the admin token. It is TRUNKLINE_ADMIN_TOKEN of this server."],
      );
    }
    const { status, text, headers } = await enter(running, ADMIN_TOKEN);
    assert.equal(status, 429);
    assert.match(text, /^Too many wrong tokens came from here\. Please wait 10 min and try again\.$/);
    assert.equal(headers.get("retry-after"), "600");
    assert.doesNotMatch(running.logs.join("\n"), /guess/);
  });

  test("a change that another site asked for is refused, whatever cookie it carries", async (t) => {
    const running = await runTrunkline(t, { environment: ADMIN_ENVIRONMENT });
    const { cookie } = await adminOf(running);
    const foreign: Record<string, string>[] = [
      {},
      { ...FROM_THE_PAGE, origin: "https://evil.example" },
      { ...FROM_THE_PAGE, origin: "null" },
      { ...FROM_THE_PAGE, "sec-fetch-site": "same-site" },
      { ...FROM_THE_PAGE, "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      for (const path of ["/console/api/retry-refused", "/console/login", "/console/logout"]) {
        const body = { before: Date.now(), token: ADMIN_TOKEN };
        const { status, text } = await running.send("POST", path, body, { cookie, ...headers });
        assert.equal(status, 403, `${path} ${JSON.stringify(headers)}`);
        assert.match(text, /did not come from the console's own page/);
      }
    }
    const own = { cookie, ...FROM_THE_PAGE, origin: running.url, "sec-fetch-site": "same-origin" };
    assert.equal((await running.send("POST", "/console/api/retry-refused", { before: 1 }, own)).status, 200);
    const asked = await running.send("OPTIONS", "/console/api/retry-refused", undefined, {
      origin: "https://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-trunkline-console",
    });
    assert.doesNotMatch(asked.headers.get("access-control-allow-headers") ?? "", /x-trunkline-console/);
    assert.equal(asked.headers.get("access-control-allow-credentials"), null);
  });

  test("no route of the console is in the document of the contract", async (t) => {
    const running = await runTrunkline(t, { environment: ADMIN_ENVIRONMENT });
    assert.doesNotMatch((await running.send("GET", "/openapi.json")).text, /"\/console/);
  });
});

for (const database of (await testDatabases()).filter(({ name }) => name === "PostgreSQL")) {
  test(
    "without an admin token there is no console, and it is said how to get one",
    { skip: database.skip },
    async (t) => {
      const running = await runTrunkline(t, { environment: await database.environment(t) });
      for (const path of ["/console", "/console/", "/console/api/overview", "/console/events"]) {
        const { status, text } = await running.send("GET", path);
        assert.equal(status, 404, path);
        assert.match(text, /^The console is off: .* Set TRUNKLINE_ADMIN_TOKEN to one of at least 16 characters/);
      }
      assert.equal((await enter(running, "")).status, 404);
    },
  );
}
