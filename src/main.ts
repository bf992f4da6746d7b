#!/usr/bin/env node
/** The command line: finds the command, and turns what goes wrong into one plain sentence. */

import { parseArgs } from "node:util";
import { playDemo } from "./commands/demo.ts";
import { runDemoCrm } from "./commands/demo-crm.ts";
import { start } from "./commands/start.ts";
import { ConfigError } from "./config.ts";
import { VERSION } from "./version.ts";

interface Command {
  summary: string;
  run(): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: { summary: "Start the server, and the Demo CRM beside it unless DEMO_CRM=off", run: start },
  demo: { summary: "Play the whole story on free ports and show every request and answer", run: playDemo },
  "demo-crm": { summary: "Run the Demo CRM alone (DEMO_CRM_PORT, DEMO_CRM_FILE)", run: runDemoCrm },
};

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Trunkline: the open server between a telephone and a CRM.",
    "",
    "Usage: trunkline <command>",
    "",
    ...lines,
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

function wanted(): { name: string; asksFor: "help" | "version" | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } },
    });
    if (positionals.length > 1) return undefined;
    const asksFor = values.help ? "help" : values.version ? "version" : undefined;
    return { name: positionals[0] ?? "help", asksFor };
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const command = wanted();
  if (command === undefined) return fail(`These arguments are not understood.\n\n${help()}`);
  if (command.asksFor === "version") return void process.stdout.write(`${VERSION}\n`);
  if (command.asksFor === "help" || command.name === "help") return void process.stdout.write(help());
  if (!Object.hasOwn(COMMANDS, command.name)) return fail(`There is no command "${command.name}".\n\n${help()}`);
  try {
    await COMMANDS[command.name]?.run();
  } catch (thrown) {
    if (thrown instanceof ConfigError) return fail(thrown.message);
    fail(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

await main();
