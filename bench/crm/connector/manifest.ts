/** What the client would show for the bench CRM. */

import type { ManifestSite, PlatformManifest } from "../../../src/sdk/index.ts";

export function manifest({ environment }: ManifestSite): PlatformManifest {
  const url = environment["BENCH_API_URL"] ?? "http://127.0.0.1";
  return {
    name: "bench",
    displayName: "Bench CRM",
    environment: { type: "fixed", url },
    urlIdentifier: "127.0.0.1",
    auth: {
      type: "apiKey",
      apiKey: {
        page: {
          title: "Log in to the bench CRM",
          content: [{ const: "apiKey", title: "API key", type: "string", required: true }],
        },
      },
    },
    contactTypes: [{ display: "Contact", value: "Contact" }],
    contactPageUrl: `${url}/contacts/{contactId}`,
    page: {
      callLog: { additionalFields: [] },
      messageLog: { additionalFields: [] },
      useContactSearch: true,
    },
  };
}
