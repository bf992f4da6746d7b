/** Help for the commands by which somebody operates a Trunkline. */

import type { Manual, Row } from "../help/manual.ts";

const JSON_OPTION: Row = ["--json", "For scripts"];
const LIMIT: Row = ["--limit <n>", "At most so many at once; 50 unless said otherwise, 1000 at most"];

export const ENTRIES: Manual = {
  forms: [
    {
      words: "entries list [--state <state>]… [--limit <n>] [--after <id>] [--json]",
      summary: "What is owed to the CRMs, the longest owed first",
    },
    { words: "entries show <id> [--content] [--json]", summary: "All that is known of one" },
    { words: "entries retry <id> [--create | --written <the record's id in the CRM>]", summary: "Try it now" },
    { words: "entries retry --all-refused | --all-pending" },
    { words: "entries drop <id> --yes", summary: "Give it up for good" },
  ],
  about: [
    "An entry is a call or a conversation that somebody logged. It stays owed until the CRM has it. Of an <id>, its last characters are enough; the log id that users see (pending-…) and the marker in the CRM (trunkline:…) are understood as well.",
  ],
  options: [
    ["--state <state>", "pending, sending, uncertain, refused, written or dropped; may be repeated"],
    LIMIT,
    ["--after <id>", "Go on behind this one"],
    ["--content", "Show what the log says, too"],
    ["--create", "You looked: it is not in the CRM, create it"],
    ["--written <id>", "You looked: it is in the CRM, under this id"],
    ["--all-refused", "Everything that a CRM refused, for instance after a permission was granted"],
    ["--all-pending", "Everything that waits"],
    ["--yes", "You mean it: its content will be gone"],
    JSON_OPTION,
  ],
};

export const USERS: Manual = {
  forms: [
    {
      words: "users list [--platform <name>] [--limit <n>] [--after <id>] [--json]",
      summary: "Who is connected to which CRM",
    },
    {
      words: "users disconnect <id> [--yes] [--connector <path>]… [--app-connect-connector <path>]… [--json]",
      summary: "Log somebody out everywhere",
    },
    { words: "users disconnect <platform> <crm user id> [--yes] …" },
  ],
  about: [
    "To disconnect somebody ends all sessions and forgets the credentials, as logging out in the extension does; the CRM is told where it can be. Settings and what is owed stay: logging in again goes on from there. Without --yes it is only said what would happen.",
  ],
  options: [
    ["--platform <name>", "Only this CRM, such as pipedrive"],
    LIMIT,
    ["--after <id>", "Go on behind this one"],
    ["--yes", "You mean it"],
    ["--connector <path>", "A connector of your own that the servers know; may be repeated"],
    ["--app-connect-connector <path>", "A connector written for App Connect that the servers know; may be repeated"],
    JSON_OPTION,
  ],
};

export const TOKEN: Manual = {
  forms: [{ words: "token <platform> <user> [--json]", summary: "A session of a connected user, for scripts" }],
  about: [
    "Prints the jwtToken and nothing else. <user> is an id in the CRM, a name or an unmistakable part of one, or the last characters of an id of users list. The session lasts a year; users disconnect ends it, together with all others of this user.",
  ],
  options: [JSON_OPTION],
  examples: [['TOKEN=$(trunkline token demo "Ann Operator")', "to be sent as ?jwtToken= or as a Bearer token"]],
};

export const IMPORT: Manual = {
  forms: [
    {
      words:
        "import app-connect --from <database> [--apply] [--connector <path>]… [--app-connect-connector <path>]… [--json]",
      summary: "Take over what an App Connect server knows",
    },
  ],
  about: [
    "Reads that server's database, PostgreSQL or SQLite, and changes nothing in it: users with their credentials and settings, which record each logged call and conversation has in its CRM, call-down lists, what administrators decided and filled in. Without --apply it is only said what would be taken over. It may run while both servers do, and again: it takes nothing twice.",
    "Set APP_SERVER_SECRET_KEY and HASH_KEY to what they were there, so that nobody has to log in again. docs/moving-from-app-connect.md is the guide.",
  ],
  options: [
    [
      "--from <database>",
      "Its DATABASE_URL: postgres://user:password@host/database, or sqlite:<path>; APP_CONNECT_DATABASE_URL keeps it out of the list of processes",
    ],
    ["--apply", "You mean it: write it down here"],
    ["--dry-run", "Only say what would be done, as without --apply"],
    ["--connector <path>", "A connector of your own that the servers know; may be repeated"],
    ["--app-connect-connector <path>", "A connector written for App Connect that the servers know; may be repeated"],
    JSON_OPTION,
  ],
  examples: [
    ["trunkline migrate", "makes the tables where there are none yet"],
    ["trunkline import app-connect --from sqlite:db.sqlite", "what there is to take over"],
  ],
};

export const KEYS: Manual = {
  forms: [
    { words: "keys status", summary: "Which key of TRUNKLINE_ENCRYPTION_KEYS has sealed how much" },
    { words: "keys rotate", summary: "Seal everything with the first key, while servers run" },
  ],
  about: ["Keys are shown by their ids, which say nothing about them. docs/operating.md tells how a rotation goes."],
};
