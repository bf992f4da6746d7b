#!/usr/bin/env node
/** The command line: finds the command, and turns what goes wrong into one plain sentence. */

import { Refusal } from "./commands/refusal.ts";
import { alone, UsageError } from "./commands/words.ts";
import { ConfigError } from "./config.ts";
import { VERSION } from "./version.ts";

interface Command {
  help: readonly (readonly [words: string, summary: string])[];
  /** Loads what it needs only now: a look into the ledger does not wait for a web server. */
  run(words: readonly string[]): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    help: [
      ["start", "Start the server, and the Demo CRM beside it unless DEMO_CRM=off"],
      ["  --connector <path>", "with a connector of your own; may be repeated"],
    ],
    run: async (words) => (await import("./commands/start.ts")).start(words),
  },
  worker: {
    help: [
      ["worker", "Write what servers have accepted, without serving anybody"],
      ["  --connector <path>", "as for start: it must know the connectors that the servers know"],
    ],
    run: async (words) => (await import("./commands/worker.ts")).runWorker(words),
  },
  entries: {
    help: [
      ["entries list", "What is owed to the CRMs; --state, --limit, --after, --json"],
      ["entries show <id>", "All that is known of one; --content, --json"],
      ["entries retry <id>", "Try it now; --create or --written <id> where it may be there; --all-refused"],
      ["entries drop <id>", "Give it up for good; --yes"],
    ],
    run: async (words) => (await import("./commands/entries.ts")).runEntriesCommand(words),
  },
  keys: {
    help: [
      ["keys status", "Which key of TRUNKLINE_ENCRYPTION_KEYS has sealed how much"],
      ["keys rotate", "Seal everything with the first key, while servers run"],
    ],
    run: async (words) => (await import("./commands/keys.ts")).runKeysCommand(words),
  },
  demo: {
    help: [["demo", "Play the whole story on free ports and show every request and answer"]],
    run: alone("demo", async () => (await import("./commands/demo.ts")).playDemo()),
  },
  "demo-crm": {
    help: [["demo-crm", "Run the Demo CRM alone (DEMO_CRM_PORT, DEMO_CRM_FILE)"]],
    run: alone("demo-crm", async () => (await import("./commands/demo-crm.ts")).runDemoCrm()),
  },
  connector: {
    help: [
      ["connector new <name>", "Write a small connector, to be made your own"],
      ["connector check <path>", "Put a connector through every scenario; --json for scripts"],
    ],
    run: async (words) => (await import("./commands/connector.ts")).runConnectorCommand(words),
  },
};

function help(): string {
  const rows = Object.values(COMMANDS).flatMap((command) => command.help);
  const width = Math.max(...rows.map(([words]) => words.length));
  return [
    "Trunkline: the open server between a telephone and a CRM.",
    "",
    "Usage: trunkline <command>",
    "",
    ...rows.map(([words, summary]) => `  ${words.padEnd(width)}  ${summary}`),
    "",
    "  --help     Show this",
    "  --version  Show the version",
    "",
    "Everything is configured by environment variables: docs/configuration.md.",
    "",
  ].join("\n");
}

/** Says what went wrong and stops with a failure; a stack only where it is our own mistake. */
function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const [name = "help", ...words] = process.argv.slice(2);
  const asksFor = (...options: string[]) => [name, ...words].some((word) => options.includes(word));
  if (asksFor("--version", "-v")) return void process.stdout.write(`${VERSION}\n`);
  if (name === "help" || asksFor("--help", "-h")) return void process.stdout.write(help());
  if (name.startsWith("-")) return fail(`These arguments are not understood.\n\n${help()}`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) return fail(`There is no command "${name}".\n\n${help()}`);
  try {
    await command.run(words);
  } catch (thrown) {
    if (thrown instanceof ConfigError || thrown instanceof UsageError || thrown instanceof Refusal)
      return fail(thrown.message);
    fail(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

await main();
