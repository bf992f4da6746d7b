/** The Demo CRM, reached in two ways: with an API key (`demo`) and through OAuth 2 (`demoOAuth`). */

import { apiKey, oauth2 } from "../../sdk/auth.ts";
import { type Connector, type ConnectorEnvironment, defineConnector } from "../../sdk/connector.ts";
import {
  cancelAppointment,
  confirmAppointment,
  createAppointment,
  findAppointments,
  listAppointments,
  refreshAppointment,
  updateAppointment,
} from "./appointments.ts";
import { createCallLog, findCallLog, getCallLog, updateCallLog, upsertCallDisposition } from "./call-logs.ts";
import { createContact, findContact, findContactWithName } from "./contacts.ts";
import { demoManifest, DEMO_OAUTH_CLIENT } from "./manifest.ts";
import { createMessageLog, findMessageLog, updateMessageLog } from "./message-logs.ts";
import { colleagues, getUserInfo, getUserList } from "./user-info.ts";

/** Where the Demo CRM answers. The server sets it when it runs the Demo CRM itself. */
function apiOrigin(environment: ConnectorEnvironment): string {
  return environment["DEMO_API_URL"] ?? "http://127.0.0.1:6067";
}

/** Its OAuth server; it moves together with the API unless it is told otherwise. */
function oauthOrigin(environment: ConnectorEnvironment): string {
  return environment["DEMO_OAUTH_URL"] ?? apiOrigin(environment);
}

const shared = {
  displayName: "Demo CRM",
  variables: [
    {
      name: "DEMO_API_URL",
      kind: "origin",
      explanation:
        "Where a Demo CRM that runs by itself answers, such as `http://127.0.0.1:6067`; goes with `DEMO_CRM=off`.",
    },
    {
      name: "DEMO_OAUTH_URL",
      kind: "origin",
      explanation: "Where its OAuth server answers, if elsewhere than `DEMO_API_URL`.",
    },
  ],
  isConfigured: (environment) => environment["DEMO_API_URL"] !== undefined,
  apiOrigin: (place) => apiOrigin(place.environment),
  hosts: [],
  hostAliases: ["localhost"],
  logFormat: "text/plain",
  getUserInfo,
  getUserList,
  accountData: { colleagues: { fetch: colleagues } },
  findContact,
  findContactWithName,
  createContact,
  createCallLog,
  getCallLog,
  updateCallLog,
  findCallLog,
  upsertCallDisposition,
  createMessageLog,
  updateMessageLog,
  findMessageLog,
  listAppointments,
  createAppointment,
  updateAppointment,
  refreshAppointment,
  confirmAppointment,
  cancelAppointment,
  findAppointments,
} satisfies Omit<Connector, "platform" | "manifest" | "auth">;

export const demo = defineConnector({
  ...shared,
  platform: "demo",
  manifest: ({ environment }) => demoManifest("demo", { api: apiOrigin(environment), oauth: undefined }),
  auth: apiKey(),
});

export const demoOAuth = defineConnector({
  ...shared,
  platform: "demoOAuth",
  manifest: ({ environment }) =>
    demoManifest("demoOAuth", { api: apiOrigin(environment), oauth: oauthOrigin(environment) }),
  auth: oauth2({
    endpoints: ({ environment }) => {
      const origin = oauthOrigin(environment);
      return {
        authorization: `${origin}/oauth/authorize`,
        token: `${origin}/oauth/token`,
        revocation: `${origin}/oauth/revoke`,
      };
    },
    client: () => DEMO_OAUTH_CLIENT,
  }),
});
