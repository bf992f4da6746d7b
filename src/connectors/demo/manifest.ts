/** What the client shows for the Demo CRM. */

import type { OAuth2Client } from "../../sdk/auth.ts";
import { EXTENSION_REDIRECT_URI } from "../../sdk/auth.ts";
import type { PlatformManifest } from "../../sdk/manifest.ts";

/** The app that every Demo CRM knows; it protects nothing but sample data. */
export const DEMO_OAUTH_CLIENT: OAuth2Client = { id: "demo-client", secret: "demo-secret" };

export function demoManifest(
  name: "demo" | "demoOAuth",
  origins: { api: string; oauth: string | undefined },
): PlatformManifest {
  const deals = {
    const: "deals",
    title: "Deal",
    type: "selection",
    contactDependent: true,
    required: false,
  } as const;
  return {
    name,
    displayName: name === "demo" ? "Demo CRM" : "Demo CRM (OAuth)",
    environment: { type: "fixed", url: origins.api },
    urlIdentifier: new URL(origins.api).hostname,
    auth: origins.oauth === undefined ? apiKeyForm : oauthLogin(origins.oauth),
    contactTypes: ["Contact", "Lead", "Company"].map((type) => ({ display: type, value: type })),
    contactPageUrl: `${origins.api}/contacts/{contactId}`,
    canOpenLogPage: false,
    requestConfig: { timeout: 30 },
    page: {
      callLog: { additionalFields: [deals] },
      messageLog: { additionalFields: [deals] },
      appointment: { supported: true, title: "Appointments" },
      useContactSearch: true,
    },
  };
}

const apiKeyForm: PlatformManifest["auth"] = {
  type: "apiKey",
  apiKey: {
    page: {
      title: "Log in to the Demo CRM",
      content: [
        {
          const: "apiKey",
          title: "API key",
          type: "string",
          required: true,
          placeholder: "demo-key",
          description: "The Demo CRM knows the key demo-key.",
        },
      ],
    },
  },
};

function oauthLogin(origin: string): PlatformManifest["auth"] {
  return {
    type: "oauth",
    oauth: {
      authUrl: `${origin}/oauth/authorize`,
      clientId: DEMO_OAUTH_CLIENT.id,
      redirectUri: EXTENSION_REDIRECT_URI,
    },
  };
}
