/** What the client shows for Clio. */

import { EXTENSION_REDIRECT_URI } from "../../sdk/auth.ts";
import type { ConnectorEnvironment, FieldOption, ManifestSite } from "../../sdk/connector.ts";
import type { PlatformManifest } from "../../sdk/manifest.ts";
import { clientOf, oauthOrigin, REGIONS } from "./regions.ts";
import { CLIO_SETTINGS, SETTINGS_SECTION } from "./settings-page.ts";

export const BILLING_OPTIONS: FieldOption[] = [
  { const: "billable", title: "Billable" },
  { const: "non-billable", title: "Non-billable" },
];

/** The client builds the login's address itself: without `override` it would send everybody to the first region. */
export function clioManifest({ environment }: ManifestSite): PlatformManifest {
  const [first, ...others] = registeredRegions(environment);
  return {
    name: "clio",
    displayName: "Clio",
    environment: {
      type: "selectable",
      selections: [first, ...others].flatMap((region) =>
        region === undefined ? [] : [{ const: `https://${region.hostname}`, name: region.name }],
      ),
    },
    urlIdentifier: "*app.clio.com",
    embedUrls: ["https://*.clio.com/*"],
    auth: {
      type: "oauth",
      oauth: {
        authUrl: first?.authUrl ?? "",
        clientId: first?.clientId ?? "",
        redirectUri: EXTENSION_REDIRECT_URI,
      },
    },
    override: others.map((region) => ({
      triggerType: "hostname",
      triggerValue: region.hostname,
      overrideObjects: [
        { path: "auth.oauth.authUrl", value: region.authUrl },
        { path: "auth.oauth.clientId", value: region.clientId },
      ],
    })),
    contactTypes: ["Person", "Company"].map((type) => ({ display: type, value: type })),
    contactPageUrl: "https://{hostname}/nc/#/contacts/{contactId}",
    logPageUrl: "https://{hostname}/nc/#/contacts/{contactId}/communications",
    canOpenLogPage: true,
    requestConfig: { timeout: 30 },
    settings: [CLIO_SETTINGS],
    page: {
      callLog: { additionalFields: [matters, billableStatus] },
      messageLog: { additionalFields: [matters] },
      appointment: { supported: true, title: "Appointments" },
      useContactSearch: true,
    },
  };
}

/** A region without an app is not offered: its login would only fail. */
function registeredRegions(environment: ConnectorEnvironment) {
  return REGIONS.flatMap((region) => {
    const client = clientOf(environment, region);
    const authUrl = `${oauthOrigin({ environment, hostname: region.hostname })}/oauth/authorize`;
    return client === undefined ? [] : [{ ...region, authUrl, clientId: client.id }];
  });
}

const matters = {
  const: "matters",
  title: "Matter",
  type: "selection",
  contactDependent: true,
  required: false,
} as const;

const billableStatus = {
  const: "billableStatus",
  title: "Billable status",
  type: "selection",
  contactDependent: false,
  required: false,
  description: "Whether the call's time entry can appear on a bill",
  includeNoneOption: false,
  options: BILLING_OPTIONS,
  defaultSettingId: SETTINGS_SECTION,
  defaultSettingValues: {
    inboundCall: { settingId: "clioDefaultNonBillableTick" },
    outboundCall: { settingId: "clioDefaultNonBillableTick" },
  },
} as const;
