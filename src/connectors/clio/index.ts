/** Clio Manage: calls as phone communications with time entries, filed under matters, in four regions. */

import { oauth2 } from "../../sdk/auth.ts";
import { defineConnector } from "../../sdk/connector.ts";
import {
  cancelAppointment,
  confirmAppointment,
  createAppointment,
  findAppointments,
  listAppointments,
  refreshAppointment,
  updateAppointment,
} from "./appointments.ts";
import { createCallLog, getCallLog, updateCallLog } from "./call-logs.ts";
import { findCommunication } from "./communications.ts";
import { createContact, findContact, findContactWithName } from "./contacts.ts";
import { upsertCallDisposition } from "./dispositions.ts";
import { uploadDocument } from "./documents.ts";
import { clioManifest } from "./manifest.ts";
import { createMessageLog, updateMessageLog } from "./message-logs.ts";
import { apiOrigin, clientOf, oauthOrigin, regionOf, REGIONS } from "./regions.ts";
import { getUserInfo, getUserList, unAuthorize } from "./users.ts";

export const clio = defineConnector({
  platform: "clio",
  displayName: "Clio",
  variables: [
    ...REGIONS.flatMap(({ name, prefix }) => [
      {
        name: `${prefix}CLIENT_ID`,
        kind: "text" as const,
        explanation: `The app key registered with Clio in the region ${name}; without it the region is not offered.`,
      },
      {
        name: `${prefix}CLIENT_SECRET`,
        kind: "secret" as const,
        explanation: `The app secret that belongs to \`${prefix}CLIENT_ID\`.`,
      },
    ]),
    {
      name: "CLIO_API_URL",
      kind: "origin",
      explanation: "Where the API of every region is, instead of Clio's own hosts: for a sandbox.",
    },
    {
      name: "CLIO_OAUTH_URL",
      kind: "origin",
      explanation: "Where the OAuth server of every region is, instead of Clio's own hosts: for a sandbox.",
    },
  ],
  isConfigured: (environment) => REGIONS.some((region) => clientOf(environment, region) !== undefined),
  manifest: clioManifest,
  auth: oauth2({
    endpoints: (place) => ({
      authorization: `${oauthOrigin(place)}/oauth/authorize`,
      token: `${oauthOrigin(place)}/oauth/token`,
    }),
    client: ({ environment, hostname }) => clientOf(environment, regionOf(hostname)),
    clientAuthentication: "post",
  }),
  apiOrigin,
  hosts: REGIONS.map(({ hostname }) => hostname),
  logFormat: "text/plain",
  getUserInfo,
  unAuthorize,
  getUserList,
  findContact,
  findContactWithName,
  createContact,
  createCallLog,
  getCallLog,
  updateCallLog,
  findCallLog: findCommunication,
  upsertCallDisposition,
  createMessageLog,
  updateMessageLog,
  findMessageLog: findCommunication,
  uploadDocument,
  listAppointments,
  createAppointment,
  findAppointments,
  updateAppointment,
  refreshAppointment,
  confirmAppointment,
  cancelAppointment,
});
