/** Who may ask what: one row for each route, with the status that each caller gets. A route without a row fails the matrix. */

import { conversation, LUKES_NUMBER, newCall, text } from "../contract/calls.ts";

/** Who asks. Everybody but "nobody" and the third sends a session of the CRM. */
export type Caller =
  | "nobody"
  | "an administrator who is not logged in to the CRM"
  | "a user"
  | "a user of another company"
  | "an agent of RingCentral"
  | "an administrator"
  | "an administrator of another account, from another company";

export type Statuses = readonly [
  nobody: number,
  notLoggedIn: number,
  user: number,
  elsewhere: number,
  agent: number,
  administrator: number,
  otherAdministrator: number,
];

export const CALLERS: readonly Caller[] = [
  "nobody",
  "an administrator who is not logged in to the CRM",
  "a user",
  "a user of another company",
  "an agent of RingCentral",
  "an administrator",
  "an administrator of another account, from another company",
];

export interface Row {
  /** As in /openapi.json. */
  route: string;
  /** The path that is asked, where the route has parameters. */
  at?: string;
  query?: string;
  body?: unknown;
  expects: Statuses;
  /** It ends the caller's sessions: they log in anew before it. */
  endsSessions?: true;
}

/** What strangers may see as well. */
const OPEN: Statuses = [200, 200, 200, 200, 200, 200, 200];
/** Refused to everybody who has nothing else to show. */
const shut = (status: number): Statuses => [status, status, status, status, status, status, status];
/** For users of the CRM, each for themselves: what RingCentral says of them does not matter. */
const USERS: Statuses = [400, 400, 200, 200, 200, 200, 200];
/** For administrators of a RingCentral account who are logged in to the CRM, each for their own account and company. */
const ADMINISTRATORS: Statuses = [400, 400, 400, 400, 403, 200, 200];
/** The same, where a user may have logged in at RingCentral before: what is missing is that they administer an account. */
const REPORT_READERS: Statuses = [400, 400, 403, 403, 403, 200, 200];

/** At a host of Pipedrive's, so that it is accepted; nobody asks it for anything. */
const OAUTH_CLIENT = {
  values: { clientId: "ours", clientSecret: "sealed", accessTokenUri: "https://oauth.pipedrive.com/oauth/token" },
};
const session = "matrix";

export const ROWS: readonly Row[] = [
  { route: "GET /isAlive", expects: OPEN },
  { route: "GET /is-alive", expects: OPEN },
  { route: "GET /healthz", expects: OPEN },
  { route: "GET /readyz", expects: OPEN },
  // Open unless TRUNKLINE_METRICS_TOKEN is set: they name no person.
  { route: "GET /metrics", expects: OPEN },
  { route: "GET /crmManifest", expects: OPEN },
  { route: "GET /serverVersionInfo", expects: OPEN },
  { route: "GET /releaseNotes", expects: OPEN },
  { route: "GET /implementedInterfaces", query: "platform=demo", expects: OPEN },
  { route: "GET /userInfoHash", query: "extensionId=1&accountId=2", expects: OPEN },
  { route: "GET /user/preloadSettings", query: "rcAccountId={account}", expects: OPEN },
  // The client takes a 200 without a token for a refusal that it can show.
  {
    route: "GET /oauth-callback",
    query: "callbackUri=https://ringcentral.github.io/?code=made-up&state=platform=demoOAuth",
    expects: OPEN,
  },
  // For the administrator alone there is a key filled in, which goes before the one that is typed.
  {
    route: "POST /apiKeyLogin",
    body: { platform: "demo", apiKey: "made-up" },
    expects: [400, 200, 400, 400, 400, 200, 400],
  },
  { route: "GET /licenseStatus", expects: OPEN },
  { route: "GET /pipedrive-redirect", expects: OPEN },
  // Asked before anybody has logged in to the CRM: RingCentral's token alone says who asks, and for which account.
  { route: "GET /apiKeyManagedAuthState", query: "platform=demo", expects: [400, 200, 400, 400, 200, 200, 200] },
  {
    route: "POST /admin/managedAuth/options",
    query: "platform=demo",
    body: { fieldConst: "apiKey" },
    // Another account has filled in nothing with which the CRM could be asked.
    expects: [400, 200, 400, 400, 403, 200, 400],
  },
  { route: "GET /oauthManagedAuthState", query: "platform=demoOAuth", expects: [400, 200, 400, 400, 200, 200, 200] },
  { route: "POST /admin/managedOAuth/cache", body: OAUTH_CLIENT, expects: [400, 200, 400, 400, 403, 200, 200] },
  { route: "DELETE /admin/managedOAuth/cache", expects: [400, 200, 400, 400, 403, 200, 200] },
  {
    route: "DELETE /admin/managedOAuth/account",
    query: "platform=demoOAuth",
    expects: [400, 200, 400, 400, 403, 200, 200],
  },
  // For Pipedrive alone, with the app's own credentials.
  { route: "DELETE /pipedrive-redirect", body: { company_id: 1, user_id: 1 }, expects: shut(401) },

  // Whoever has the address may read the report; nobody has this one.
  { route: "GET /debug/report", query: "token=made-up", expects: shut(404) },
  { route: "PUT /debug/report", query: "token=made-up", expects: shut(405) },
  // Behind a login of their own: neither a session of the CRM nor RingCentral's token opens them.
  { route: "GET /server-logging/oauth/callback", query: "code=", expects: shut(400) },
  { route: "POST /server-logging/login", body: { jwt: "" }, expects: shut(400) },
  { route: "GET /server-logging/subscription", expects: shut(401) },
  {
    route: "POST /server-logging/subscribe",
    body: { crmToken: "made-up", subscriptionLevel: "Account" },
    expects: shut(401),
  },
  { route: "POST /server-logging/unsubscribe", expects: shut(401) },
  { route: "POST /server-logging/update-crm-token", body: { crmToken: "made-up" }, expects: shut(401) },
  { route: "POST /server-logging/do-not-log-numbers", body: { doNotLogNumbers: "" }, expects: shut(401) },
  // RingCentral proves itself with what it was told when it was asked for events.
  { route: "POST /server-logging/events", query: "for=any", body: {}, expects: shut(401) },

  { route: "GET /authValidation", expects: USERS },
  { route: "POST /user/refreshInfo", expects: USERS },
  { route: "GET /debug/report/url", expects: USERS },
  { route: "GET /hostname", expects: USERS },
  { route: "GET /contact", query: `phoneNumber=${LUKES_NUMBER}`, expects: USERS },
  { route: "POST /contact", body: { phoneNumber: "+16505550002", newContactName: "Leia Organa" }, expects: USERS },
  { route: "GET /custom/contact/search", query: "name=Luke", expects: USERS },
  { route: "GET /callLog", query: `sessionIds=${session}&requireDetails=true`, expects: USERS },
  { route: "PATCH /callLog", body: { sessionId: session, result: "Accepted" }, expects: USERS },
  { route: "PUT /callDisposition", body: { sessionId: session, dispositions: { deals: "1" } }, expects: USERS },
  { route: "POST /callLog", body: newCall("by each of them"), expects: USERS },
  { route: "POST /callLog/cacheNote", body: { sessionId: "another", note: "for later" }, expects: USERS },
  { route: "POST /messageLog", body: conversation("c", [text("1", "Hello", 0)]), expects: USERS },
  { route: "GET /appointments", query: "startDate=2026-12-01&endDate=2026-12-02", expects: USERS },
  {
    route: "POST /appointments",
    body: { title: "Call", summary: "", startTimeUtc: "2026-12-01T09:00:00Z", durationMinutes: 30 },
    expects: USERS,
  },
  // The CRM knows no such appointment: said with 200, as everything that the CRM says.
  { route: "PATCH /appointments/{appointmentId}", at: "/appointments/999", body: { title: "Later" }, expects: USERS },
  {
    route: "POST /appointments/{appointmentId}/status",
    at: "/appointments/999/status",
    body: { status: "x" },
    expects: USERS,
  },
  { route: "GET /appointments/{appointmentId}/refresh", at: "/appointments/999/refresh", expects: USERS },
  { route: "POST /appointments/{appointmentId}/confirm", at: "/appointments/999/confirm", expects: USERS },
  { route: "POST /appointments/{appointmentId}/cancel", at: "/appointments/999/cancel", expects: USERS },
  { route: "GET /accountData", query: "keys=colleagues", expects: USERS },
  { route: "GET /calldown", expects: USERS },
  { route: "POST /calldown", body: { contactId: "1", contactName: "Luke Skywalker" }, expects: USERS },
  // Nobody's entry: what one user does to another's is in call-down.test.ts.
  { route: "PATCH /calldown/{id}", at: "/calldown/made-up", body: { status: "called" }, expects: shut(400) },
  { route: "DELETE /calldown/{id}", at: "/calldown/made-up", expects: shut(400) },
  { route: "GET /user/settings", query: "rcAccountId={account}", expects: USERS },
  { route: "POST /user/settings", body: { userSettings: {} }, expects: USERS },
  { route: "GET /admin/serverLoggingSettings", expects: USERS },
  { route: "POST /admin/serverLoggingSettings", body: { additionalFieldValues: {} }, expects: USERS },

  { route: "GET /admin/settings", expects: ADMINISTRATORS },
  { route: "POST /admin/settings", body: { adminSettings: {} }, expects: ADMINISTRATORS },
  { route: "POST /admin/userMapping", body: { rcExtensionList: [] }, expects: ADMINISTRATORS },
  { route: "POST /admin/reinitializeUserMapping", body: { rcExtensionList: [] }, expects: ADMINISTRATORS },

  { route: "GET /admin/managedAuth", expects: ADMINISTRATORS },
  { route: "POST /admin/managedAuth", body: { scope: "org", values: {} }, expects: ADMINISTRATORS },
  {
    route: "POST /plugin/register",
    body: { pluginId: "matrix", address: "http://127.0.0.1:1/", isAsync: true },
    expects: ADMINISTRATORS,
  },
  { route: "GET /ringcentral/admin/report", expects: REPORT_READERS },
  { route: "GET /ringcentral/admin/userReport", query: "rcExtensionId=~", expects: REPORT_READERS },
  // Whose login it becomes is in reports.test.ts.
  { route: "GET /ringcentral/oauth/callback", query: "code=", expects: shut(400) },
  { route: "GET /plugin/licenseStatus", query: "pluginId=matrix", expects: USERS },
  { route: "DELETE /plugin/unregister", query: "pluginId=matrix", expects: ADMINISTRATORS },
  // For whoever knows a task's id and the plugin's secret.
  {
    route: "POST /plugin/async-callback/{taskId}",
    at: "/plugin/async-callback/made-up",
    body: { successful: true },
    expects: shut(404),
  },

  { route: "POST /unAuthorize", expects: USERS, endsSessions: true },
];
