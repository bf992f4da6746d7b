/** A DATABASE_URL that cannot work stops the start with one sentence that names it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { suite, test, type TestContext } from "node:test";
import { workplace } from "../support/processes.ts";
import { ownPostgres, POSTGRES_PROGRAMS } from "./own-postgres.ts";
import { freshSetting, POSTGRES, replica, type Setting } from "./two-replicas.ts";

const cases: [what: string, change: (url: URL) => void, sentence: RegExp][] = [
  [
    "a server whose certificate cannot be verified",
    (url) => url.searchParams.delete("sslmode"),
    /DATABASE_URL (?:does not speak TLS|shows a certificate that cannot be verified)/,
  ],
  ["a database that is not there", (url) => (url.pathname = "/trunkline_nowhere"), /DATABASE_URL refused us: .*exist/],
  ["a role that is not there", (url) => (url.username = "trunkline_nobody"), /DATABASE_URL refused us: /],
  ["a port where nobody listens", (url) => (url.port = "1"), /DATABASE_URL cannot be reached: /],
];

const NO_TLS =
  (POSTGRES_PROGRAMS === undefined || spawnSync("openssl", ["version"]).status !== 0) &&
  "no programs of a PostgreSQL, or no openssl, are installed here";

suite("an address of PostgreSQL that cannot work", { concurrency: 4, skip: POSTGRES.skip }, () => {
  for (const [what, change, sentence] of cases) {
    test(`${what} is refused in one sentence`, async (t) => {
      const setting = await freshSetting(t);
      const { code, stdout, stderr } = await startWith(t, setting, change);
      assert.equal(code, 1, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, sentence);
      assert.match(stderr, /^[^\n]+\.\n$/, "one sentence on one line");
    });
  }

  test(
    "a self-signed certificate is refused, unless the address names it as its authority",
    { skip: NO_TLS },
    async (t) => {
      const setting = await freshSetting(t);
      const { url: address, certificate } = await ownPostgres(t, POSTGRES_PROGRAMS ?? "", true);
      const own = { ...setting, databaseUrl: address };
      const refused = await startWith(t, own, (url) => url.searchParams.delete("sslmode"));
      assert.match(
        refused.stderr,
        /^The PostgreSQL of DATABASE_URL shows a certificate that cannot be verified \(.*\n$/,
      );
      const url = new URL(address);
      url.search = `?sslrootcert=${certificate}`;
      await replica(t, { ...own, environment: { ...own.environment, DATABASE_URL: url.href } });
    },
  );
});

function startWith(t: TestContext, { environment, databaseUrl }: Setting, change: (url: URL) => void) {
  const url = new URL(databaseUrl);
  change(url);
  return workplace(t).trunkline(["start"], { environment: { ...environment, PORT: "0", DATABASE_URL: url.href } }).exit;
}
