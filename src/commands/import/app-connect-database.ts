/** Reads the database of an App Connect server, PostgreSQL or SQLite, page by page. Nothing in it is changed. */

import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { ConfigError } from "../../config.ts";

/** A row as it is: JSON may be an object or its text, times may be dates, texts or numbers. */
export type PeerRow = Readonly<Record<string, unknown>>;

interface Rows {
  table: string;
  /** The columns that tell rows apart, in every version of the table; those that a version lacks are left out. */
  keys: readonly string[];
  /** Of the table, these alone. */
  where?: string;
}

const OF_ACCOUNT = { table: "accountData", keys: ["rcAccountId", "platformName", "dataKey"] } as const;
const ROWS = {
  users: { table: "users", keys: ["id"] },
  callLogs: { table: "callLogs", keys: ["id", "sessionId", "extensionNumber", "hashedExtensionId"] },
  messageLogs: { table: "messageLogs", keys: ["id"] },
  adminConfigs: { table: "adminConfigs", keys: ["id"] },
  callDownLists: { table: "callDownLists", keys: ["id"] },
  /** What administrators filled in. */
  managed: { ...OF_ACCOUNT, where: `"dataKey" like 'managed-%'` },
  plugins: { ...OF_ACCOUNT, where: `"dataKey" = 'pluginData'` },
  /** Whatever else is there for an account. */
  cached: { ...OF_ACCOUNT, where: `"dataKey" not like 'managed-%' and "dataKey" <> 'pluginData'` },
  /** Accounts whose administrator has logged in at RingCentral. */
  administratorLogins: { table: "adminConfigs", keys: ["id"], where: `"adminRefreshToken" is not null` },
} as const satisfies Record<string, Rows>;

export type PeerRows = keyof typeof ROWS;

export interface AppConnectDatabase {
  /** Undefined where there is no such table. */
  count(rows: PeerRows): Promise<number | undefined>;
  /** All of them, some at a time; none where there is no such table. */
  pages(rows: PeerRows): AsyncGenerator<readonly PeerRow[]>;
  close(): Promise<void>;
}

/** Names are quoted: the tables are written in camel case. `values` are `$1`, `$2`, … in PostgreSQL and `?` in SQLite. */
interface Reader {
  rows(statement: string, values: readonly unknown[]): Promise<PeerRow[]>;
  columns(table: string): Promise<string[]>;
  placeholder(at: number): string;
  close(): Promise<void>;
}

const ROWS_AT_ONCE = 1_000;

/** Throws a ConfigError for an address that leads nowhere, or to another database. */
export async function openAppConnectDatabase(url: string): Promise<AppConnectDatabase> {
  const reader = url.startsWith("sqlite:") ? sqliteReader(url) : await postgresReader(url);
  const columns = await reader.columns("users");
  if (!columns.includes("accessToken") || !columns.includes("platform")) {
    await reader.close();
    throw new ConfigError("--from names a database without App Connect's tables: there is no users.accessToken.");
  }
  return {
    async count(rows) {
      const { table, where }: Rows = ROWS[rows];
      if ((await reader.columns(table)).length === 0) return undefined;
      const [row] = await reader.rows(`select count(*) as "count" from "${table}" where ${where ?? "1 = 1"}`, []);
      return Number(row?.["count"] ?? 0);
    },

    async *pages(wanted) {
      const { table, where = "1 = 1" }: Rows = ROWS[wanted];
      const present = new Set(await reader.columns(table));
      const keys = keysOf(wanted, present);
      if (keys.length === 0) return;
      const list = keys.map((key) => `"${key}"`).join(", ");
      const marks = keys.map((_, at) => reader.placeholder(at)).join(", ");
      let after: readonly unknown[] | undefined;
      for (;;) {
        const further = after === undefined ? "" : `and (${list}) > (${marks})`;
        const statement = `select * from "${table}" where ${where} ${further} order by ${list} limit ${ROWS_AT_ONCE}`;
        const rows = await reader.rows(statement, after ?? []);
        if (rows.length > 0) yield rows;
        const last = rows.at(-1);
        if (last === undefined || rows.length < ROWS_AT_ONCE) return;
        after = keys.map((key) => last[key]);
      }
    },

    close: () => reader.close(),
  };
}

/** Before extensions were told apart, the id alone was the key, and a session might be missing. */
function keysOf(rows: PeerRows, present: ReadonlySet<string>): readonly string[] {
  const { keys }: Rows = ROWS[rows];
  if (rows === "callLogs" && !present.has("hashedExtensionId")) return present.has("id") ? ["id"] : [];
  return keys.filter((key) => present.has(key));
}

function sqliteReader(url: string): Reader {
  const file = url.replace(/^sqlite:(?:\/\/)?/, "");
  if (!existsSync(file)) throw new ConfigError(`--from names ${file}, where there is no file.`);
  const db = opened(file);
  return {
    rows: (statement, values) => Promise.resolve(db.prepare(statement).all(...values.map(sqliteValue))),
    columns(table) {
      const rows = db.prepare("select name from pragma_table_info(?)").all(table);
      return Promise.resolve(rows.map(({ name }) => String(name)));
    },
    placeholder: () => "?",
    close() {
      db.close();
      return Promise.resolve();
    },
  };
}

function opened(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    db.prepare("select 1 from sqlite_master").all();
    return db;
  } catch {
    db.close();
    throw new ConfigError(`--from names ${file}, which is no SQLite database.`);
  }
}

function sqliteValue(value: unknown): string | number | null {
  return typeof value === "number" || typeof value === "string" ? value : null;
}

async function postgresReader(address: string): Promise<Reader> {
  if (!/^postgres(?:ql)?:\/\/./.test(address) || !URL.canParse(address)) {
    throw new ConfigError("--from must be sqlite:<path> or postgres://user:password@host/database.");
  }
  const client = new Client({ connectionString: withTls(address), connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query("set default_transaction_read_only = on");
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ConfigError(`The database of --from cannot be reached: ${why}.`);
  }
  return {
    rows: async (statement, values) => (await client.query<PeerRow>(statement, [...values])).rows,
    async columns(table) {
      const found = await client.query<{ column_name: string }>(
        "select column_name from information_schema.columns where table_schema = any(current_schemas(false)) and table_name = $1",
        [table],
      );
      return found.rows.map((row) => row.column_name);
    },
    placeholder: (at) => `$${at + 1}`,
    close: () => client.end(),
  };
}

/** App Connect's own server does not verify certificates; a password is sent here all the same, so we do. */
function withTls(address: string): string {
  const url = new URL(address);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (!isLocal && !url.searchParams.has("sslmode")) url.searchParams.set("sslmode", "verify-full");
  return url.href;
}
