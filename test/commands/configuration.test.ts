/** A configuration that cannot work stops the start with one plain sentence, and nothing is left behind. */

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { suite, test, type TestContext } from "node:test";
import { workplace, type Workplace } from "../support/processes.ts";

type Environment = Record<string, string>;

const FREE_PORTS = { PORT: "0", DEMO_CRM_PORT: "0" };
const ELSEWHERE = "http://127.0.0.1:6067";

const cases: [what: string, environment: Environment, sentence: RegExp][] = [
  ["a port that is no number", { PORT: "abc" }, /^PORT must be a port number/],
  ["one port for both", { PORT: "7001", DEMO_CRM_PORT: "7001" }, /^DEMO_CRM_PORT must differ from PORT/],
  ["a database that is not spoken", { DATABASE_URL: "mysql://localhost/x" }, /^DATABASE_URL must be sqlite:<path>/],
  ["a switch that is neither on nor off", { DEMO_CRM: "maybe" }, /^DEMO_CRM must be on or off/],
  ["a drain of an hour", { TRUNKLINE_DRAIN_SECONDS: "3600" }, /^TRUNKLINE_DRAIN_SECONDS must be a number of seconds/],
  ["a log level that does not exist", { LOG_LEVEL: "loud" }, /^LOG_LEVEL must be one of/],
  ["two Demo CRMs", { DEMO_CRM: "on", DEMO_API_URL: ELSEWHERE }, /^DEMO_API_URL points to another .* DEMO_CRM /],
  [
    "an origin with a path",
    { DEMO_CRM: "off", DEMO_API_URL: `${ELSEWHERE}/api` },
    /^DEMO_API_URL must be an origin without a path/,
  ],
  ["a public address that is none", { APP_SERVER: "foo" }, /^APP_SERVER must be an http/],
  [
    "a short secret in production",
    { APP_SERVER_SECRET_KEY: "short", NODE_ENV: "production" },
    /^APP_SERVER_SECRET_KEY must have at least 32 bytes/,
  ],
  [
    "half an app at RingCentral",
    { RINGCENTRAL_CLIENT_ID: "an id" },
    /^RINGCENTRAL_CLIENT_SECRET is missing: an app at RingCentral has both/,
  ],
  [
    "an empty encryption key",
    { TRUNKLINE_ENCRYPTION_KEYS: "one,,two" },
    /^TRUNKLINE_ENCRYPTION_KEYS must be a comma-separated list/,
  ],
];

suite("start with a wrong configuration", { concurrency: 4 }, () => {
  for (const [what, environment, sentence] of cases) {
    test(`refuses ${what}`, async (t) => {
      const { folder, trunkline } = workplace(t);
      await refuses(trunkline, { environment: { ...FREE_PORTS, ...environment } }, sentence);
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  test("refuses a port that another program uses", async (t) => {
    const port = await takenPort(t);
    const { trunkline } = workplace(t);
    await refuses(trunkline, { environment: { ...FREE_PORTS, PORT: port } }, new RegExp(`^PORT ${port} is in use`));
  });

  test("refuses a Demo CRM port that another program uses", async (t) => {
    const port = await takenPort(t);
    const { trunkline } = workplace(t);
    const sentence = new RegExp(`^DEMO_CRM_PORT ${port} is in use`);
    await refuses(trunkline, { environment: { ...FREE_PORTS, DEMO_CRM_PORT: port } }, sentence);
    await refuses(trunkline, { environment: { DEMO_CRM_PORT: port } }, sentence, "demo-crm");
  });

  test("refuses a host that is none of this machine's", async (t) => {
    const { trunkline } = workplace(t);
    await refuses(trunkline, { environment: { ...FREE_PORTS, HOST: "192.0.2.1" } }, /^HOST 192\.0\.2\.1 is not/);
  });

  test("a secret with commas is one secret", async (t) => {
    const { trunkline } = workplace(t);
    const environment = { ...FREE_PORTS, APP_SERVER_SECRET_KEY: ",,a secret that is long enough for production" };
    const server = trunkline(["start"], { environment });
    await server.prints(/^Trunkline is listening/m);
  });
});

async function refuses(
  trunkline: Workplace["trunkline"],
  surroundings: { environment: Environment },
  sentence: RegExp,
  word = "start",
): Promise<void> {
  const { code, stdout, stderr } = await trunkline([word], surroundings).exit;
  assert.equal(code, 1, stdout + stderr);
  assert.equal(stdout, "");
  assert.match(stderr, sentence);
  assert.match(stderr, /^[^\n]*\.\n$/, "one sentence on one line");
}

/** A port of 127.0.0.1 that stays taken as long as the test runs. */
async function takenPort(t: TestContext): Promise<string> {
  const holder = createServer();
  t.after(() => holder.close());
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const address = holder.address();
  assert.ok(typeof address === "object" && address !== null);
  return String(address.port);
}
