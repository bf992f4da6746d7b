/** The server is killed while calls are logged without a browser, and keys change: afterwards the CRM has each call once. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startDemoCrm } from "../../src/demo-crm/server.ts";
import { company } from "../support/company.ts";
import { until, workplace } from "../support/processes.ts";
import { activitiesIn, askJson, LISTENING, logIn } from "../support/requests.ts";
import { wholeCall } from "./office.ts";

test("killed between a call and its record, and with another key afterwards, each call is there once", async (t) => {
  const { folder, trunkline } = workplace(t);
  const { ann, ringCentral } = await company(t);
  const demoCrm = await startDemoCrm({ host: "127.0.0.1", port: 0, file: ":memory:" });
  t.after(() => demoCrm.close());
  const faults = (...wanted: object[]) => askJson("PUT", `${demoCrm.url}/control/faults`, wanted);
  const environment = (keys: string) => ({
    PORT: "0",
    DEMO_CRM: "off",
    DEMO_API_URL: demoCrm.url,
    DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`,
    TRUNKLINE_ENCRYPTION_KEYS: keys,
    ...ringCentral.environment,
  });
  async function start(keys: string) {
    const running = trunkline(["start"], { environment: environment(keys) });
    return { running, url: await running.prints(LISTENING) };
  }
  const logged = (count: number) =>
    until(`have ${count} calls`, async () => {
      const there = await activitiesIn(demoCrm.url);
      return there.length >= count ? there.length : undefined;
    });

  const first = await start("the old key");
  const crmToken = await logIn(first.url);
  const jwt = ringCentral.grants.newJwt(ann);
  const { jwtToken } = await askJson("POST", `${first.url}/server-logging/login?jwtToken=${crmToken}`, { jwt });
  const wanted = { crmToken, subscriptionLevel: "Account" };
  await askJson("POST", `${first.url}/server-logging/subscribe`, wanted, { "x-access-token": String(jwtToken) });

  // Killed when it was told, and the CRM had written without an answer.
  await faults({ match: "POST /api/activities", kind: "timeout-after-write", times: 1 });
  await wholeCall({ ringCentral }, ann);
  assert.equal(await logged(1), 1);
  first.running.kill("SIGKILL");
  await first.running.exit;

  // Nobody is there.
  await wholeCall({ ringCentral }, ann);

  // Killed as soon as it was told.
  const second = await start("the old key");
  await wholeCall({ ringCentral }, ann);
  second.running.kill("SIGKILL");
  await second.running.exit;

  const rotation = await trunkline(["keys", "rotate"], { environment: environment("the new key,the old key") }).exit;
  assert.equal(rotation.code, 0, rotation.stdout + rotation.stderr);
  const third = await start("the new key");
  await logged(3);
  await wholeCall({ ringCentral }, ann);
  assert.equal(await logged(4), 4);
  const sessions = ringCentral.state.calls.map(({ sessionId }) => sessionId).join();
  const { logs } = await askJson("GET", `${third.url}/callLog?sessionIds=${sessions}&jwtToken=${crmToken}`);
  assert.deepEqual(Array.isArray(logs) && logs.map((log: unknown) => Reflect.get(Object(log), "matched")), [
    true,
    true,
    true,
    true,
  ]);
});
