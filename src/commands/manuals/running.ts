/** Help for the commands that run something. */

import type { Manual } from "../help/manual.ts";

export const START: Manual = {
  forms: [
    {
      words: "start [--connector <path>]… [--app-connect-connector <path>]…",
      summary: "Start the server, and the Demo CRM beside it unless DEMO_CRM=off",
    },
  ],
  about: [
    "Serves the extension until it is asked to stop with Ctrl-C or SIGTERM, brings its database up to date first, and writes in the background what the CRMs lack.",
  ],
  options: [
    ["--connector <path>", "A connector of your own, beside those that come along; may be repeated"],
    [
      "--app-connect-connector <path>",
      "A connector written for App Connect, with its manifest.json; takes the place of ours for the same CRM",
    ],
  ],
  examples: [
    ["trunkline start", "on this machine alone, with the Demo CRM to play with"],
    ["HOST=0.0.0.0 DEMO_CRM=off trunkline start", "for other machines, without it"],
  ],
};

export const WORKER: Manual = {
  forms: [
    {
      words: "worker [--connector <path>]… [--app-connect-connector <path>]…",
      summary: "Write what servers have accepted, without serving anybody",
    },
  ],
  about: ["Every server does this as well. A worker alone takes that load from machines that answer people."],
  options: [
    ["--connector <path>", "As for start: it must know the connectors that the servers know"],
    ["--app-connect-connector <path>", "The same"],
  ],
};

export const MIGRATE: Manual = {
  forms: [{ words: "migrate [--dry-run] [--json]", summary: "Bring the database up to date, and say what was done" }],
  about: [
    "A server does this by itself when it starts. Run it alone where servers may not change tables, or to see beforehand what a new version would do.",
    "A database that a newer Trunkline has written is left as it is.",
  ],
  options: [
    ["--dry-run", "Only say what would be done"],
    ["--json", "For scripts"],
  ],
};

export const DEMO: Manual = {
  forms: [{ words: "demo", summary: "Play the whole story on free ports and show every request and answer" }],
};

export const DEMO_CRM: Manual = {
  forms: [{ words: "demo-crm", summary: "Run the Demo CRM alone" }],
  about: ["DEMO_CRM_PORT and DEMO_CRM_FILE say where. A server elsewhere finds it with DEMO_CRM=off and DEMO_API_URL."],
};
