/** What a connector is handed: the call, the texts, the user, and what stands in for App Connect's own modules. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Members } from "../../src/app-connect/exports.ts";
import { openAppConnectDoors } from "../../src/app-connect/open-doors.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { connectorIn, connectorWith, withAdapted } from "./adapted.ts";

test("a call is handed over with all that is known of it, when it is created and when it is updated", async (t) => {
  const given: Record<string, Members> = {};
  const connector = await connectorWith({
    createCallLog: (input: Members) => {
      given["create"] = input;
      return { logId: 41 };
    },
    getCallLog: (input: Members) => {
      given["read"] = input;
      const fullBody = "<ul><li><b>Note</b>: kept</li></ul>";
      return { callLogInfo: { subject: "As it stands", note: "kept", fullBody, fullLogResponse: { id: 41 } } };
    },
    updateCallLog: (input: Members) => {
      given["update"] = input;
      return { updatedNote: "" };
    },
    upsertCallDisposition: (input: Members) => {
      given["dispose"] = input;
      return { logId: 41 };
    },
  });
  const { ask, logCall } = await withAdapted(t, connector);
  await ask("POST", "/user/settings", { userSettings: { overridingPhoneNumberFormat: { value: "(***) ***-****" } } });
  const posted = await logCall("s1", { aiNote: "They want a quote.", additionalSubmission: { deals: "9" } });
  assert.equal(posted.json["logId"], "41", posted.text);
  const { callLog, composedLogDetails, contactInfo, user, ...created } = given["create"] ?? {};
  assert.deepEqual(contactInfo, { id: "1", name: "Luke Skywalker", type: "Contact", phoneNumber: "+16505551212" });
  const { direction, duration, from, result, sessionId, startTime, telephonySessionId, to } = Object(callLog);
  assert.deepEqual(
    { direction, duration, result, sessionId, startTime, telephonySessionId },
    {
      direction: "Inbound",
      duration: "pending",
      result: "Call connected",
      sessionId: "s1",
      startTime: 1_790_000_000_000,
      telephonySessionId: "s-s1",
    },
  );
  assert.deepEqual([Object(from).phoneNumber, Object(to).phoneNumber], ["+16505551212", "+16505550100"]);
  assert.match(String(composedLogDetails), /<b>Agent notes<\/b>[^]*first note/);
  assert.deepEqual([created["note"], created["aiNote"]], ["first note", "They want a quote."]);
  assert.deepEqual(created["additionalSubmission"], { deals: "9" });
  assert.match(String(created["marker"]), /^trunkline:/);
  const { accessToken, id, platform, platformAdditionalInfo, timezoneName, timezoneOffset, userSettings } =
    Object(user);
  assert.deepEqual(
    { accessToken, id, platform, timezoneName },
    { accessToken: "demo-key", id: "1-today", platform: "today", timezoneName: "America/Los_Angeles" },
  );
  // Each connector reads it in the form in which it once stored it.
  assert.match(String(timezoneOffset), /^-0[78]:00$/);
  assert.equal(`-0${Math.abs(Number(timezoneOffset))}:00`, String(timezoneOffset));
  assert.equal(platformAdditionalInfo.typed, true);
  assert.equal(platformAdditionalInfo.sessionOfItsOwn, "s3cret-session");
  assert.equal(userSettings.overridingPhoneNumberFormat.value, "(***) ***-****");

  await ask("PATCH", "/callLog", { sessionId: "s1", duration: 61 });
  const updated = given["update"] ?? {};
  assert.deepEqual(updated["existingCallLogDetails"], { id: 41 });
  assert.equal(updated["subject"], "As it stands");
  assert.equal(updated["duration"], 61);
  assert.match(String(updated["composedLogDetails"]), /kept[^]*1 minute, 1 second/);
  const { contactId, thirdPartyLogId } = Object(updated["existingCallLog"]);
  assert.deepEqual({ contactId, thirdPartyLogId }, { contactId: "1", thirdPartyLogId: "41" });

  await ask("PUT", "/callDisposition", { sessionId: "s1", dispositions: { deals: "12" } });
  assert.deepEqual(given["dispose"]?.["dispositions"], { deals: "12" });
});

test("it is told whether a service or a browser logged the call", async (t) => {
  const given: unknown[] = [];
  const connector = await connectorWith({
    createCallLog: (input: Members) => {
      given.push(input["isFromSSCL"]);
      return { logId: 1 };
    },
  });
  const { ask } = await withAdapted(t, connector);
  const logInfo = { direction: "Inbound", from: { phoneNumber: "+16505551212" } };
  for (const [sessionId, headers] of [
    ["service", { "user-agent": "SSCL/1.0" }],
    ["browser", {}],
  ] as const) {
    await ask("POST", "/callLog", { logInfo: { ...logInfo, sessionId }, contactId: "1" }, headers);
  }
  assert.deepEqual(given, [true, false]);
});

test("what a connector remembers is sealed, what it changes is kept, and logging out forgets it", async (t) => {
  let seen: unknown;
  const connector = await connectorWith({
    findContact: async ({ user }: { user: Members & { save(): Promise<unknown> } }) => {
      seen = user["platformAdditionalInfo"];
      user["platformAdditionalInfo"] = { ...Object(seen), session: "s3cret-second" };
      await user.save();
      return { successful: true, matchedContactInfo: [{ id: 1, name: "Luke" }] };
    },
  });
  const { ask, running } = await withAdapted(t, connector);
  await ask("GET", "/contact?phoneNumber=+16505551212");
  await ask("GET", "/contact?phoneNumber=+16505551213");
  assert.equal(Object(seen).session, "s3cret-second");
  const database = `sqlite:${running.folder}/trunkline.db`;
  const stored = JSON.stringify(await rowsOf(database, "select * from users"));
  for (const secret of ["demo-key", "s3cret"]) assert.equal(stored.includes(secret), false, secret);
  assert.deepEqual(
    running.logs.filter((line) => /s3cret|demo-key/.test(line)),
    [],
  );
  assert.match((await ask("POST", "/unAuthorize")).text, /Logged out/);
  const [user] = await rowsOf(database, "select credentials, platform_additional_info from users");
  assert.deepEqual({ ...user }, { credentials: null, platform_additional_info: "{}" });
});

test("requests that a connector sends by itself are seen: for the console, the metrics and the budget", async (t) => {
  const { ask, running } = await withAdapted(t, await connectorIn("today"));
  await ask("GET", "/contact?phoneNumber=+16505551212");
  assert.deepEqual(running.crmRequests.toSorted(), ["GET /api/contacts", "GET /api/deals"]);
});

test("a client may name no host but those of the manifest", async (t) => {
  let asked = 0;
  const getUserInfo = () => {
    asked += 1;
    return { successful: true, platformUserInfo: { id: 1, name: "Ann" } };
  };
  const { logIn } = await withAdapted(t, await connectorWith({ getUserInfo }));
  const { status, text } = await logIn({ hostname: "evil.example.com" });
  assert.equal(status, 400);
  assert.match(text, /hostname is not an address of Today CRM/);
  assert.equal(asked, 0);
});

test("settings that a connector changes are the user's own from then on", async (t) => {
  const defaultCategory = { value: 2, customizable: true, options: [{ id: 2, name: "General" }] };
  const connector = await connectorWith({
    findContact: async ({ user }: { user: Members & { update(changes: Members): Promise<unknown> } }) => {
      await user.update({ userSettings: { ...Object(user["userSettings"]), defaultCategory } });
      return { successful: true, matchedContactInfo: [] };
    },
  });
  const { ask } = await withAdapted(t, connector);
  await ask("POST", "/user/settings", { userSettings: { mine: { value: 1 } } });
  await ask("GET", "/contact?phoneNumber=+16505551212");
  assert.deepEqual((await ask("GET", "/user/settings")).json, { mine: { value: 1 }, defaultCategory });
});

test("where nobody knows the user's host, the connector is told so in the client's own word", async (t) => {
  const hosts: unknown[] = [];
  const connector = await connectorWith({
    getUserInfo: ({ hostname }: Members) => {
      hosts.push(hostname);
      const overridingHostname = hostname === "temp" ? "acme.example.com" : null;
      return { successful: true, platformUserInfo: { id: "1-today", name: "Ann", overridingHostname } };
    },
  });
  const { logIn, running } = await withAdapted(t, connector);
  for (const hostname of ["temp", undefined]) {
    const { jwtToken } = (await logIn({ hostname })).json;
    assert.equal((await running.send("GET", `/hostname?jwtToken=${String(jwtToken)}`)).text, "acme.example.com");
  }
  assert.deepEqual(hosts, ["temp", "temp"]);
});

test("who logs in with a form gets the header that the connector's way of authorising asks for", async (t) => {
  let given: unknown;
  const connector = await connectorWith({
    getAuthType: () => "oauth",
    findContact: ({ authHeader }: Members) => {
      given = authHeader;
      return { successful: true, matchedContactInfo: [] };
    },
  });
  const { ask } = await withAdapted(t, connector);
  await ask("GET", "/contact?phoneNumber=+16505551212");
  assert.equal(given, "Bearer demo-key");
});

test("a login is not held against somebody whose password the connector has rightly forgotten", async (t) => {
  let asked = 0;
  const getUserInfo = ({ additionalInfo }: { additionalInfo: Members }) => {
    asked += 1;
    const { password, ...others } = additionalInfo;
    const platformUserInfo = { id: "1-today", name: "Ann", platformAdditionalInfo: others };
    return { successful: password === "s3cret", platformUserInfo };
  };
  const content = [{ const: "password", title: "Password", type: "string", required: true }];
  const { logIn, running } = await withAdapted(t, await connectorWith({ getUserInfo }, { content }));
  const { jwtToken } = (await logIn({ additionalInfo: { apiKey: "demo-key", password: "s3cret" } })).json;
  const validated = await running.send("GET", `/authValidation?jwtToken=${String(jwtToken)}`);
  assert.deepEqual([validated.json["successful"], asked], [true, 1]);
});

test("a connector finds what it said of a contact where App Connect keeps it, also when nobody remembers it", async (t) => {
  const found = { id: "1", name: "Luke Skywalker", type: "Contact", clientId: "C-9" };
  let searches = 0;
  const { AccountDataModel } = modelsOfTheCore();
  const functions = {
    findContact: () => {
      searches += 1;
      return { successful: true, matchedContactInfo: [found, { id: "createNewContact", isNewContact: true }] };
    },
    createCallLog: async ({ contactInfo, user }: Record<string, Members>) => {
      const where = { rcAccountId: user?.["rcAccountId"], platformName: user?.["platform"] };
      const rows = await AccountDataModel.findAll({ where });
      const kept = rows.filter(({ dataKey }) => String(dataKey).startsWith("contact-")).flatMap(({ data }) => data);
      const client = kept.find((one) => Object(one).id === contactInfo?.["id"]);
      const list = await AccountDataModel.findOne({ where: { ...where, dataKey: "types" } });
      return { logId: `${Object(client).clientId}-${list === null}` };
    },
  };
  const { ask, logCall } = await withAdapted(t, await connectorWith(functions));
  await ask("GET", "/contact?phoneNumber=+16505551212");
  assert.equal((await logCall("s1")).json["logId"], "C-9-true");
  assert.equal(searches, 1);
  const restarted = await withAdapted(t, await connectorWith(functions));
  assert.equal((await restarted.logCall("s2")).json["logId"], "C-9-true");
  assert.equal(searches, 2);
});

interface Rows {
  findAll(options: Members): Promise<Members[]>;
  findOne(options: Members): Promise<Members | null>;
}

function modelsOfTheCore(): { AccountDataModel: Rows } {
  openAppConnectDoors();
  return createRequire(import.meta.url)("@app-connect/core/models/accountDataModel");
}
