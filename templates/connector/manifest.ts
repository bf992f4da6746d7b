/** What the client shows for Acme. */

import type { PlatformManifest } from "trunkline/sdk";

export function manifest(origin: string): PlatformManifest {
  return {
    name: "acme",
    displayName: "Acme",
    environment: { type: "fixed", url: origin },
    urlIdentifier: new URL(origin).hostname,
    auth: {
      type: "apiKey",
      apiKey: {
        page: {
          title: "Log in to Acme",
          content: [{ const: "apiKey", title: "API key", type: "string", required: true }],
        },
      },
    },
    contactTypes: [{ display: "Contact", value: "Contact" }],
    contactPageUrl: `${origin}/contacts/{contactId}`,
    page: {
      callLog: { additionalFields: [] },
      messageLog: { additionalFields: [] },
      useContactSearch: true,
    },
  };
}
