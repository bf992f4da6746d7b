/** Fresh PostgreSQL databases, and SQL on them. */

import { randomBytes } from "node:crypto";
import { Client } from "pg";

const SERVER = process.env["TEST_DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable";

export interface PostgresDatabase {
  url: string;
  run(statement: string): Promise<void>;
  drop(): Promise<void>;
}

export async function createPostgresDatabase(purpose: string): Promise<PostgresDatabase> {
  const name = `bench_${purpose}_${randomBytes(4).toString("hex")}`;
  await runOn(SERVER, `create database ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    run: (statement) => runOn(url.href, statement),
    drop: () => runOn(SERVER, `drop database if exists ${name} with (force)`),
  };
}

export async function postgresVersion(): Promise<string> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>("show server_version");
    return rows[0]?.server_version ?? "?";
  } finally {
    await client.end();
  }
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
