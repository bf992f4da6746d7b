/** Makes a connector of ours from one that was written for App Connect. */

import { apiKey, type ApiKeyForm } from "../sdk/auth.ts";
import { type Connector, defineConnector, type LogFormat } from "../sdk/connector.ts";
import type { PlatformManifest } from "../sdk/manifest.ts";
import { createAccountData } from "./option-lists.ts";
import { idIn, textIn } from "./answers.ts";
import { appointmentFunctions } from "./appointments.ts";
import { callLogFunctions } from "./call-logs.ts";
import type { Callee } from "./calling.ts";
import { contactFunctions } from "./contacts.ts";
import type { AppConnectExports } from "./exports.ts";
import { hostsIn } from "./hosts.ts";
import { appConnectLimits } from "./limits.ts";
import { managedAuthFunctions } from "./managed-auth.ts";
import { messageLogFunctions } from "./message-logs.ts";
import { oauthOf } from "./oauth.ts";
import { createRequestWatch } from "./request-watch.ts";
import { tenantBy } from "./tenant.ts";
import { userFunctions } from "./users.ts";

const FORMATS: readonly LogFormat[] = ["text/plain", "text/html", "text/markdown"];

export interface AppConnectConnector {
  exports: AppConnectExports;
  manifest: PlatformManifest;
  /** How long one answer of the CRM, and one function, may take; for tests. */
  patience?: { responseMs: number; totalMs: number };
}

export interface Adapted {
  connector: Connector;
  /** What App Connect's interface cannot promise, in sentences. */
  limits: string[];
}

export async function adapted({ exports, manifest, patience }: AppConnectConnector): Promise<Adapted> {
  const { functions } = exports;
  const { name: platform, displayName } = manifest;
  const watch = createRequestWatch(patience);
  const { home, patterns } = hostsIn(manifest);
  const said = {
    auth: await functions.get("getAuthType")?.({ platform }),
    format: await functions.get("getLogFormatType")?.(platform),
  };
  const callee: Callee = {
    exports,
    platform,
    crm: displayName,
    home: home === undefined ? undefined : new URL(home).host,
    watch,
    loginFields: fieldsIn(manifest),
    bearsKey: said.auth === "oauth",
    accountData: createAccountData(),
    ...(patience && { totalMs: patience.totalMs }),
  };
  const format = FORMATS.find((known) => known === (said.format ?? "text/plain"));
  const addressVariable = `${platform.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase()}_API_URL`;
  const tenantOf = tenantBy(callee.home);
  const basicAuth = ({ apiKey: key }: ApiKeyForm) => textIn(functions.get("getBasicAuth")?.({ apiKey: key })) ?? "";

  const composes = format !== undefined;
  const connector = defineConnector({
    platform,
    displayName,
    ownRequests: true,
    variables: [
      {
        name: addressVariable,
        kind: "origin",
        explanation: `An address of ${displayName} that its manifest does not name, such as one inside your company.`,
      },
    ],
    // The connector reads its own variables whenever it needs them.
    isConfigured: () => true,
    manifest: () => manifest,
    // The client logs in as the manifest says.
    auth: manifest.auth.type === "oauth" ? oauthOf(callee, manifest) : apiKey({ getBasicAuth: basicAuth }),
    apiOrigin: ({ environment, hostname }) =>
      environment[addressVariable] ??
      (hostname === undefined ? (home ?? "https://unknown.invalid") : `https://${hostname}`),
    hosts: patterns,
    logFormat: format ?? "text/plain",
    findsExtensions: true,
    importedTenant: ({ hostname, platformAdditionalInfo }) =>
      tenantOf({ hostname, told: idIn(platformAdditionalInfo["tenant"]) }),
    ...userFunctions(callee, { tenantOf }),
    ...managedAuthFunctions(callee),
    ...contactFunctions(callee),
    ...appointmentFunctions(callee),
    ...callLogFunctions(callee, { composes }),
    ...messageLogFunctions(callee),
  });
  return { connector, limits: appConnectLimits(exports, { composes }) };
}

function fieldsIn({ auth }: PlatformManifest): string[] {
  const fields = auth.type === "apiKey" ? auth.apiKey.page.content : [];
  return fields
    .filter(({ const: name, required }) => required === true && name !== "apiKey")
    .map((field) => field.const);
}
