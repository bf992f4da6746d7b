/** What is sent wrongly is refused with a sentence that names the field, and nothing is half-done. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { activitiesIn } from "../support/trunkline.ts";
import { conversation, LUKES_NUMBER, newCall, text } from "./calls.ts";
import { assertRefused, connectedExtension, objectOf } from "./extension.ts";

const call = (more: object) => ({ ...newCall("bad"), ...more });
const info = (more: object) => newCall("bad", { logInfo: { ...more } });
const chat = (more: object) => conversation("bad", [text("1", "Hello", 0, { ...more })]);
const chatInfo = (more: object) => conversation("bad", [text("1", "Hello", 0)], { logInfo: { ...more } });

/** `field` is what the sentence must name. */
const malformed: [route: string, field: RegExp, query: string, body?: unknown][] = [
  ["GET /contact", /^phoneNumber/, ""],
  ["GET /contact", /^phoneNumber/, "phoneNumber="],
  ["GET /contact", /^phoneNumber/, "phoneNumber=nobody"],
  ["GET /contact", /^shape/, `phoneNumber=${LUKES_NUMBER}&shape=object`],
  ["GET /contact", /^phoneNumber/, `phoneNumber=${LUKES_NUMBER}&phoneNumber=+442079460958`],
  ["POST /contact", /^phoneNumber/, "", { newContactName: "Leia" }],
  ["POST /contact", /^phoneNumber/, "", { newContactName: "Leia", phoneNumber: 16505551212 }],
  ["POST /contact", /^phoneNumber/, "", { newContactName: "Leia", phoneNumber: "none" }],
  ["POST /contact", /^newContactName/, "", { phoneNumber: LUKES_NUMBER }],
  ["POST /contact", /^newContactName/, "", { phoneNumber: LUKES_NUMBER, newContactName: " " }],
  ["POST /contact", /^newContactName/, "", { phoneNumber: LUKES_NUMBER, newContactName: ["Leia"] }],
  ["POST /contact", /^newContactType/, "", { phoneNumber: LUKES_NUMBER, newContactName: "Leia", newContactType: {} }],
  [
    "POST /contact",
    /^additionalSubmission/,
    "",
    { phoneNumber: LUKES_NUMBER, newContactName: "Leia", additionalSubmission: "x" },
  ],
  ["GET /custom/contact/search", /^name/, ""],
  ["GET /custom/contact/search", /^name/, "name="],
  ["GET /custom/contact/search", /^name/, "name=%20"],
  ["GET /callLog", /^sessionIds/, ""],
  ["GET /callLog", /^sessionIds/, "sessionIds="],
  ["GET /callLog", /^sessionIds/, "sessionIds=a&sessionIds=b"],
  ["GET /callLog", /^requireDetails/, "sessionIds=a&requireDetails=true&requireDetails=false"],
  ["POST /callLog", /^logInfo/, "", {}],
  ["POST /callLog", /^logInfo/, "", call({ logInfo: "bad" })],
  ["POST /callLog", /^logInfo/, "", call({ logInfo: [] })],
  ["POST /callLog", /^logInfo\.sessionId/, "", call({ logInfo: {} })],
  ["POST /callLog", /^logInfo\.sessionId/, "", info({ sessionId: "" })],
  ["POST /callLog", /^logInfo\.sessionId/, "", info({ sessionId: { $ne: null } })],
  ["POST /callLog", /^logInfo\.startTime/, "", info({ startTime: "yesterday" })],
  ["POST /callLog", /^logInfo\.startTime/, "", info({ startTime: -1 })],
  ["POST /callLog", /^logInfo\.startTime/, "", info({ startTime: 1e300 })],
  ["POST /callLog", /^logInfo\.duration/, "", info({ duration: -1 })],
  ["POST /callLog", /^logInfo\.duration/, "", info({ duration: { seconds: 5 } })],
  ["POST /callLog", /^logInfo\.direction/, "", info({ direction: "Sideways" })],
  ["POST /callLog", /^logInfo\.from/, "", info({ from: LUKES_NUMBER })],
  ["POST /callLog", /^logInfo\.from\.phoneNumber/, "", info({ from: { phoneNumber: 7 } })],
  ["POST /callLog", /^logInfo\.legs/, "", info({ legs: {} })],
  ["POST /callLog", /^logInfo\.recording/, "", info({ recording: "https://example.com" })],
  ["POST /callLog", /^note/, "", call({ note: { text: "x" } })],
  ["POST /callLog", /^transcript/, "", call({ transcript: ["x"] })],
  ["POST /callLog", /^contactId/, "", call({ contactId: { id: 1 } })],
  ["POST /callLog", /^contactId/, "", call({ contactId: true })],
  ["POST /callLog", /^additionalSubmission/, "", call({ additionalSubmission: [] })],
  ["PATCH /callLog", /^sessionId/, "", { note: "x" }],
  ["PATCH /callLog", /^sessionId/, ""],
  ["PATCH /callLog", /^note/, "", { sessionId: "good", note: 5 }],
  ["PATCH /callLog", /^startTime/, "", { sessionId: "good", note: "x", startTime: "soon" }],
  ["PATCH /callLog", /^duration/, "", { sessionId: "good", note: "x", duration: [] }],
  ["PATCH /callLog", /^recordingLink/, "", { sessionId: "good", note: "x", recordingLink: {} }],
  ["POST /callLog/cacheNote", /^sessionId/, "", { note: "x" }],
  ["POST /callLog/cacheNote", /^note/, "", { sessionId: "x" }],
  ["POST /callLog/cacheNote", /^note/, "", { sessionId: "x", note: 1 }],
  ["PUT /callDisposition", /^sessionId/, "", { dispositions: {} }],
  ["PUT /callDisposition", /^dispositions/, "", { sessionId: "good", dispositions: "deals" }],
  ["POST /messageLog", /^logInfo/, "", {}],
  ["POST /messageLog", /^logInfo\.messages/, "", { logInfo: {} }],
  ["POST /messageLog", /^logInfo\.messages/, "", chatInfo({ messages: {} })],
  ["POST /messageLog", /^logInfo\.messages\.0\.id/, "", chat({ id: undefined })],
  ["POST /messageLog", /^logInfo\.messages\.0\.id/, "", chat({ id: {} })],
  ["POST /messageLog", /^logInfo\.messages\.0\.subject/, "", chat({ subject: 1 })],
  ["POST /messageLog", /^logInfo\.messages\.0\.attachments/, "", chat({ attachments: "none" })],
  ["POST /messageLog", /^logInfo\.messages.*creationTime/, "", chat({ creationTime: "noon" })],
  [
    "POST /messageLog",
    /^logInfo\.conversationLogId/,
    "",
    chatInfo({ conversationId: undefined, conversationLogId: undefined }),
  ],
  ["POST /messageLog", /^logInfo\.correspondents/, "", chatInfo({ correspondents: "Luke" })],
  ["POST /messageLog", /^contactId/, "", { ...chat({}), contactId: [] }],
  ["POST /user/settings", /^userSettings/, "", { userSettings: [] }],
  ["POST /user/settings", /^userSettings\.autoLogCall/, "", { userSettings: { autoLogCall: true } }],
  ["POST /user/settings", /^settingKeysToRemove/, "", { settingKeysToRemove: "autoLogCall" }],
  ["GET /user/settings", /^rcAccountId/, "rcAccountId=a&rcAccountId=b"],
  ["GET /implementedInterfaces", /^platform/, ""],
  ["GET /implementedInterfaces", /^Platform/, "platform=constructor"],
  ["GET /implementedInterfaces", /^Platform/, "platform=toString"],
  ["GET /crmManifest", /^Platform/, "platformName=__proto__"],
  ["GET /crmManifest", /^platformName/, "platformName=demo&platformName=demoOAuth"],
  ["GET /userInfoHash", /^extensionId/, "accountId=1"],
  ["GET /userInfoHash", /^accountId/, "extensionId=1&accountId="],
  ["GET /oauth-callback", /^state/, "callbackUri=a&code=b"],
  ["GET /oauth-callback", /^code/, "callbackUri=a&code=b&code=c&state=platform=demoOAuth"],
  ["POST /apiKeyLogin", /^apiKey/, "", { platform: "demo", apiKey: { $gt: "" } }],
  ["POST /apiKeyLogin", /^additionalInfo/, "", { platform: "demo", apiKey: "demo-key", additionalInfo: "x" }],
  ["POST /apiKeyLogin", /^hostname/, "", { platform: "demo", apiKey: "demo-key", hostname: 7 }],
  ["POST /apiKeyLogin", /^state/, "state=a&state=b", { platform: "demo", apiKey: "demo-key" }],
];

test("malformed parameters and bodies are refused by name, and nothing is half-done", async (t) => {
  const ann = await connectedExtension(t);
  await ann.logCall(newCall("good", { note: "Untouched" }));
  const before = await activitiesIn(ann.running);
  ann.running.crmRequests.length = 0;
  for (const [route, field, query, body] of malformed) {
    const answer = await ann.ask(route, query, body);
    assert.equal(answer.status, 400, `${route} ${field}: ${answer.status} ${answer.text}`);
    assertRefused(answer, field);
  }
  for (const route of [
    "POST /callLog",
    "PATCH /callLog",
    "POST /messageLog",
    "PUT /callDisposition",
    "POST /contact",
    "POST /user/settings",
    "POST /apiKeyLogin",
  ]) {
    for (const body of ["{", '"text"', "[1]", "7", "null", ""]) {
      const { status, text: sentence } = await ann.ask(route, "", body);
      assert.equal(status, 400, `${route} ${body}: ${status} ${sentence}`);
      assert.doesNotMatch(sentence, /\bat \/|node_modules|"stack"/);
    }
    const [method = "", path = ""] = route.split(" ");
    const form = { "content-type": "application/x-www-form-urlencoded" };
    assert.equal((await ann.running.send(method, `${path}?jwtToken=${ann.token}`, "a=b", form)).status, 415, route);
  }
  assert.deepEqual(ann.running.crmRequests, []);
  assert.deepEqual(await activitiesIn(ann.running), before);
  assert.deepEqual((await ann.ask("GET /user/settings")).json, {});
  assert.deepEqual(await ann.loadCalls(["bad"]), [{ sessionId: "bad", matched: false }]);
});

test("each route reads as much as it needs: transcripts of two megabytes, little elsewhere", async (t) => {
  const ann = await connectedExtension(t);
  const kilobytes = (count: number) => "x".repeat(count * 1024);
  assert.equal((await ann.logCall(newCall("long", { transcript: kilobytes(1_900) }))).json["successful"], true);
  assert.equal((await ann.updateCall({ sessionId: "long", transcript: kilobytes(1_950) })).json["successful"], true);
  assert.equal(
    (await ann.logMessages(conversation("long", [text("1", kilobytes(1_900), 0)]))).json["successful"],
    true,
  );

  const tooLong: [route: string, body: object][] = [
    ["POST /callLog", newCall("longer", { transcript: kilobytes(2_100) })],
    ["PATCH /callLog", { sessionId: "long", transcript: kilobytes(2_100) }],
    ["POST /messageLog", conversation("longer", [text("1", kilobytes(2_100), 0)])],
    ["POST /contact", { phoneNumber: LUKES_NUMBER, newContactName: kilobytes(200) }],
    ["POST /apiKeyLogin", { platform: "demo", apiKey: kilobytes(200) }],
    ["POST /user/settings", { userSettings: { key: { value: kilobytes(1_000) } } }],
  ];
  for (const [route, body] of tooLong) {
    const [method = "", path = ""] = route.split(" ");
    const { status } = await ann.running.send(method, `${path}?jwtToken=${ann.token}`, body);
    assert.equal(status, 413, route);
  }
  assert.deepEqual(await ann.loadCalls(["longer"]), [{ sessionId: "longer", matched: false }]);
});

test("unknown members are ignored, and never stored blindly", async (t) => {
  const ann = await connectedExtension(t);
  const strange = { futureMember: { deep: ["strange words"] }, id: "7", userId: "2", state: "written", logId: "999" };
  const answer = await ann.logCall({ ...newCall("s1", { logInfo: strange }), ...strange });
  assert.equal(answer.json["successful"], true);
  assert.notEqual(answer.json["logId"], "999");
  await ann.updateCall({ sessionId: "s1", note: "x", ...strange });
  await ann.logMessages({ ...conversation("s2", [text("1", "Hello", 0, strange)]), ...strange });
  await ann.ask("POST /user/settings", "", { userSettings: {}, ...strange });
  assert.deepEqual((await ann.ask("GET /user/settings")).json, {});
  assert.ok(!JSON.stringify(await activitiesIn(ann.running)).includes("strange words"));
});

test("__proto__ and its kin in a body change nothing for anybody", async (t) => {
  const ann = await connectedExtension(t);
  const polluting = ["__proto__", "constructor"]
    .map((name) => `"${name}":{"prototype":{"polluted":true},"polluted":true}`)
    .join(",");
  const good = JSON.stringify(newCall("s1")).slice(1);
  for (const [route, body] of [
    ["POST /callLog", `{${polluting},${good}`],
    [
      "POST /callLog",
      JSON.stringify(newCall("s2")).replace('"additionalSubmission":{', `"additionalSubmission":{${polluting}`),
    ],
    ["POST /user/settings", `{"userSettings":{${polluting}}}`],
    ["POST /user/settings", `{"userSettings":{},${polluting}}`],
    ["PATCH /callLog", `{"sessionId":"s1","note":"x",${polluting}}`],
    ["POST /apiKeyLogin", `{"platform":"demo","apiKey":"demo-key","additionalInfo":{${polluting}}}`],
  ] as const) {
    const { status, text: sentence } = await ann.ask(route, "", body);
    assert.ok(status === 200 || status === 400, `${route}: ${status} ${sentence}`);
  }
  assert.equal(Reflect.get({}, "polluted"), undefined);
  const { json } = await ann.ask("POST /user/settings", "", { userSettings: { toString: { value: 1 } } });
  assert.deepEqual(
    Object.keys(objectOf(json["userSettings"])).filter((key) => key === "polluted"),
    [],
  );
  assert.equal((await ann.logCall(newCall("constructor"))).json["successful"], true);
  assert.equal(
    (await ann.loadCalls(["constructor", "__proto__", "toString"])).filter(({ matched }) => matched === true).length,
    1,
  );
});
