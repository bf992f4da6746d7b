/** A visit to every route, with what succeeds, what a CRM refuses and what the sender got wrong. */

import { conversation, laterFacts, LUKE, LUKES_NUMBER, newCall, text } from "./calls.ts";
import type { Exchange } from "./exchange.ts";
import { type Extension, objectOf, textOf } from "./extension.ts";
import { consent } from "./oauth-login.ts";

const TOO_LONG = "x".repeat(3 * 1024 * 1024);
const connect = /Please go to Settings and authorize CRM platform/;
const noToken = (route: string, query = "", body?: unknown): Exchange[] =>
  (["stranger", "nobody"] as const).map((as) => ({ as, route, query, body, status: 400, says: connect }));

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

const ADMIN = "administrator" as const;
const EXTENSIONS = [{ id: 402, name: "Ann Operator", extensionNumber: "101", email: "ann@demo-crm.example" }];
const administrated = (route: string, body?: unknown): Exchange[] => [
  ...noToken(route, "", body),
  { route, body, status: 400, says: /rcAccessToken is required/ },
  { holding: "worthless", route, body, status: 400, says: /RingCentral no longer accepts this login/ },
  { holding: "agent", route, body, status: 403, says: /^Only an administrator/ },
];
const administration: Exchange[] = [
  { holding: ADMIN, route: "GET /admin/settings", status: 200, says: /"userSettings":\{\}.*"customAdapter":null/ },
  ...administrated("GET /admin/settings"),
  {
    holding: ADMIN,
    route: "POST /admin/settings",
    body: {
      adminSettings: {
        userSettings: { autoLogSMS: { value: true, customizable: false }, bare: true },
        userMappings: [{ crmUserId: "1", rcExtensionId: ["402"] }],
        customAdapter: { url: "https://crm.example.com/manifest.json" },
      },
    },
    status: 200,
    says: /^Admin settings updated$/,
  },
  { holding: ADMIN, route: "GET /admin/settings", status: 200, says: /"rcExtensionId":\["402"\]/ },
  { route: "GET /user/settings", status: 200, says: /"autoLogSMS":\{"value":true,"customizable":false\}/ },
  { as: "stranger", holding: "agent", route: "GET /user/preloadSettings", status: 200, says: /manifest\.json/ },
  { as: "stranger", holding: "worthless", route: "GET /user/preloadSettings", status: 400, says: /RingCentral/ },
  {
    holding: ADMIN,
    route: "POST /admin/settings",
    body: { adminSettings: { userMappings: "all" } },
    status: 400,
    says: /^adminSettings\.userMappings/,
  },
  ...administrated("POST /admin/settings", { adminSettings: {} }),
  ...["/admin/userMapping", "/admin/reinitializeUserMapping"].flatMap((path): Exchange[] => [
    {
      holding: ADMIN,
      route: `POST ${path}`,
      body: { rcExtensionList: EXTENSIONS },
      status: 200,
      says: /^\[\{"crmUser":\{"id":"1".*"rcUser":\[\{"extensionId":"402"/,
    },
    { holding: ADMIN, route: `POST ${path}`, body: {}, status: 400, says: /rcExtensionList is required/ },
    {
      holding: ADMIN,
      route: `POST ${path}`,
      body: { rcExtensionList: EXTENSIONS },
      crmFails: true,
      status: 400,
      says: /Demo CRM/,
    },
    ...administrated(`POST ${path}`, { rcExtensionList: EXTENSIONS }),
  ]),
  {
    holding: ADMIN,
    route: "GET /admin/managedAuth",
    status: 200,
    says: /"hasManagedAuth":false,.*"orgValues":\{\},"userValues":\[\]/,
  },
  ...administrated("GET /admin/managedAuth"),
  {
    holding: ADMIN,
    route: "POST /admin/managedAuth",
    body: { scope: "org", fieldsToRemove: ["apiKey"] },
    status: 200,
    says: /^Shared authentication updated$/,
  },
  {
    holding: ADMIN,
    route: "POST /admin/managedAuth",
    body: { scope: "org", values: { apiKey: "x" } },
    status: 400,
    says: /^values\.apiKey is not a managed field/,
  },
  ...administrated("POST /admin/managedAuth", { scope: "org" }),
  {
    as: "stranger",
    holding: ADMIN,
    route: "POST /admin/managedAuth/options",
    query: "platform=demo",
    body: { fieldConst: "apiKey" },
    status: 400,
    says: /^fieldConst must name a managed field/,
  },
  {
    as: "stranger",
    holding: "agent",
    route: "POST /admin/managedAuth/options",
    query: "platform=demo",
    body: { fieldConst: "apiKey" },
    status: 403,
    says: /^Only an administrator/,
  },
  {
    as: "stranger",
    holding: "agent",
    route: "GET /apiKeyManagedAuthState",
    query: "platform=demo",
    status: 200,
    says: /"hasManagedAuth":false.*"visibleFieldConsts":null,"missingRequiredFieldConsts":\["apiKey"\]/,
  },
  {
    as: "stranger",
    holding: ADMIN,
    route: "GET /oauthManagedAuthState",
    query: "platform=demoOAuth",
    status: 200,
    says: /^\{"isAdmin":true,"hasAccountOAuth":false,"hasPendingOAuth":false\}$/,
  },
  {
    as: "stranger",
    holding: ADMIN,
    route: "POST /admin/managedOAuth/cache",
    body: { values: { clientId: "a", clientSecret: "b", accessTokenUri: "https://elsewhere.example" } },
    status: 400,
    says: /^values must hold addresses of one CRM/,
  },
  {
    as: "stranger",
    holding: ADMIN,
    route: "DELETE /admin/managedOAuth/cache",
    status: 200,
    says: /"successful":true/,
  },
  {
    as: "stranger",
    holding: ADMIN,
    route: "DELETE /admin/managedOAuth/account",
    query: "platform=demoOAuth",
    status: 200,
    says: /"successful":true/,
  },
  ...["POST /admin/managedOAuth/cache", "DELETE /admin/managedOAuth/cache"].map((route): Exchange => {
    const body = route.startsWith("POST")
      ? { values: { clientId: "a", clientSecret: "b", accessTokenUri: "https://elsewhere.example" } }
      : undefined;
    return { as: "stranger", holding: "agent", route, body, status: 403, says: /^Only an administrator/ };
  }),
  {
    as: "stranger",
    route: "GET /apiKeyManagedAuthState",
    query: "platform=demo",
    status: 400,
    says: /rcAccessToken is required/,
  },
  { route: "GET /admin/serverLoggingSettings", status: 200, says: /^\{\}$/ },
  ...noToken("GET /admin/serverLoggingSettings"),
  {
    route: "POST /admin/serverLoggingSettings",
    body: { additionalFieldValues: { unknown: "x" } },
    status: 200,
    says: /"successful":true/,
  },
  {
    route: "POST /admin/serverLoggingSettings",
    body: { additionalFieldValues: "x" },
    status: 400,
    says: /additionalFieldValues/,
  },
  ...noToken("POST /admin/serverLoggingSettings", "", { additionalFieldValues: {} }),
];

/** What its own tests do not leave to RingCentral: strangers, and what the sender got wrong. */
const serverLogging: Exchange[] = [
  ...["POST /server-logging/subscribe", "POST /server-logging/update-crm-token"].flatMap((route): Exchange[] => [
    { route, body: { subscriptionLevel: "User", crmToken: "x" }, status: 400, says: /^X-Access-Token is missing/ },
    { route, body: { subscriptionLevel: "User" }, status: 400, says: /^crmToken is required/ },
  ]),
  { route: "GET /server-logging/subscription", status: 400, says: /^X-Access-Token is missing/ },
  { route: "POST /server-logging/unsubscribe", status: 400, says: /^X-Access-Token is missing/ },
  {
    route: "POST /server-logging/do-not-log-numbers",
    body: { doNotLogNumbers: [] },
    status: 400,
    says: /^X-Access-Token is missing/,
  },
  { route: "POST /server-logging/login", body: { jwt: "made-up" }, status: 400, says: /did not grant access/ },
  ...noToken("POST /server-logging/login", "", { jwt: "made-up" }),
  { route: "POST /server-logging/login", body: {}, status: 400, says: /^jwt is required/ },
  { route: "GET /server-logging/oauth/callback", status: 400, says: /^code is required/ },
  {
    as: "stranger",
    route: "POST /server-logging/events",
    query: "for=any",
    body: {},
    status: 401,
    says: /not an event/,
  },
];

/** Nobody listens there: it is told as soon as something is logged, and not before. */
const PLUGIN = { pluginId: "notes", address: "https://plugins.example.com/notes" };
const CALLBACK = "POST /plugin/async-callback/{taskId}";
const plugins: Exchange[] = [
  { holding: ADMIN, route: "POST /plugin/register", body: PLUGIN, status: 200, says: /"signingSecret":"[\w-]{43}"/ },
  {
    holding: ADMIN,
    route: "POST /plugin/register",
    body: { pluginId: "x" },
    status: 400,
    says: /^address is required/,
  },
  {
    holding: ADMIN,
    route: "POST /plugin/register",
    body: { ...PLUGIN, address: "http://10.0.0.1/" },
    status: 400,
    says: /^address must be an https address/,
  },
  ...administrated("POST /plugin/register", PLUGIN),
  { route: "GET /plugin/licenseStatus", query: "pluginId=notes", status: 200, says: /"licenseStatus":true/ },
  { route: "GET /plugin/licenseStatus", status: 400, says: /pluginId is required/ },
  ...noToken("GET /plugin/licenseStatus", "pluginId=notes"),
  {
    holding: ADMIN,
    route: "DELETE /plugin/unregister",
    query: "pluginId=notes",
    status: 200,
    says: /"successful":true/,
  },
  { holding: ADMIN, route: "DELETE /plugin/unregister", status: 400, says: /pluginId is required/ },
  { holding: "agent", route: "DELETE /plugin/unregister", query: "pluginId=a", status: 403, says: /^Only an admin/ },
  ...noToken("DELETE /plugin/unregister", "pluginId=notes"),
  { as: "stranger", route: CALLBACK, body: { successful: true }, status: 404, says: /There is no such task/ },
  { as: "stranger", route: CALLBACK, body: {}, status: 400, says: /successful is required/ },
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

const CALL_BACK = {
  contactId: 1,
  contactType: "Contact",
  contactName: "Luke Skywalker",
  phoneNumber: "(650) 555-1212",
  note: "About the X-wings",
  scheduledAt: "2026-12-01T09:00:00.000Z",
};
const firstCallBack = async (extension: Extension): Promise<string> => {
  const { items } = (await extension.ask("GET /calldown")).json;
  return Array.isArray(items) ? textOf(objectOf(items[0])["id"]) : "";
};

const MEETING = {
  title: "Call about the X-wings",
  summary: "Bring the plans",
  startTimeUtc: "2026-12-01T09:00:00Z",
  durationMinutes: 30,
  contacts: [1],
};
const december = "startDate=2026-12-01&endDate=2026-12-31";
const firstMeeting = async (extension: Extension): Promise<string> => {
  const { appointments } = (await extension.ask("GET /appointments", december)).json;
  return Array.isArray(appointments) ? textOf(objectOf(appointments[0])["id"]) : "";
};
const meeting = (route: string, body?: object): Exchange[] => [
  { route, id: firstMeeting, body, status: 200, says: /"successful":true,"appointmentId":"\d+"/ },
  { route: route.replace("{id}", "999"), body, status: 200, says: /"successful":false.*no longer in Demo CRM/ },
];

const appointments: Exchange[] = [
  ...noToken("GET /appointments"),
  { route: "GET /appointments", status: 200, says: /^\{"successful":true,"appointments":\[\]\}$/ },
  { route: "GET /appointments", crmFails: true, status: 200, says: /"successful":false.*"returnMessage"/ },
  { route: "GET /appointments", query: "startDate=2026-12-01", status: 400, says: /^endDate is required/ },
  { route: "POST /appointments", body: { payload: MEETING }, status: 200, says: /"successful":true/ },
  { route: "POST /appointments", body: MEETING, crmFails: true, status: 200, says: /look there before you try again/ },
  { route: "POST /appointments", body: { title: "No time" }, status: 400, says: /is required/ },
  { route: "GET /appointments", query: december, status: 200, says: /"participantName":"Luke Skywalker"/ },
  ...meeting("PATCH /appointments/{id}", { patch: { title: "Moved" } }),
  { route: "PATCH /appointments/1", body: { durationMinutes: 5 }, status: 400, says: /^startTimeUtc is required/ },
  ...meeting("POST /appointments/{id}/status", { status: "Confirmed" }),
  { route: "POST /appointments/1/status", body: { status: "late" }, status: 200, says: /"successful":false/ },
  ...meeting("GET /appointments/{id}/refresh"),
  ...meeting("POST /appointments/{id}/confirm"),
  ...meeting("POST /appointments/{id}/cancel"),
];

const accountLists: Exchange[] = [
  ...noToken("GET /accountData", "keys=colleagues"),
  { route: "GET /accountData", query: "keys=colleagues", crmFails: true, status: 200, says: /"successful":false/ },
  { route: "GET /accountData", query: "keys=colleagues", status: 200, says: /"title":"Ben Backup"/ },
  { route: "GET /accountData", query: "keys=constructor", status: 400, says: /^keys names no list of Demo CRM/ },
  { route: "GET /accountData", status: 400, says: /^keys is required/ },
];

const callDown: Exchange[] = [
  ...noToken("GET /calldown"),
  { route: "GET /calldown", status: 200, says: /^\{"successful":true,"items":\[\]\}$/ },
  { route: "POST /calldown", body: CALL_BACK, status: 200, says: /"id":"/ },
  { route: "POST /calldown", body: { phoneNumber: "nobody" }, status: 400, says: /^phoneNumber must be/ },
  { route: "GET /calldown", query: "status=not called", status: 200, says: /"contactName":"Luke Skywalker"/ },
  { route: "GET /calldown", query: "limit=0", status: 400, says: /^limit must be/ },
  { route: "PATCH /calldown/{id}", id: firstCallBack, body: { status: "called" }, status: 200, says: /true/ },
  { route: "PATCH /calldown/{id}", id: firstCallBack, body: { status: "rung" }, status: 400, says: /^status must be/ },
  { route: "GET /calldown", query: "status=called", status: 200, says: /"lastCallAt":"\d{4}-/ },
  { route: "DELETE /calldown/{id}", id: firstCallBack, status: 200, says: /true/ },
  { route: "DELETE /calldown/made-up", status: 400, says: /^id does not name/ },
];

export const EXCHANGES: readonly Exchange[] = [
  ...about,
  ...login,
  ...session,
  ...administration,
  ...serverLogging,
  ...plugins,
  ...contacts,
  ...calls,
  ...messages,
  ...appointments,
  ...accountLists,
  ...callDown,
  ...leaving,
];
