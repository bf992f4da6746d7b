/** `trunkline doctor`: what is well, what should be looked at and what must be put right, each with its remedy, and nothing changed. */

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { type TestDatabase, testDatabases } from "../support/databases.ts";
import { workplace } from "../support/processes.ts";
import { deployed } from "./deployment.ts";
import { rowsOf, wholeDatabase } from "./whole-database.ts";

type Environment = Record<string, string>;

interface Said {
  code: number | null;
  text: string;
  /** The line about something, with the remedy below it. */
  about(what: string): string;
}

async function doctor(
  t: TestContext,
  environment: Environment,
  ...words: string[]
): Promise<Said & { folder: string }> {
  const { folder, trunkline } = workplace(t);
  const { code, stderr, stdout } = await trunkline(["doctor", ...words], { environment }).exit;
  assert.equal(stderr, "");
  assert.doesNotMatch(stdout, /^ +at /m, "no stack");
  const about = (what: string) =>
    new RegExp(`^ {2}[✓!✗–] ${what} .*(?:\\n +→ .*)?`, "m").exec(stdout)?.[0].replaceAll(/\s+/g, " ").trim() ?? "";
  return { folder, code, text: stdout, about };
}

/** Somebody is connected, and the Demo CRM answers. */
async function wellOn(t: TestContext, database: TestDatabase) {
  const deployment = await deployed(t, database);
  const { DATABASE_URL: url = "" } = deployment.environment;
  const environment = { ...deployment.environment, DEMO_CRM: "off", DEMO_API_URL: deployment.running.demoCrmUrl };
  if (database.name === "PostgreSQL") await setOn(url, "synchronous_commit = on");
  return { ...deployment, environment, url };
}

/** For all connections from now on. */
async function setOn(url: string, setting: string): Promise<void> {
  await rowsOf(url, `alter database ${new URL(url).pathname.slice(1)} set ${setting}`);
}

for (const database of await testDatabases()) {
  await suite(`trunkline doctor on ${database.name}`, { concurrency: 3, skip: database.skip }, () => {
    test("where all is well it says so, shows no secret, and changes nothing", async (t) => {
      const { environment, url } = await wellOn(t, database);
      const before = await wholeDatabase(url);
      const { about, code, text } = await doctor(t, environment);
      assert.equal(code, 0, text);
      assert.match(text, /\n\nAll is well\.\n$/);
      assert.match(about("connection"), new RegExp(`^✓ connection ${database.name} [\\d.]+ at `));
      assert.match(about("tables"), /^✓ tables up to date, after \d{4}-/);
      assert.match(about("writing"), /^✓ writing is possible$/);
      assert.match(about("credentials"), /^✓ credentials 1 of 1 that were tried can be opened$/);
      assert.match(about("Demo CRM"), /^✓ Demo CRM http:\/\/127\.0\.0\.1:\d+ answers \(\d+ in \d+ ms\)$/);
      assert.match(about("Clio"), /^– Clio is not configured, so it is not offered$/);
      assert.match(about("clock"), /^✓ clock agrees with 127\.0\.0\.1:\d+$/);
      if (database.name === "PostgreSQL") assert.match(text, /✓ clock +agrees with the database$/m);
      assert.doesNotMatch(text, /demo-key|a secret of tests|a hash key/);
      assert.deepEqual(await wholeDatabase(url), before);
    });

    test("a database that is older waits for its migration, and a newer one must be left alone", async (t) => {
      const { environment, running, url } = await wellOn(t, database);
      await running.close();
      const [last] = await rowsOf(url, "select name from migrations order by name desc limit 1");
      await rowsOf(url, `delete from migrations where name = '${String(last?.["name"])}'`);
      const older = await doctor(t, { ...environment, DEMO_API_URL: "http://127.0.0.1:9" });
      assert.match(
        older.about("tables"),
        /^! tables older than this program, .* → The next start .*trunkline migrate\.$/,
      );
      await rowsOf(url, "insert into migrations (name, run_at) values ('9999-of-the-future', 1)");
      const newer = await doctor(t, environment);
      assert.equal(newer.code, 1);
      assert.match(newer.about("tables"), /^✗ tables The database of DATABASE_URL was written by a newer Trunkline; /);
    });

    test("keys that do not open what is stored are named, and so are credentials that were tampered with", async (t) => {
      const { environment, url } = await wellOn(t, database);
      const wrong = await doctor(t, { ...environment, TRUNKLINE_ENCRYPTION_KEYS: "a key of somebody else" });
      assert.equal(wrong.code, 1);
      assert.match(
        wrong.about("keys"),
        /^✗ keys The database of DATABASE_URL was encrypted with a key that is not among /,
      );
      await rowsOf(url, "update users set tenant = 'elsewhere'");
      const moved = await doctor(t, environment);
      assert.equal(moved.code, 1);
      assert.match(
        moved.about("credentials"),
        /^✗ credentials 1 of 1 cannot be opened → Let them log in again: Ann Operator\.$/,
      );
      await rowsOf(url, "update users set credentials = 'v1.deadbeef.AAAA'");
      assert.match(
        (await doctor(t, environment)).about("deadbeef"),
        /^✗ deadbeef is not among ours, and 1 value cannot be opened/,
      );
    });

    // SQLite is opened with settings of our own.
    if (database.name === "SQLite") return;

    test("settings by which an accepted log may be lost, and a database that takes no writes, must be put right", async (t) => {
      const { environment, url } = await wellOn(t, database);
      await setOn(url, "synchronous_commit = off");
      const risky = await doctor(t, environment);
      assert.equal(risky.code, 1);
      assert.match(
        risky.about("synchronous_commit"),
        /^✗ synchronous_commit off: A log that was accepted may be gone .* → Set /,
      );
      await setOn(url, "default_transaction_read_only = on");
      assert.match(
        (await doctor(t, environment)).about("writing"),
        /^✗ writing The database of DATABASE_URL takes no writes: /,
      );
    });
  });
}

suite("trunkline doctor", { concurrency: 3 }, () => {
  test("every variable that is wrong is told at once, secrets by their length alone, and nothing is written", async (t) => {
    const { about, code, folder, text } = await doctor(t, {
      PORT: "abc",
      LOG_LEVEL: "loud",
      HOST: "0.0.0.0",
      APP_SERVER_SECRET_KEY: "too short",
      DATABASE_URL: "postgres://ann:hush@127.0.0.1:1/none?sslmode=disable",
      DATABSE_URL: "sqlite:other.db",
      CLIO_CLIENT_SECRET: "not to be seen",
    });
    assert.equal(code, 1);
    assert.match(about("PORT"), /^✗ PORT must be a port number between 0 and 65535$/);
    assert.match(about("LOG_LEVEL"), /^✗ LOG_LEVEL must be one of fatal, /);
    assert.match(about("HASH_KEY"), /^✗ HASH_KEY must be set when DATABASE_URL is PostgreSQL/);
    assert.match(
      about("APP_SERVER"),
      /^! APP_SERVER is not set: the manifest would send clients to http:\/\/0\.0\.0\.0:6066 → /,
    );
    assert.match(about("APP_SERVER_SECRET_KEY"), /^! APP_SERVER_SECRET_KEY must have at least 32 bytes/);
    assert.match(
      about("DATABSE_URL"),
      /^! DATABSE_URL is set, but nothing reads it → If DATABASE_URL is meant, set that\.$/,
    );
    assert.match(about("CLIO_CLIENT_SECRET"), /^✓ CLIO_CLIENT_SECRET set, 14 bytes$/);
    assert.match(about("connection"), /^✗ connection The database of DATABASE_URL cannot be reached: /);
    assert.match(text, /\d+ to be put right \(✗\), \d+ to be looked at \(!\)\.\n$/);
    assert.doesNotMatch(text, /hush|too short|not to be seen/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test("where there is no database yet, none is made, and it is said who makes it", async (t) => {
    const { about, code, folder } = await doctor(t, { DEMO_CRM_PORT: "0" });
    assert.equal(code, 0);
    assert.match(
      about("file"),
      /^! file There is none at data\/trunkline\.db yet → trunkline start and trunkline migrate make it\./,
    );
    assert.equal(existsSync(join(folder, "data")), false);
  });

  test("a CRM that cannot be reached is told in words, and the Demo CRM beside a server that is not running is not missed", async (t) => {
    const port = await freePort();
    const beside = await doctor(t, { DEMO_CRM_PORT: port });
    assert.equal(beside.code, 0);
    assert.match(beside.about("Demo CRM"), /^– Demo CRM runs beside the server, which is not running on this machine$/);
    const { url } = await webServer(t);
    const https = url.replace("http:", "https:");
    const sandbox = { PIPEDRIVE_CLIENT_ID: "1", PIPEDRIVE_CLIENT_SECRET: "2", PIPEDRIVE_OAUTH_URL: https };
    const away = { DEMO_CRM: "off", DEMO_API_URL: `http://127.0.0.1:${port}`, PIPEDRIVE_API_URL: https, ...sandbox };
    const { about, code } = await doctor(t, away);
    assert.equal(code, 1);
    assert.match(about("Demo CRM"), /^✗ Demo CRM http:\/\/127\.0\.0\.1:\d+: nothing listens there \(ECONNREFUSED\) → /);
    assert.match(about("Pipedrive"), /^✗ Pipedrive https:\S+: it does not speak TLS as this machine does \(\S+\) → /);
  });

  test("a clock that differs by half a minute or more is worth a look", async (t) => {
    for (const [seconds, mark] of [
      [-20, "✓"],
      [-95, "!"],
      [95, "!"],
    ] as const) {
      const { url } = await webServer(t, () => new Date(Date.now() + seconds * 1000).toUTCString());
      const { about, code } = await doctor(t, { DEMO_CRM: "off", DEMO_API_URL: url });
      assert.equal(code, 0);
      const way = seconds > 0 ? "behind" : "ahead of";
      assert.match(about("clock"), new RegExp(`^${mark} clock \\d+ s ${way} 127\\.0\\.0\\.1:\\d+`));
    }
  });

  test("a script is told the same", async (t) => {
    const { code, text } = await doctor(t, { DEMO_CRM_PORT: "0", PORT: "abc" }, "--json");
    assert.equal(code, 1);
    const { checks, counts }: { checks?: unknown; counts?: unknown } = JSON.parse(text);
    assert.ok(Array.isArray(checks));
    assert.deepEqual(counts, { ...Object(counts), problem: 1, warning: 1 });
    const about = (name: string): unknown =>
      checks.find((check: unknown) => Reflect.get(Object(check), "about") === name);
    assert.deepEqual(about("PORT"), {
      area: "configuration",
      about: "PORT",
      verdict: "problem",
      found: "must be a port number between 0 and 65535",
      remedy: null,
    });
    assert.deepEqual(Reflect.get(Object(about("HOST")), "found"), "not set");
  });
});

async function webServer(t: TestContext, date?: () => string): Promise<{ url: string }> {
  const server = createServer((_request, response) => {
    if (date !== undefined) response.setHeader("date", date());
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return { url: `http://127.0.0.1:${address.port}` };
}

/** Nothing listens there any more. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(typeof address === "object" && address !== null);
  return String(address.port);
}
