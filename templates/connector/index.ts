/** Acme, as Trunkline reaches it. */

import { apiKey, defineConnector } from "trunkline/sdk";
import { createCallLog, findCallLog, getCallLog, updateCallLog } from "./call-logs.ts";
import { createContact, findContact, getUserInfo } from "./contacts.ts";
import { manifest } from "./manifest.ts";

/** Where the real CRM answers. Trunkline talks to this host, to those that a sandbox variable names, and to no other. */
const HOST = "api.acme.example";

export const acme = defineConnector({
  platform: "acme",
  displayName: "Acme",
  variables: [{ name: "ACME_API_URL", kind: "origin", explanation: "Moves the connector to a sandbox of the CRM." }],
  isConfigured: () => true,
  manifest: () => manifest(`https://${HOST}`),
  // For a CRM with OAuth 2: oauth2({ endpoints, client }), also of trunkline/sdk. Tokens are then none of your business.
  auth: apiKey(),
  apiOrigin: ({ environment }) => environment["ACME_API_URL"] ?? `https://${HOST}`,
  hosts: [HOST],
  logFormat: "text/plain",

  getUserInfo,
  findContact,
  createContact,
  createCallLog,
  getCallLog,
  updateCallLog,
  findCallLog,
});
