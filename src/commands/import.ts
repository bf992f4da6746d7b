/** `trunkline import app-connect --from <database>`: takes over what an App Connect server knows. Dry unless told to apply. */

import { parseArgs } from "node:util";
import { loadConfig } from "../config.ts";
import { openStore } from "../open-store.ts";
import { createProgressBar } from "./connector/progress-bar.ts";
import { CONNECTOR_OPTIONS, withLoaded } from "./connector/with-loaded.ts";
import { usageOf } from "./help/manual.ts";
import { type AppConnectDatabase, openAppConnectDatabase, type PeerRows } from "./import/app-connect-database.ts";
import { importCallDownLists } from "./import/call-down.ts";
import { importAccounts } from "./import/accounts.ts";
import { importCalls, importMessages } from "./import/logs.ts";
import { importManaged } from "./import/managed.ts";
import { createReport, type ImportReport, inWords } from "./import/report.ts";
import { importUsers } from "./import/users.ts";
import { IMPORT } from "./manuals/operating.ts";
import { refuseMissingDatabase, whileOpen } from "./operator-store.ts";
import { understood, UsageError } from "./words.ts";

const USAGE = usageOf(IMPORT);
const READ: readonly PeerRows[] = ["users", "callLogs", "messageLogs", "adminConfigs", "callDownLists", "managed"];

interface Options {
  from: string;
  apply: boolean;
  connectors: readonly string[];
  appConnectConnectors: readonly string[];
}

export async function runImport(words: readonly string[]): Promise<void> {
  const { positionals, values } = understood(USAGE, () =>
    parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        ...CONNECTOR_OPTIONS,
        from: { type: "string" },
        apply: { type: "boolean" },
        "dry-run": { type: "boolean" },
        json: { type: "boolean" },
      },
    }),
  );
  const [what, ...more] = positionals;
  const { apply = false, "dry-run": isDry = false, json = false } = values;
  const from = values.from ?? process.env["APP_CONNECT_DATABASE_URL"]?.trim();
  if (what !== "app-connect" || more.length > 0) throw new UsageError(USAGE);
  if (from === undefined || from === "") throw new UsageError(USAGE, "--from says which database.");
  if (apply && isDry) throw new UsageError(USAGE, "--apply and --dry-run contradict each other.");
  const report = await importFrom({
    from,
    apply,
    connectors: values.connector ?? [],
    appConnectConnectors: values["app-connect-connector"] ?? [],
  });
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
}

async function importFrom({ from, apply, connectors: places, appConnectConnectors }: Options): Promise<ImportReport> {
  const connectors = await withLoaded(places, appConnectConnectors);
  refuseMissingDatabase();
  const variables = connectors.flatMap((connector) => connector.variables);
  const config = loadConfig(process.env, variables);
  const peer = await openAppConnectDatabase(from);
  try {
    const store = await openStore(config);
    try {
      return await whileOpen(store, async () => {
        const report = createReport(apply);
        const bar = createProgressBar(process.stderr, "rows");
        const total = await rowsIn(peer);
        let done = 0;
        const progress = () => {
          done += 1;
          if (done % 100 === 0) bar.show(done, total);
        };
        const source = { apply, config, connectors, imports: store.imports, peer, progress, report, store };
        try {
          const users = await importUsers(source);
          await importCalls(source, users);
          await importMessages(source, users);
          await importAccounts(source, users);
          await importCallDownLists(source, users);
          await importManaged(source, users);
          await tellTheRest(peer, report);
          return report.report;
        } finally {
          bar.clear();
        }
      });
    } finally {
      await store.database.close();
    }
  } finally {
    await peer.close();
  }
}

async function rowsIn(peer: AppConnectDatabase): Promise<number> {
  let rows = 0;
  for (const read of READ) rows += (await peer.count(read)) ?? 0;
  return rows;
}

/** What has no place here, or is better asked for anew. */
async function tellTheRest(peer: AppConnectDatabase, { report }: ReturnType<typeof createReport>): Promise<void> {
  const left: [rows: PeerRows, sentence: (count: number) => string][] = [
    [
      "cached",
      (count) =>
        `Contacts and option lists that App Connect had cached (${count} rows of accountData) are asked of the CRM anew.`,
    ],
    [
      "plugins",
      (count) =>
        `Plugins are registered anew by an administrator (${count} of them): here, what they are sent is signed.`,
    ],
    [
      "administratorLogins",
      (count) =>
        `Logins of administrators at RingCentral, for reports, are made anew (${count} accounts): there they were anybody's.`,
    ],
  ];
  for (const [rows, sentence] of left) {
    const count = (await peer.count(rows)) ?? 0;
    if (count > 0) report.notes.push(sentence(count));
  }
  report.notes.push(
    "jwtTokens that App Connect made stay good as long as APP_SERVER_SECRET_KEY is the one it had, and accounts are recognised with the same HASH_KEY.",
  );
}
