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
  { route: "POST /apiKeyLogin", body: { platform: "demo", apiKey: "made-up" }, expects: shut(400) },
  { route: "GET /licenseStatus", expects: OPEN },
  { route: "GET /pipedrive-redirect", expects: OPEN },
  // For Pipedrive alone, with the app's own credentials.
  { route: "DELETE /pipedrive-redirect", body: { company_id: 1, user_id: 1 }, expects: shut(401) },

  { route: "GET /authValidation", expects: USERS },
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
  { route: "GET /user/settings", query: "rcAccountId={account}", expects: USERS },
  { route: "POST /user/settings", body: { userSettings: {} }, expects: USERS },
  { route: "GET /admin/serverLoggingSettings", expects: USERS },
  { route: "POST /admin/serverLoggingSettings", body: { additionalFieldValues: {} }, expects: USERS },

  { route: "GET /admin/settings", expects: ADMINISTRATORS },
  { route: "POST /admin/settings", body: { adminSettings: {} }, expects: ADMINISTRATORS },
  { route: "POST /admin/userMapping", body: { rcExtensionList: [] }, expects: ADMINISTRATORS },
  { route: "POST /admin/reinitializeUserMapping", body: { rcExtensionList: [] }, expects: ADMINISTRATORS },

  {
    route: "POST /plugin/register",
    body: { pluginId: "matrix", address: "http://127.0.0.1:1/", isAsync: true },
    expects: ADMINISTRATORS,
  },
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
