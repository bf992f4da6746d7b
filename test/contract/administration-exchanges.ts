/** A visit to the routes of administrators, of logging without a browser, and of plugins. */

import type { Exchange } from "./exchange.ts";
import { noToken } from "./without-session.ts";

const ADMIN = "administrator" as const;
const EXTENSIONS = [{ id: 402, name: "Ann Operator", extensionNumber: "101", email: "ann@demo-crm.example" }];
const administrated = (route: string, body?: unknown): Exchange[] => [
  ...noToken(route, "", body),
  { route, body, status: 400, says: /rcAccessToken is required/ },
  { holding: "worthless", route, body, status: 400, says: /RingCentral no longer accepts this login/ },
  { holding: "agent", route, body, status: 403, says: /^Only an administrator/ },
];
export const administration: Exchange[] = [
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
    holding: ADMIN,
    route: "POST /admin/managedAuth/options",
    query: "platform=managed",
    body: { fieldConst: "apiKey", accountValues: { serviceKey: "demo-key" } },
    status: 200,
    says: /^\[\{"value":"key of 1","label":"Ann Operator"\}/,
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
    route: "POST /admin/managedOAuth/cache",
    body: { values: { clientId: "a", clientSecret: "b", accessTokenUri: "https://oauth.pipedrive.com/oauth/token" } },
    status: 200,
    says: /"successful":true/,
  },
  {
    as: "stranger",
    holding: ADMIN,
    route: "GET /oauthManagedAuthState",
    query: "platform=pipedrive",
    status: 200,
    says: /"hasPendingOAuth":true,"pendingValues":\{"clientId":"a",/,
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
export const serverLogging: Exchange[] = [
  ...["POST /server-logging/subscribe", "POST /server-logging/update-crm-token"].flatMap((route): Exchange[] => [
    { route, body: { subscriptionLevel: "User", crmToken: "x" }, status: 401, says: /^X-Access-Token is missing/ },
    { route, body: { subscriptionLevel: "User" }, status: 400, says: /^crmToken is required/ },
  ]),
  { route: "GET /server-logging/subscription", status: 401, says: /^X-Access-Token is missing/ },
  { route: "POST /server-logging/unsubscribe", status: 401, says: /^X-Access-Token is missing/ },
  {
    route: "POST /server-logging/do-not-log-numbers",
    body: { doNotLogNumbers: [] },
    status: 401,
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
export const plugins: Exchange[] = [
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
