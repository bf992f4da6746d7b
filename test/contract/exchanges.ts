/** A visit to every route, with what succeeds, what a CRM refuses and what the sender got wrong. */

import { conversation, laterFacts, LUKE, LUKES_NUMBER, newCall, text } from "./calls.ts";
import type { Exchange } from "./exchange.ts";
import { administration, plugins, serverLogging } from "./administration-exchanges.ts";
import { accountLists, appointments, callDown } from "./desk-exchanges.ts";
import { reports } from "./report-exchanges.ts";
import { consent } from "./oauth-login.ts";
import { connect, noToken } from "./without-session.ts";

const TOO_LONG = "x".repeat(3 * 1024 * 1024);

const about: Exchange[] = [
  { as: "stranger", route: "GET /isAlive", status: 200, says: /^OK$/ },
  { as: "stranger", route: "GET /is-alive", status: 200, says: /^OK$/ },
  { as: "stranger", route: "GET /healthz", status: 200, says: /^OK$/ },
  { as: "stranger", route: "GET /readyz", status: 200, says: /^Ready$/ },
  { as: "stranger", route: "GET /metrics", status: 200, says: /^trunkline_build_info\{/m },
  { as: "stranger", route: "GET /crmManifest", status: 200, says: /"demoOAuth"/ },
  {
    as: "stranger",
    route: "GET /crmManifest",
    query: "platformName=demo",
    status: 200,
    says: /"useContactSearch":true/,
  },
  { as: "stranger", route: "GET /crmManifest", query: "platformName=constructor", status: 400, says: /platform/i },
  { as: "stranger", route: "GET /serverVersionInfo", status: 200, says: /"version":"\d+\.\d+\.\d+"/ },
  { as: "stranger", route: "GET /releaseNotes", status: 200, says: /^\{/ },
  {
    as: "stranger",
    route: "GET /implementedInterfaces",
    query: "platform=demo",
    status: 200,
    says: /"getBasicAuth":true/,
  },
  {
    as: "stranger",
    route: "GET /implementedInterfaces",
    query: "platform=demoOAuth",
    status: 200,
    says: /"getOauthInfo":true/,
  },
  { as: "stranger", route: "GET /implementedInterfaces", status: 400, says: /platform is required/ },
  { as: "stranger", route: "GET /implementedInterfaces", query: "platform=__proto__", status: 400, says: /platform/i },
  {
    as: "stranger",
    route: "GET /userInfoHash",
    query: "extensionId=402&accountId=401",
    status: 200,
    says: /[0-9a-f]{64}/,
  },
  { as: "stranger", route: "GET /userInfoHash", query: "extensionId=402", status: 400, says: /accountId is required/ },
  {
    as: "stranger",
    route: "GET /user/preloadSettings",
    query: "rcAccountId=abc",
    status: 200,
    says: /"userSettings":\{\}/,
  },
];

const login: Exchange[] = [
  {
    as: "stranger",
    route: "POST /apiKeyLogin",
    query: "state=platform=demo",
    body: { platform: "demo", apiKey: "demo-key" },
    status: 200,
    says: /"jwtToken"/,
  },
  {
    as: "stranger",
    route: "POST /apiKeyLogin",
    query: "state=platform=demo",
    body: { platform: "demo", apiKey: "wrong" },
    status: 400,
    says: /did not accept/,
  },
  {
    as: "stranger",
    route: "POST /apiKeyLogin",
    body: { apiKey: "demo-key" },
    status: 400,
    says: /Missing platform name/,
  },
  {
    as: "stranger",
    route: "POST /apiKeyLogin",
    body: { platform: "demo", apiKey: "demo-key" },
    crmFails: true,
    status: 400,
    says: /Demo CRM/,
  },
  {
    as: "stranger",
    route: "GET /oauth-callback",
    query: async (extension) => `callbackUri=${await consent(extension)}&hostname=localhost`,
    status: 200,
    says: /"jwtToken"/,
  },
  {
    as: "stranger",
    route: "GET /oauth-callback",
    query: async (extension) => `callbackUri=${await consent(extension, { decision: "deny" })}&hostname=localhost`,
    status: 200,
    says: /"returnMessage"/,
  },
  {
    as: "stranger",
    route: "GET /oauth-callback",
    query: "callbackUri=https://ringcentral.github.io/?code=never-given&state=platform=demoOAuth",
    status: 200,
    says: /"returnMessage"/,
  },
  {
    as: "stranger",
    route: "GET /oauth-callback",
    query: "callbackUri=https://ringcentral.github.io/?code=c",
    status: 400,
    says: /state/,
  },
  { as: "stranger", route: "GET /licenseStatus", status: 200, says: /"isLicenseValid":false/ },
  { as: "stranger", route: "GET /pipedrive-redirect", status: 200, says: /^<!doctype html>/i },
  {
    as: "stranger",
    route: "DELETE /pipedrive-redirect",
    body: { company_id: 1, user_id: 1 },
    status: 401,
    says: /credentials/,
  },
];

const session: Exchange[] = [
  { route: "GET /authValidation", status: 200, says: /"successful":true/ },
  { route: "GET /authValidation", crmFails: true, status: 200, says: /"successful":false.*"returnMessage"/ },
  ...noToken("GET /authValidation"),
  { route: "GET /licenseStatus", status: 200, says: /"isLicenseValid":true/ },
  { route: "POST /user/refreshInfo", status: 200, says: /"successful":true/ },
  { route: "POST /user/refreshInfo", crmFails: true, status: 200, says: /"successful":false.*"returnMessage"/ },
  ...noToken("POST /user/refreshInfo"),
  { route: "GET /debug/report/url", status: 200, says: /"presignedUrl":"http.*\/debug\/report\?token=/ },
  ...noToken("GET /debug/report/url"),
  { as: "stranger", route: "GET /debug/report", query: "token=made-up", status: 404, says: /no longer good/ },
  { as: "stranger", route: "PUT /debug/report", query: "token=made-up", body: {}, status: 405, says: /in a browser/ },
  { route: "GET /hostname", status: 200, says: /^127\.0\.0\.1$/ },
  ...noToken("GET /hostname"),
  { route: "GET /user/settings", query: "rcAccountId=abc", status: 200, says: /^\{\}$/ },
  ...noToken("GET /user/settings"),
  {
    route: "POST /user/settings",
    body: { userSettings: { autoLogCall: { value: true } } },
    status: 200,
    says: /"autoLogCall"/,
  },
  { route: "POST /user/settings", body: { userSettings: "all" }, status: 400, says: /userSettings/ },
  ...noToken("POST /user/settings", "", { userSettings: {} }),
];

const contacts: Exchange[] = [
  {
    route: "GET /contact",
    query: `phoneNumber=${LUKES_NUMBER}&overridingFormat=&isExtension=false`,
    status: 200,
    says: /Luke Skywalker/,
  },
  { route: "GET /contact", query: "phoneNumber=+16505550000&isExtension=false", status: 200, says: /createNewContact/ },
  { route: "GET /contact", query: "phoneNumber=102&isExtension=true", status: 200, says: /"contact":\[\]/ },
  { route: "GET /contact", query: `phoneNumber=${LUKES_NUMBER}&shape=array`, status: 200, says: /^\[/ },
  { route: "GET /contact", query: "phoneNumber=+16505550001", crmFails: true, status: 200, says: /"successful":false/ },
  { route: "GET /contact", status: 400, says: /phoneNumber is required/ },
  ...noToken("GET /contact", `phoneNumber=${LUKES_NUMBER}`),
  {
    route: "POST /contact",
    body: { phoneNumber: "+16505550002", newContactName: "Leia Organa" },
    status: 200,
    says: /"name":"Leia Organa"/,
  },
  {
    route: "POST /contact",
    body: { phoneNumber: "+16505550003", newContactName: "Han Solo" },
    crmFails: true,
    status: 200,
    says: /"successful":false/,
  },
  { route: "POST /contact", body: { phoneNumber: "+16505550003" }, status: 400, says: /newContactName is required/ },
  ...noToken("POST /contact", "", { phoneNumber: "+16505550002", newContactName: "Leia" }),
  { route: "GET /custom/contact/search", query: "name=Luke Sky", status: 200, says: /Luke Skywalker/ },
  { route: "GET /custom/contact/search", query: "name=Nobody", status: 200, says: /"contact":\[\].*"returnMessage"/ },
  { route: "GET /custom/contact/search", query: "name=Luke", crmFails: true, status: 200, says: /"successful":false/ },
  { route: "GET /custom/contact/search", status: 400, says: /name is required/ },
  ...noToken("GET /custom/contact/search", "name=Luke"),
];

const calls: Exchange[] = [
  { route: "POST /callLog", body: newCall("e1"), status: 200, says: /"successful":true.*"logId"/ },
  { route: "POST /callLog", body: newCall("e1"), status: 200, says: /"successful":true.*"logId"/ },
  { route: "POST /callLog", body: newCall("e2", { contactId: "" }), status: 200, says: /"successful":false/ },
  { route: "POST /callLog", body: newCall("e3", { contactId: "999" }), status: 200, says: /"successful":false/ },
  { route: "POST /callLog", body: newCall("e4"), crmFails: true, status: 200, says: /"successful":true.*"pending-/ },
  { route: "POST /callLog", body: { note: "no call" }, status: 400, says: /logInfo is required/ },
  { route: "POST /callLog", body: newCall("e5", { transcript: TOO_LONG }), status: 413, says: /too large/i },
  ...noToken("POST /callLog", "", newCall("e5")),
  {
    route: "GET /callLog",
    query: "sessionIds=e1,unknown,e1&requireDetails=false",
    status: 200,
    says: /"matched":false/,
  },
  { route: "GET /callLog", query: "sessionIds=e1&requireDetails=true", status: 200, says: /"logData"/ },
  {
    route: "GET /callLog",
    query: "sessionIds=e1&requireDetails=true",
    crmFails: true,
    status: 200,
    says: /"successful":false/,
  },
  { route: "GET /callLog", status: 400, says: /sessionIds is required/ },
  ...noToken("GET /callLog", "sessionIds=e1"),
  { route: "PATCH /callLog", body: laterFacts("e1", { duration: 63 }), status: 200, says: /"updatedNote"/ },
  { route: "PATCH /callLog", body: laterFacts("never logged"), status: 200, says: /"successful":false/ },
  {
    route: "PATCH /callLog",
    body: { sessionId: "e1", note: "later" },
    crmFails: true,
    status: 200,
    says: /Nothing is lost/,
  },
  { route: "PATCH /callLog", body: { note: "whose?" }, status: 400, says: /sessionId is required/ },
  ...noToken("PATCH /callLog", "", { sessionId: "e1" }),
  {
    route: "POST /callLog/cacheNote",
    body: { sessionId: "e6", note: "for later" },
    status: 200,
    says: /"successful":true/,
  },
  { route: "POST /callLog/cacheNote", body: { sessionId: "e6" }, status: 400, says: /note is required/ },
  ...noToken("POST /callLog/cacheNote", "", { sessionId: "e6", note: "" }),
  {
    route: "PUT /callDisposition",
    body: { sessionId: "e1", dispositions: { deals: "1", note: "" } },
    status: 200,
    says: /"successful":true/,
  },
  {
    route: "PUT /callDisposition",
    body: { sessionId: "never logged", dispositions: { deals: "1" } },
    status: 200,
    says: /"successful":false/,
  },
  { route: "PUT /callDisposition", body: { dispositions: {} }, status: 400, says: /sessionId is required/ },
  ...noToken("PUT /callDisposition", "", { sessionId: "e1" }),
];

const messages: Exchange[] = [
  {
    route: "POST /messageLog",
    body: conversation("m1", [text("1", "Hello", 0)]),
    status: 200,
    says: /"logIds":\["1"\]/,
  },
  { route: "POST /messageLog", body: conversation("m1", [text("1", "Hello", 0)]), status: 200, says: /"logIds":\[\]/ },
  { route: "POST /messageLog", body: conversation("m2", []), status: 200, says: /No message to log/ },
  {
    route: "POST /messageLog",
    body: conversation("m3", [text("2", "Hello", 0)], { contactId: "createNewContact" }),
    status: 200,
    says: /"successful":false/,
  },
  {
    route: "POST /messageLog",
    body: conversation("m4", [text("3", "Hello", 0)]),
    crmFails: true,
    status: 200,
    says: /"logIds":\["3"\]/,
  },
  { route: "POST /messageLog", body: { ...LUKE }, status: 400, says: /logInfo is required/ },
  ...noToken("POST /messageLog", "", conversation("m5", [text("4", "Hello", 0)])),
];

const leaving: Exchange[] = [
  ...noToken("POST /unAuthorize"),
  { route: "POST /unAuthorize", status: 200, says: /"returnMessage"/ },
  { route: "GET /hostname", status: 400, says: connect },
];

export const EXCHANGES: readonly Exchange[] = [
  ...about,
  ...login,
  ...session,
  ...administration,
  ...serverLogging,
  ...plugins,
  ...reports,
  ...contacts,
  ...calls,
  ...messages,
  ...appointments,
  ...accountLists,
  ...callDown,
  ...leaving,
];
