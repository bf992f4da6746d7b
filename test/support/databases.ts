/** The databases that a test runs on: SQLite always, PostgreSQL wherever one answers. */

import { randomBytes } from "node:crypto";
import type { TestContext } from "node:test";
import { Client } from "pg";

export interface TestDatabase {
  name: "SQLite" | "PostgreSQL";
  /** Why it is left out, where it is. */
  skip: string | false;
  /** What a server needs to start on a fresh one; it is dropped when the test ends. */
  environment(t: TestContext): Promise<Record<string, string>>;
}

const SERVER = process.env["TEST_DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable";

export async function testDatabases(): Promise<TestDatabase[]> {
  return [
    { name: "SQLite", skip: false, environment: () => Promise.resolve({}) },
    { name: "PostgreSQL", skip: await whyNoPostgres(), environment: freshPostgres },
  ];
}

async function whyNoPostgres(): Promise<string | false> {
  const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: 15_000 });
  try {
    await client.connect();
    await client.end();
    return false;
  } catch (thrown) {
    if (process.env["CI"] !== undefined) throw thrown;
    return "no PostgreSQL answers at TEST_DATABASE_URL or on 127.0.0.1:5432";
  }
}

async function freshPostgres(t: TestContext): Promise<Record<string, string>> {
  const name = `trunkline_test_${randomBytes(6).toString("hex")}`;
  await onServer(`create database ${name}`, `alter database ${name} set synchronous_commit = off`);
  t.after(() => onServer(`drop database if exists ${name} with (force)`));
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return {
    DATABASE_URL: url.href,
    APP_SERVER_SECRET_KEY: "a secret of tests, long enough for HS256",
    HASH_KEY: "a hash key of tests",
  };
}

async function onServer(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
