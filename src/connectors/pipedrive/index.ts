/** Pipedrive: persons, deals and leads; calls and messages become activities. */

import { oauth2 } from "../../sdk/auth.ts";
import { defineConnector } from "../../sdk/connector.ts";
import { authValidation, getUserInfo, getUserList, importedTenant } from "./account.ts";
import { createCallLog, findCallLog, getCallLog, updateCallLog, upsertCallDisposition } from "./call-logs.ts";
import { createContact, findContact, findContactWithName } from "./contacts.ts";
import { apiOrigin, oauthClient, oauthEndpoints, REDIRECT_PATH, redirectUri, VARIABLES } from "./endpoints.ts";
import { pipedriveManifest } from "./manifest.ts";
import { createMessageLog, findMessageLog, updateMessageLog } from "./message-logs.ts";
import { uninstalledBy } from "./uninstallation.ts";

export const pipedrive = defineConnector({
  platform: "pipedrive",
  displayName: "Pipedrive",
  variables: VARIABLES,
  isConfigured: (environment) => oauthClient(environment) !== undefined,
  manifest: pipedriveManifest,
  auth: oauth2({
    endpoints: oauthEndpoints,
    client: ({ environment }) => oauthClient(environment),
    redirectUri,
    // A sandbox's own address is used whatever its token answer says.
    apiOriginFromTokens: ({ api_domain }, { environment }) =>
      typeof api_domain === "string" && environment["PIPEDRIVE_API_URL"] === undefined ? api_domain : undefined,
  }),
  apiOrigin,
  // Every company's own host, api.pipedrive.com and oauth.pipedrive.com.
  hosts: ["*.pipedrive.com"],
  marketplace: {
    redirectPath: REDIRECT_PATH,
    client: oauthClient,
    uninstalledBy,
  },
  logFormat: "text/html",
  getUserInfo,
  importedTenant,
  authValidation,
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
  getUserList,
  // Too many 429s end in a page of its firewall ("Rate limiting", core API concepts, page of 2026-09-17); the API itself answers in JSON.
  meaningOfFailure: ({ status, isJson }) => (status === 403 && !isJson ? { code: "crm-rate-limited" } : undefined),
});
