/** Trunkline against the published documents: App Connect's on what a server answers, RingCentral's on what its records look like. */

import assert from "node:assert/strict";
import { suite, test, type TestContext } from "node:test";
import * as fc from "fast-check";
import { CONNECTORS } from "../../src/connectors/index.ts";
import { anotherManaged } from "../admin/managed-login.ts";
import { samplePlugin, signed } from "../admin/sample-plugin.ts";
import type { JsonObject } from "../../src/store/json.ts";
import { company } from "../support/company.ts";
import { askCrm, runTrunkline, until } from "../support/trunkline.ts";
import { appConnectDocument, ringCentralDocument, skipWithoutDocuments } from "./app-connect-document.ts";
import { conversation, LUKE, newCall } from "./calls.ts";
import { DEVIATIONS } from "./deviations.ts";
import { exchange } from "./exchange.ts";
import { EXAMPLES_REFUSED } from "./document-examples.ts";
import { EXCHANGES } from "./exchanges.ts";
import { connectedExtension, type Extension, extensionAt, objectOf, textOf } from "./extension.ts";
import { enrichedCall, enrichedMessage, RC_TOKEN, recordOf } from "./ring-central-records.ts";

void suite("the vendors' published documents", { skip: skipWithoutDocuments }, () => {
  test("every route is visited, and no answer differs from App Connect's document but as listed", async (t) => {
    const problemsSeen = new Set<string>();
    const routesSeen = new Set<string>();
    const routesThatSucceeded = new Set<string>();
    const { ann: administrator, bob: agent, ringCentral, tokens } = await company(t);
    const people = { administrator, agent };
    const codeFor = (who: keyof typeof people, redirectUri: string) =>
      ringCentral.grants.newCode(people[who], redirectUri);
    const running = await runTrunkline(t, {
      environment: { ...ringCentral.environment, PIPEDRIVE_CLIENT_ID: "an app", PIPEDRIVE_CLIENT_SECRET: "its secret" },
      connectors: [...CONNECTORS, anotherManaged()],
    });
    const stranger = extensionAt(running, (route, status, problems) => {
      routesSeen.add(route);
      if (status === 200) routesThatSucceeded.add(route);
      for (const problem of problems) problemsSeen.add(problem);
    });
    const ann = await stranger.logIn("demo-key");
    await reportOfPlugin(t, ann, tokens.administrator);
    for (const wanted of EXCHANGES) {
      const { status, text } = await exchange(ann, wanted, { ...tokens, codeFor });
      const what = `${wanted.as ?? "Ann"} ${wanted.route} ${JSON.stringify(wanted.body)?.slice(0, 200) ?? ""}: ${status} ${text.slice(0, 300)}`;
      assert.equal(status, wanted.status, what);
      assert.match(text, wanted.says, what);
    }

    const document = await appConnectDocument();
    assert.ok(document !== undefined);
    const paths = objectOf((await stranger.running.send("GET", "/openapi.json")).json["paths"]);
    for (const { name, takesSession } of document.operations) {
      const [method = "", path = ""] = name.split(" ");
      const { security } = operationAt(paths, path, method);
      if ((security !== undefined) === takesSession) continue;
      problemsSeen.add(
        `${name} ${takesSession ? "is for users alone" : "is for whoever has no session"} in the document`,
      );
    }
    const backAgain = await stranger.logIn("demo-key");
    for (const { examples, name } of document.operations) {
      for (const [at, example] of examples.entries()) {
        const [method = "", path = ""] = name.split(" ");
        const holding = { "x-rc-access-token": tokens.administrator };
        const { status, text } = await backAgain.ask(
          `${method} ${path.replace(/\{\w+\}/, "999")}`,
          "platform=demo",
          example,
          holding,
        );
        const { [`${name} ${at}`]: known = { status: 200, says: /./ } } = EXAMPLES_REFUSED;
        assert.equal(status, known.status, `${name}, example ${at}: ${text}`);
        assert.match(text, known.says);
      }
    }

    await t.test("a deviation that is listed still occurs, or it is taken off the list", () => {
      assert.deepEqual([...problemsSeen].toSorted(), DEVIATIONS.map(({ problem }) => problem).toSorted());
      for (const { problem, why } of DEVIATIONS) assert.ok(why.length > 20, problem);
    });

    await t.test("no operation of App Connect's document is missing here, or never succeeds", () => {
      const names = document.operations.map(({ name }) => name);
      assert.ok(names.length > 50, `only ${names.length} operations were read`);
      assert.deepEqual(
        names.filter((name) => !routesThatSucceeded.has(name)),
        [],
      );
    });

    await t.test("there is no route that these exchanges forget", () => {
      const routes = Object.entries(paths).flatMap(([path, operations]) =>
        Object.keys(objectOf(operations)).map((method) => `${method.toUpperCase()} ${path}`),
      );
      assert.deepEqual(
        routes.filter((route) => !route.startsWith("HEAD ") && !routesSeen.has(route)),
        [],
      );
    });
  });

  test("any call that RingCentral's schema allows is logged, completed and loaded again, without its token", async (t) => {
    const ann = await connectedExtension(t);
    const ringCentral = await ringCentralDocument();
    await fc.assert(
      fc.asyncProperty(recordOf(ringCentral, "CallLogRecord"), fc.string(), async (record, note) => {
        assert.deepEqual(ringCentral.problemsOf("readUserCallRecord", record), []);
        const sessionId = textOf(record["sessionId"]);
        const { json } = await ann.logCall({ logInfo: enrichedCall(record, true), note, ...LUKE });
        assert.equal(json["successful"], true, JSON.stringify(json));

        const { recording, ...facts } = enrichedCall(record, false);
        const { customSubject: subject, ...known } = facts;
        const links = recording === undefined ? {} : { recordingLink: objectOf(recording)["link"] };
        const update = await ann.updateCall({ ...known, ...links, sessionId, subject, note });
        assert.equal(update.json["successful"], true, update.text);

        const [loaded] = await ann.loadCalls([sessionId], true);
        assert.equal(loaded?.["logId"], json["logId"]);
        const activity = await askCrm(ann.running, "GET", `/api/activities/${textOf(json["logId"])}`);
        assert.equal(activity["subject"], "Call from the extension");
        assert.equal(activity["durationSeconds"], record["duration"] ?? null);
        assert.ok(!JSON.stringify(activity).includes(RC_TOKEN));
        if (record["result"] !== undefined)
          assert.ok(textOf(activity["body"]).includes(`- Result: ${textOf(record["result"])}\n`));
      }),
      { numRuns: 30 },
    );
  });

  test("any messages that RingCentral's schema allows are logged once, in one record, without their token", async (t) => {
    const ann = await connectedExtension(t);
    const ringCentral = await ringCentralDocument();
    const message = recordOf(ringCentral, "GetMessageInfoResponse", ["id", "creationTime", "direction"]);
    const batch = fc.uniqueArray(message, { selector: ({ id }) => id, minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.uuid(), batch, async (conversationId, records) => {
        assert.deepEqual(ringCentral.problemsOf("listMessages", { records, navigation: {}, paging: {} }), []);
        const body = conversation(conversationId, records.map(enrichedMessage));
        const { json } = await ann.logMessages(body);
        assert.equal(json["successful"], true, JSON.stringify(json));
        const ids = records.map(({ id }) => String(id));
        assert.deepEqual([...new Set(stringsIn(json["logIds"]))].toSorted(), ids.toSorted());
        assert.deepEqual((await ann.logMessages(body)).json["logIds"], []);
      }),
      { numRuns: 20 },
    );
    assert.ok(!JSON.stringify(await askCrm(ann.running, "GET", "/api/activities?limit=1000")).includes(RC_TOKEN));
  });
});

/** A plugin gets a call, and says what came of it: its task's id and secret are known to nobody else. */
async function reportOfPlugin(t: TestContext, ann: Extension, rcAccessToken: string): Promise<void> {
  const plugin = await samplePlugin(t);
  const holding = { "x-rc-access-token": rcAccessToken };
  const body = { pluginId: "summary", address: plugin.address, isAsync: true };
  const { json } = await ann.ask("POST /plugin/register", "", body, holding);
  await ann.logCall(newCall("for a plugin"));
  const told = await until(() => Promise.resolve(plugin.seen[0]));
  const { pathname } = new URL(textOf(told.json["callbackUrl"]));
  const report = JSON.stringify({ successful: true, note: "Summary" });
  const signature = signed(report, textOf(json["signingSecret"]));
  const answer = await ann.as(undefined).ask(`POST ${pathname}`, "", report, signature);
  assert.deepEqual([answer.status, answer.json], [200, { successful: true }]);
  await ann.ask("DELETE /plugin/unregister", "pluginId=summary", undefined, holding);
}

/** Empty where there is no such route. */
function operationAt(paths: JsonObject, path: string, method: string): JsonObject {
  const operations = paths[path] === undefined ? {} : objectOf(paths[path]);
  const operation = operations[method.toLowerCase()];
  return operation === undefined ? {} : objectOf(operation);
}

function stringsIn(value: unknown): string[] {
  assert.ok(Array.isArray(value));
  return value.map(textOf);
}
