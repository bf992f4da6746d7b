/** The command line: finds the command, and turns what goes wrong into one plain sentence. */

import { type Manual, manualText } from "./help/manual.ts";
import { nearest } from "./help/nearest.ts";
import { type Chapter, overview } from "./help/overview.ts";
import { CONNECTOR, DOCTOR, EXPLAIN } from "./manuals/looking.ts";
import { ENTRIES, IMPORT, KEYS, TOKEN, USERS } from "./manuals/operating.ts";
import { DEMO, DEMO_CRM, MIGRATE, START, WORKER } from "./manuals/running.ts";
import { Refusal } from "./refusal.ts";
import { alone, UsageError } from "./words.ts";
import { VERSION } from "../version.ts";

interface Command {
  manual: Manual;
  /** Loads what it needs only now: a look into the ledger does not wait for a web server. */
  run(words: readonly string[]): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    manual: START,
    run: async (words) => (await import("./start.ts")).start(words),
  },
  worker: {
    manual: WORKER,
    run: async (words) => (await import("./worker.ts")).runWorker(words),
  },
  migrate: {
    manual: MIGRATE,
    run: async (words) => (await import("./migrate.ts")).runMigrate(words),
  },
  demo: {
    manual: DEMO,
    run: alone("demo", async () => (await import("./demo.ts")).playDemo()),
  },
  "demo-crm": {
    manual: DEMO_CRM,
    run: alone("demo-crm", async () => (await import("./demo-crm.ts")).runDemoCrm()),
  },
  entries: {
    manual: ENTRIES,
    run: async (words) => (await import("./entries.ts")).runEntriesCommand(words),
  },
  users: {
    manual: USERS,
    run: async (words) => (await import("./users.ts")).runUsersCommand(words),
  },
  token: {
    manual: TOKEN,
    run: async (words) => (await import("./token.ts")).runToken(words),
  },
  import: {
    manual: IMPORT,
    run: async (words) => (await import("./import.ts")).runImport(words),
  },
  keys: {
    manual: KEYS,
    run: async (words) => (await import("./keys.ts")).runKeysCommand(words),
  },
  explain: {
    manual: EXPLAIN,
    run: async (words) => (await import("./explain.ts")).runExplain(words),
  },
  doctor: {
    manual: DOCTOR,
    run: async (words) => (await import("./doctor.ts")).runDoctor(words),
  },
  connector: {
    manual: CONNECTOR,
    run: async (words) => (await import("./connector.ts")).runConnectorCommand(words),
  },
};

const CHAPTERS: readonly Chapter[] = [
  { title: "Run it", manuals: [START, WORKER, MIGRATE, DEMO, DEMO_CRM] },
  { title: "Look after it", manuals: [ENTRIES, USERS, TOKEN, KEYS, IMPORT] },
  { title: "Find out why", manuals: [EXPLAIN, DOCTOR] },
  { title: "Write a connector", manuals: [CONNECTOR] },
];

/** `words` are what was typed after the name of the program. */
export async function runCommandLine([first = "help", ...rest]: readonly string[]): Promise<void> {
  const asksFor = (...options: string[]) => [first, ...rest].some((word) => options.includes(word));
  if (asksFor("--version", "-v")) return void process.stdout.write(`${VERSION}\n`);
  const asksForHelp = first === "help" || asksFor("--help", "-h");
  const [name, ...words] = first === "help" ? rest : [first, ...rest];
  if (asksForHelp && (name === undefined || name === "help" || name.startsWith("-")))
    return void process.stdout.write(overview(CHAPTERS));
  if (name === undefined || name.startsWith("-")) {
    return fail(`These arguments are not understood.\n\n${overview(CHAPTERS)}`);
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) return failWithoutCommand(name);
  if (asksForHelp) return void process.stdout.write(manualText(command.manual));
  try {
    await command.run(words);
  } catch (thrown) {
    if (thrown instanceof UsageError) return fail(`${thrown.message}${hintFor(name, command, words)}`);
    const { ConfigError } = await import("../config.ts");
    if (thrown instanceof ConfigError || thrown instanceof Refusal) return fail(thrown.message);
    fail(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

/** Says what went wrong and stops with a failure; a stack only where it is our own mistake. */
function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

function failWithoutCommand(name: string): void {
  const meant = nearest(name, Object.keys(COMMANDS));
  const hint = meant === undefined ? "" : `\nDid you mean "trunkline ${meant}"?`;
  fail(`There is no command "${name}".${hint}\n\n${overview(CHAPTERS)}`);
}

/** The first of the words that a form of the command begins with: "list" and "show" of `entries`. */
function hintFor(name: string, { manual }: Command, [typed]: readonly string[]): string {
  const known = manual.forms.flatMap(({ words }) => /^\S+ ([a-z]+)\b/.exec(words)?.[1] ?? []);
  const meant = typed === undefined || known.includes(typed) ? undefined : nearest(typed, known);
  return meant === undefined ? "" : `\n\nDid you mean "trunkline ${name} ${meant}"?`;
}
