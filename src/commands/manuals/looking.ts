/** Help for the commands that find out why something is as it is. */

import type { Manual } from "../help/manual.ts";

export const EXPLAIN: Manual = {
  forms: [
    {
      words:
        "explain <number> [--user <user>] [--platform <name>] [--country <code>] [--format <format>]… [--ask] [--limit <n>] [--connector <path>]… [--app-connect-connector <path>]… [--json]",
      summary: "How a number is read, who has it, and what the CRMs would be asked",
    },
  ],
  about: [
    "Nothing is sent unless you say --ask: the requests are those that the connector makes of a CRM that knows nobody. A CRM that knows somebody may be asked more, for instance for open deals.",
    "Contacts are shown by their ids; their names only for a user whom you choose.",
  ],
  options: [
    ["--user <user>", "Only this one: an id in the CRM, a name, or the last characters of an id of users list"],
    ["--platform <name>", "Only this CRM"],
    ["--country <code>", "Where numbers without a country code are at home, such as DE; US unless said otherwise"],
    ["--format <format>", "A user's own format, such as '(***) ***-****'; may be repeated up to three times"],
    ["--ask", "Really ask the CRMs, and show each request, its outcome and its time"],
    ["--limit <n>", "At most so many users' CRMs; 10 unless said otherwise"],
    ["--connector <path>", "A connector of your own that the servers know; may be repeated"],
    ["--app-connect-connector <path>", "A connector written for App Connect that the servers know; may be repeated"],
    ["--json", "For scripts"],
  ],
  examples: [
    ["trunkline explain '(650) 555-1212'", "what is known, and what would be asked"],
    ["trunkline explain 030123456 --country DE --ask", "a number of Berlin, asked for in earnest"],
  ],
};

export const DOCTOR: Manual = {
  forms: [
    {
      words: "doctor [--connector <path>]… [--app-connect-connector <path>]… [--json]",
      summary: "Check configuration, database, keys, the CRMs' hosts and the clock",
    },
    {
      words:
        "doctor --against <url> [--platform <name>] [--api-key <key>] [--hostname <host>] [--token <jwtToken>] [--number <number>] [--write] [--timeout <seconds>] [--json]",
      summary: "Check any server that claims the App Connect contract",
    },
  ],
  about: [
    "✓ is well, ! should be looked at, ✗ must be put right, – could not be looked at. The exit code is 1 where there is a ✗, else 0. Nothing is changed.",
    "With --against it asks a server what the extension would ask, and judges the answers by what the extension needs. It only reads unless you say --write: then it creates one contact, one call and one conversation in the CRM, which stay there.",
  ],
  options: [
    ["--connector <path>", "A connector of your own that the servers know; may be repeated"],
    ["--app-connect-connector <path>", "A connector written for App Connect that the servers know; may be repeated"],
    ["--against <url>", "The server to check, as it stands in its manifest's serverUrl"],
    ["--platform <name>", "The CRM to check it with; the manifest's only one unless there are several"],
    ["--api-key <key>", "Log in with this key; TRUNKLINE_CHECK_API_KEY keeps it out of the list of processes"],
    ["--hostname <host>", "The CRM's host, for the login"],
    ["--token <jwtToken>", "Or use this session; TRUNKLINE_CHECK_TOKEN does the same"],
    ["--number <number>", "A number that the CRM knows, so that a contact's shape can be checked as well"],
    ["--write", "Create, change and read back records in the CRM"],
    ["--timeout <seconds>", "How long to wait for one answer; 10 unless said otherwise"],
    ["--json", "For scripts"],
  ],
  examples: [
    ["trunkline doctor", "before a start, or when something is odd"],
    ["trunkline doctor --against https://crm.example.com --platform demo", "what can be seen without a login"],
  ],
};

export const CONNECTOR: Manual = {
  forms: [
    { words: "connector new <name>", summary: "Write a small connector, to be made your own" },
    { words: "connector check <path> [--json]", summary: "Put a connector through every scenario" },
    {
      words: "connector check --app-connect-connector <path> [--json]",
      summary: "The same for a connector written for App Connect, and what its interface cannot promise",
    },
  ],
  about: [
    "A <path> is a folder with an index.ts or index.js, or the file itself; #<name> behind it chooses one of several. docs/writing-a-connector.md is the guide.",
    "A connector written for App Connect is played where a fake-crm.ts or fake-crm.js lies beside it; without one it is only said what it offers and what it cannot promise.",
  ],
  options: [["--json", "For scripts"]],
};
