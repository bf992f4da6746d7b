/** Registering plugins: who may, at which addresses, what is kept of it, and that the answers fit App Connect's document. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { loadConfig } from "../../src/config.ts";
import { openStore } from "../../src/open-store.ts";
import { createPluginHttp } from "../../src/plugins/plugin-http.ts";
import { createReachableAddresses, UnreachableAddressError } from "../../src/plugins/reachable-addresses.ts";
import { appConnectDocument, skipWithoutDocuments } from "../contract/app-connect-document.ts";
import { newCall } from "../contract/calls.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { testDatabases } from "../support/databases.ts";
import { runTrunkline, until, type WireAnswer } from "../support/trunkline.ts";
import { administration } from "./administration.ts";
import { samplePlugin, signed } from "./sample-plugin.ts";

const ADDRESS = "https://plugins.example.com/notes";

for (const database of await testDatabases()) {
  void suite(`registering plugins on ${database.name}`, { skip: database.skip }, () => {
    test("the secret is told once, kept sealed, and new with every registration", async (t) => {
      const { ask, tokens, databaseUrl, running } = await administration(t, database);
      const body = { pluginId: "notes", address: ADDRESS };
      const first = await ask("POST /plugin/register", { rc: tokens.administrator, body });
      const second = await ask("POST /plugin/register", { rc: tokens.administrator, body });
      const secrets = [first, second].map(({ json }) => String(json["signingSecret"]));
      assert.notEqual(secrets[0], secrets[1]);
      for (const secret of secrets) {
        assert.match(secret, /^[\w-]{43}$/);
        assert.deepEqual(
          running.logs.filter((line) => line.includes(secret)),
          [],
        );
      }
      const [kept, ...others] = await rowsOf(databaseUrl, "select * from plugins");
      assert.match(String(kept?.["secret"]), /^v1\./);
      assert.deepEqual([kept?.["address"], kept?.["mode"], kept?.["logs"]], [ADDRESS, "sync", "calls and messages"]);
      assert.deepEqual(others, []);
    });

    test("another account's name is refused, and another account's administrator reaches nothing of ours", async (t) => {
      const { ask, tokens, databaseUrl, account, accountHash, eve } = await administration(t, database);
      const body = { pluginId: "notes", address: ADDRESS };
      const own = [String(account.id), account.id, accountHash];
      for (const rcAccountId of own) {
        const answer = await ask("POST /plugin/register", { rc: tokens.administrator, body: { ...body, rcAccountId } });
        assert.equal(answer.status, 200, answer.text);
      }
      const foreign = { ...body, rcAccountId: eve.accountId };
      const refused = await ask("POST /plugin/register", { rc: tokens.administrator, body: foreign });
      assert.equal(refused.status, 403, refused.text);
      const query = "pluginId=notes";
      const elsewhere = await ask("DELETE /plugin/unregister", { rc: tokens.otherAdministrator, query });
      assert.equal(elsewhere.status, 200);
      const asOurs = await ask("DELETE /plugin/unregister", {
        rc: tokens.otherAdministrator,
        query: `${query}&rcAccountId=${accountHash}`,
      });
      assert.equal(asOurs.status, 403);
      assert.equal((await rowsOf(databaseUrl, "select id from plugins")).length, 1);
      await ask("DELETE /plugin/unregister", { rc: tokens.administrator, query });
      assert.equal((await rowsOf(databaseUrl, "select id from plugins")).length, 0);
    });

    test("the licence of a registered plugin is in order; of any other nothing is known", async (t) => {
      const { ask, tokens } = await administration(t, database);
      const body = { pluginId: "notes", address: ADDRESS };
      await ask("POST /plugin/register", { rc: tokens.administrator, body });
      const known = await ask("GET /plugin/licenseStatus", { query: "pluginId=notes&rcAccountId=1" });
      assert.equal(known.json["licenseStatus"], true);
      assert.equal((await ask("GET /plugin/licenseStatus", { query: "pluginId=other" })).text, "null");
    });

    test("with a new key, secrets and tasks are sealed anew and still open", async (t) => {
      const keys = (key: string) => ({ TRUNKLINE_ENCRYPTION_KEYS: key });
      const there = await administration(t, database, { environment: keys("the old key") });
      const plugin = await samplePlugin(t);
      plugin.does(() => ({ status: 503 }));
      const body = { pluginId: "notes", address: plugin.address, isAsync: true };
      const { json } = await there.ask("POST /plugin/register", { rc: there.tokens.administrator, body });
      await there.ask("POST /callLog", { body: newCall("s1") });
      await until(() => Promise.resolve(plugin.seen[0]));
      await there.running.close();

      const environment = { ...there.environment, DATABASE_URL: there.databaseUrl };
      const store = await openStore(loadConfig({ ...environment, ...keys("the new key,the old key") }, []));
      await store.keyRotation.sealAnew(() => undefined);
      const uses = (await store.keyRotation.uses()).filter(({ holds }) => holds === "plugins");
      await store.keyRotation.retireOlderKeys();
      await store.database.close();
      assert.deepEqual(
        uses.map(({ keyId, values }) => [keyId === store.keyRotation.keyIds[0], values]),
        [
          [true, 1],
          [true, 1],
        ],
      );

      const from = plugin.seen.length;
      const folder = there.running.folder;
      await runTrunkline(t, { folder, environment: { ...there.environment, ...keys("the new key") } });
      const { headers, text } = await until(() => Promise.resolve(plugin.seen[from]));
      const proof = signed(text, String(json["signingSecret"]), Number(headers["trunkline-timestamp"]));
      assert.equal(headers["trunkline-signature"], proof["trunkline-signature"]);
    });

    test("in production, a plugin on this machine is not accepted", async (t) => {
      const { ask, tokens, databaseUrl } = await administration(t, database, { environment: { IS_PROD: "true" } });
      for (const address of ["http://127.0.0.1:8080/", "https://localhost/", "https://[::1]/", "https://127.9.9.9/"]) {
        const body = { pluginId: "notes", address };
        const { status, text } = await ask("POST /plugin/register", { rc: tokens.administrator, body });
        assert.equal(status, 400, address);
        assert.match(text, /^address must be (an https|a public) address\.$/);
      }
      assert.deepEqual(await rowsOf(databaseUrl, "select id from plugins"), []);
    });
  });
}

test("a registration that cannot work is refused by the field's name", async (t) => {
  const [sqlite] = await testDatabases();
  assert.ok(sqlite !== undefined);
  const { ask, tokens } = await administration(t, sqlite);
  const wrong: [body: object, sentence: RegExp][] = [
    [{ address: ADDRESS }, /^pluginId is required/],
    [{ pluginId: "a b", address: ADDRESS }, /^pluginId /],
    [{ pluginId: "a" }, /^address is required/],
    [{ pluginId: "a", address: "notes" }, /^address must be a web address/],
    [{ pluginId: "a", address: "http://plugins.example.com/" }, /^address must be an https address/],
    [{ pluginId: "a", address: "https://me:secret@plugins.example.com/" }, /^address must not hold a user name/],
    [{ pluginId: "a", address: "https://10.1.2.3/" }, /^address must be a public address/],
    [{ pluginId: "a", address: ADDRESS, supportedLogTypes: ["fax"] }, /^supportedLogTypes/],
  ];
  for (const [body, sentence] of wrong) {
    const { status, text } = await ask("POST /plugin/register", { rc: tokens.administrator, body });
    assert.equal(status, 400, text);
    assert.match(text, sentence);
  }
  for (let number = 1; number <= 10; number += 1) {
    const body = { pluginId: `plugin-${number}`, address: ADDRESS };
    assert.equal((await ask("POST /plugin/register", { rc: tokens.administrator, body })).status, 200);
  }
  const eleventh = { pluginId: "plugin-11", address: ADDRESS };
  const full = await ask("POST /plugin/register", { rc: tokens.administrator, body: eleventh });
  assert.deepEqual([full.status, /at most 10 plugins/.test(full.text)], [400, true]);
});

test("no plugin is at an address of somebody's own network, however it is written", () => {
  const { isReachable } = createReachableAddresses({ allowsLoopback: false });
  const inside = [
    [
      "127.0.0.1",
      "10.0.0.1",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
    ],
    ["224.0.0.1", "255.255.255.255", "198.18.0.1", "::", "::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "fc00::1"],
    ["fe80::1", "ff02::1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:db8::1", "2001::1", "not an address"],
  ].flat();
  assert.deepEqual(inside.filter(isReachable), []);
  const outside = ["8.8.8.8", "172.32.0.1", "192.167.255.255", "2606:4700::1111", "2a00:1450::1"];
  assert.deepEqual(
    outside.filter((address) => !isReachable(address)),
    [],
  );
});

test("a name that leads into one's own network is refused when it is resolved", async () => {
  const { lookup } = createReachableAddresses({ allowsLoopback: false });
  for (const all of [true, false]) {
    const refusal = await new Promise((resolve) => lookup("localhost", { all }, (error) => resolve(error)));
    assert.ok(refusal instanceof UnreachableAddressError, String(refusal));
  }
  const here = createReachableAddresses({ allowsLoopback: true });
  assert.equal(await new Promise((resolve) => here.lookup("localhost", {}, (error) => resolve(error))), null);
});

test("an address that was accepted outside production is not asked in production", async () => {
  const http = createPluginHttp({ allowsLoopback: false, observe: () => undefined });
  const addresses = ["http://127.0.0.1:1/", "https://2130706433/", "https://[::ffff:127.0.0.1]/", "https://10.0.0.1/"];
  for (const address of addresses) {
    const answer = await http.send({ pluginId: "inside", secret: "a secret", address }, "{}", 5_000);
    assert.match(answer.outcome === "failed" ? answer.reason : "answered", /^has an address that is not allowed here/);
  }
  await http.close();
});

test("the answers are those of App Connect's document", { skip: skipWithoutDocuments }, async (t) => {
  const [sqlite] = await testDatabases();
  const document = await appConnectDocument();
  assert.ok(sqlite !== undefined && document !== undefined);
  const { ask, tokens, running } = await administration(t, sqlite);
  const plugin = await samplePlugin(t);
  const problems: string[] = [];
  const check = (route: string, answer: WireAnswer, status: number) => {
    const [method = "", path = ""] = route.split(" ");
    assert.equal(answer.status, status, answer.text);
    const contentType = answer.headers.get("content-type") ?? "";
    problems.push(...document.problemsOf({ method, path, status, contentType, text: answer.text }));
    return answer;
  };
  const rc = tokens.administrator;
  const body = { pluginId: "notes", address: plugin.address, isAsync: true };
  const { json } = check("POST /plugin/register", await ask("POST /plugin/register", { rc, body }), 200);
  check("GET /plugin/licenseStatus", await ask("GET /plugin/licenseStatus", { query: "pluginId=notes" }), 200);
  await ask("POST /callLog", { body: newCall("s1") });
  const seen = await until(() => Promise.resolve(plugin.seen[0]));
  const callback = `/plugin/async-callback/${String(seen.json["asyncTaskId"])}`;
  const report = JSON.stringify({ successful: true, note: "noted" });
  const headers = signed(report, String(json["signingSecret"]));
  const route = "POST /plugin/async-callback/{taskId}";
  check(route, await running.send("POST", callback, report), 400);
  check(route, await running.send("POST", callback, report, headers), 200);
  check(route, await running.send("POST", callback, report, headers), 404);
  const query = "pluginId=notes";
  check("DELETE /plugin/unregister", await ask("DELETE /plugin/unregister", { rc, query }), 200);
  assert.deepEqual(problems, []);
});
