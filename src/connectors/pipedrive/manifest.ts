/** What the client shows for Pipedrive. */

import type { ManifestSite } from "../../sdk/connector.ts";
import type { PlatformManifest } from "../../sdk/manifest.ts";
import { ACTIVITY_TYPE_SETTINGS } from "./activity-type.ts";
import { oauthClient, oauthEndpoints, redirectUri } from "./endpoints.ts";

export function pipedriveManifest(site: ManifestSite): PlatformManifest {
  return {
    name: "pipedrive",
    displayName: "Pipedrive",
    environment: {
      type: "dynamic",
      urlIdentifier: "*.pipedrive.com",
      instructions: ["Log in to your Pipedrive account", "Copy the whole address and paste it here"],
    },
    urlIdentifier: "*.pipedrive.com",
    embedUrls: ["https://*.pipedrive.com/*"],
    auth: {
      type: "oauth",
      oauth: {
        authUrl: oauthEndpoints(site).authorization,
        clientId: oauthClient(site.environment)?.id ?? "",
        redirectUri: redirectUri(site),
      },
    },
    contactPageUrl: "https://{hostname}/person/{contactId}",
    logPageUrl: "https://{hostname}/activities/{logId}",
    canOpenLogPage: false,
    requestConfig: { timeout: 30 },
    settings: [SETTINGS],
    page: {
      callLog: { additionalFields: ADDITIONAL_FIELDS },
      messageLog: { additionalFields: ADDITIONAL_FIELDS },
      useContactSearch: true,
    },
  };
}

const SETTINGS = {
  id: "pipedriveOptions",
  type: "section",
  name: "Pipedrive options",
  items: [
    activityTypeSetting(ACTIVITY_TYPE_SETTINGS.call, "Activity type of calls", "call"),
    activityTypeSetting(ACTIVITY_TYPE_SETTINGS.sms, "Activity type of messages", "sms"),
  ],
};

function activityTypeSetting(id: string, name: string, word: string) {
  return {
    id,
    type: "inputField",
    name,
    description: `Its name in Pipedrive. If empty, the first active type whose name contains "${word}".`,
    defaultValue: "",
  };
}

const LEAD_WARNING = {
  const: "leadWarning",
  title: "Lead warning",
  type: "warning",
  description: "If a deal is chosen, the log belongs to the deal and not to the lead.",
} as const;

const ADDITIONAL_FIELDS: PlatformManifest["page"]["messageLog"]["additionalFields"] = [
  { const: "deals", title: "Deal", type: "selection", contactDependent: true },
  LEAD_WARNING,
  { const: "leads", title: "Lead", type: "selection", contactDependent: true },
  // The person's own, so there is one choice, which clients make by themselves: only so does it reach the log without a request.
  { const: "organization", title: "Organization", type: "selection", contactDependent: true },
];
