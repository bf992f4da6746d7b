/** What a connector can do, under the names that App Connect's interface has for it. */

import type { Connector } from "../../sdk/connector.ts";

/** Functions that a connector of ours may lack; its other functions every connector has. */
const OPTIONAL = [
  "findContactWithName",
  "createContact",
  "upsertCallDisposition",
  "createMessageLog",
  "updateMessageLog",
  "getLicenseStatus",
  "getUserList",
  "getManagedAuthOptions",
  "listAppointments",
  "createAppointment",
  "updateAppointment",
  "refreshAppointment",
  "confirmAppointment",
  "cancelAppointment",
] as const satisfies readonly (keyof Connector)[];

export function implementedInterfaces(connector: Connector): Record<string, boolean> {
  const oauth = connector.auth.type === "oauth";
  return {
    getAuthType: true,
    ...(oauth ? { getOauthInfo: true } : { getBasicAuth: true }),
    getUserInfo: true,
    unAuthorize: true,
    findContact: true,
    createCallLog: true,
    getCallLog: true,
    updateCallLog: true,
    getLogFormatType: true,
    cacheCallNote: true,
    ...Object.fromEntries(OPTIONAL.map((name) => [name, connector[name] !== undefined])),
    refreshUserInfo: connector.ownRequests !== true || connector.refreshUserInfo !== undefined,
  };
}
