/** `npm run schema`: writes docs/schema.sqlite.sql and docs/schema.postgres.sql anew, from fresh databases. */

import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Client } from "pg";
import { openDatabase } from "../src/store/database.ts";
import { createVault } from "../src/store/vault.ts";
import { type DialectName, schemaFile, schemaOf } from "./schema-dump.ts";

const SERVER = process.env["TEST_DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable";

await write("sqlite", "sqlite::memory:");
const client = new Client({ connectionString: SERVER });
await client.connect();
const name = `trunkline_schema_${randomBytes(6).toString("hex")}`;
await client.query(`create database ${name}`);
try {
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  await write("postgres", url.href);
} finally {
  await client.query(`drop database ${name} with (force)`);
  await client.end();
}

async function write(dialect: DialectName, url: string): Promise<void> {
  const database = await openDatabase({ url, vault: createVault(["any key"]) });
  try {
    writeFileSync(schemaFile(dialect), await schemaOf(database, dialect));
  } finally {
    await database.close();
  }
}
