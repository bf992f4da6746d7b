/** The database of an App Connect server, with what such a server would have written into it. */

import { createCipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { TestDatabase } from "../support/databases.ts";
import { workplace } from "../support/processes.ts";
import { rawDatabase } from "./whole-database.ts";

const TABLES = readFileSync(new URL("./app-connect-tables.sql", import.meta.url), "utf8");
/** As it was made in 2024: an id is a call's only key, and nobody is told apart by extension. */
const TABLES_OF_2024 = `
  CREATE TABLE "users" ("id" varchar(255) PRIMARY KEY, "hostname" varchar(255), "timezoneName" varchar(255),
    "timezoneOffset" varchar(255), "platform" varchar(255), "accessToken" varchar(512), "refreshToken" varchar(512),
    "tokenExpiry" timestamp with time zone, "platformAdditionalInfo" json,
    "createdAt" timestamp with time zone, "updatedAt" timestamp with time zone);
  CREATE TABLE "callLogs" ("id" varchar(255) PRIMARY KEY, "sessionId" varchar(255), "platform" varchar(255),
    "thirdPartyLogId" varchar(255), "userId" varchar(255),
    "createdAt" timestamp with time zone, "updatedAt" timestamp with time zone);
  CREATE TABLE "messageLogs" ("id" varchar(255) PRIMARY KEY, "platform" varchar(255), "conversationId" varchar(255),
    "thirdPartyLogId" varchar(255), "userId" varchar(255),
    "createdAt" timestamp with time zone, "updatedAt" timestamp with time zone)`;

const AT = "2026-11-20 09:00:00.000 +00:00";

export interface AppConnectServer {
  url: string;
  add(table: string, row: Record<string, unknown>): Promise<void>;
}

export async function appConnectServer(
  t: TestContext,
  database: TestDatabase,
  { layout = "today" }: { layout?: "today" | "2024" } = {},
): Promise<AppConnectServer> {
  const { DATABASE_URL: url = `sqlite:${join(workplace(t).folder, "db.sqlite")}` } = await database.environment(t);
  await run(url, (layout === "today" ? TABLES : TABLES_OF_2024).split(";"));
  return {
    url,
    async add(table, row) {
      const whole = { ...row, createdAt: AT, updatedAt: AT };
      const names = Object.keys(whole).map((name) => `"${name}"`);
      await run(url, [
        `insert into "${table}" (${names.join(", ")}) values (${Object.values(whole).map(literal).join(", ")})`,
      ]);
    },
  };
}

/** As its server seals what administrators fill in. */
export function sealedThere(value: unknown, secret: string) {
  const key = secret.padEnd(32, " ").slice(0, 32);
  const sealing = createCipheriv("aes-256-cbc", key, Buffer.alloc(16, 0));
  const text = sealing.update(JSON.stringify(value), "utf8", "hex") + sealing.final("hex");
  return { version: 1, encrypted: true, value: text };
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const raw = await rawDatabase(url);
  try {
    for (const statement of statements) if (statement.trim() !== "") await raw.rows(statement);
  } finally {
    await raw.close();
  }
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", "''")}'`;
}
