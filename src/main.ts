#!/usr/bin/env node
/** The command line: finds the command, and turns what goes wrong into one plain sentence. */

import { runConnectorCommand } from "./commands/connector.ts";
import { playDemo } from "./commands/demo.ts";
import { runDemoCrm } from "./commands/demo-crm.ts";
import { start } from "./commands/start.ts";
import { alone, UsageError } from "./commands/words.ts";
import { ConfigError } from "./config.ts";
import { VERSION } from "./version.ts";

interface Command {
  help: readonly (readonly [words: string, summary: string])[];
  run(words: readonly string[]): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    help: [
      ["start", "Start the server, and the Demo CRM beside it unless DEMO_CRM=off"],
      ["  --connector <path>", "with a connector of your own; may be repeated"],
    ],
    run: start,
  },
  demo: {
    help: [["demo", "Play the whole story on free ports and show every request and answer"]],
    run: alone("demo", playDemo),
  },
  "demo-crm": {
    help: [["demo-crm", "Run the Demo CRM alone (DEMO_CRM_PORT, DEMO_CRM_FILE)"]],
    run: alone("demo-crm", runDemoCrm),
  },
  connector: {
    help: [
      ["connector new <name>", "Write a small connector, to be made your own"],
      ["connector check <path>", "Put a connector through every scenario; --json for scripts"],
    ],
    run: runConnectorCommand,
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
    if (thrown instanceof ConfigError || thrown instanceof UsageError) return fail(thrown.message);
    fail(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

await main();
