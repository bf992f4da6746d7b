/** The server is killed while messages are logged without a browser, and keys change: afterwards the CRM has each message once. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startDemoCrm } from "../../src/demo-crm/server.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { company } from "../support/company.ts";
import { until, workplace } from "../support/processes.ts";
import { activitiesIn, askJson, LISTENING, logIn } from "../support/requests.ts";
import { conversationsPosted, IN_ENGLAND } from "./browser.ts";
import { LUKE, NOBODY } from "./office.ts";

test("killed between a message and its record, and with another key afterwards, each message is there once", async (t) => {
  const { folder, trunkline } = workplace(t);
  const { ann, ringCentral } = await company(t);
  const { phone, state } = ringCentral;
  const demoCrm = await startDemoCrm({ host: "127.0.0.1", port: 0, file: ":memory:" });
  t.after(() => demoCrm.close());
  const file = join(folder, "trunkline.db");
  const faults = (...wanted: object[]) => askJson("PUT", `${demoCrm.url}/control/faults`, wanted);
  const environment = (keys: string) => ({
    PORT: "0",
    DEMO_CRM: "off",
    DEMO_API_URL: demoCrm.url,
    DATABASE_URL: `sqlite:${file}`,
    TRUNKLINE_ENCRYPTION_KEYS: keys,
    ...ringCentral.environment,
  });
  async function start(keys: string) {
    const running = trunkline(["start"], { environment: environment(keys) });
    return { running, url: await running.prints(LISTENING) };
  }
  async function killed({ running }: Awaited<ReturnType<typeof start>>): Promise<void> {
    running.kill("SIGKILL");
    await running.exit;
  }
  /** How often each text stands in the CRM, once all do. */
  const counted = (...texts: string[]) =>
    until(`have ${texts.join()}`, async () => {
      const all = (await activitiesIn(demoCrm.url)).map(({ body }) => String(body)).join("\n");
      const counts = texts.map((words) => all.split(words).length - 1);
      return counts.every((count) => count > 0) ? counts : undefined;
    });

  const first = await start("the old key");
  const crmToken = await logIn(first.url);
  const jwt = ringCentral.grants.newJwt(ann);
  const { jwtToken } = await askJson("POST", `${first.url}/server-logging/login?jwtToken=${crmToken}`, { jwt });
  const wanted = { crmToken, subscriptionLevel: "User" };
  await askJson("POST", `${first.url}/server-logging/subscribe`, wanted, { "x-access-token": String(jwtToken) });

  // Killed when it was told, and the CRM had written without an answer.
  const talk = { with: { phoneNumber: LUKE }, conversationId: "8031152000841" };
  await faults({ match: "POST /api/activities", kind: "timeout-after-write", times: 1 });
  await phone.text(ann, { ...talk, text: "The first." });
  assert.deepEqual(await counted("The first."), [1]);
  await killed(first);

  // Nobody is there.
  await phone.text(ann, { ...talk, text: "The second." });

  // Killed as soon as it was told, with a text under way to nobody whom the CRM knows.
  const second = await start("the old key");
  await phone.text(ann, { with: { phoneNumber: NOBODY }, text: "The stranger's." });
  await until("keep the stranger's text", async () => {
    const [row] = await rowsOf(`sqlite:${file}`, "select attempts from recorded_messages where attempts > 0");
    return row;
  });
  await phone.text(ann, { ...talk, text: "The third." });
  await killed(second);

  const rotation = await trunkline(["keys", "rotate"], { environment: environment("the new key,the old key") }).exit;
  assert.equal(rotation.code, 0, rotation.stdout + rotation.stderr);
  const third = await start("the new key");
  assert.deepEqual(await counted("The first.", "The second.", "The third."), [1, 1, 1]);
  const authorization = `Basic ${btoa("demo-key:")}`;
  const nora = { name: "Nora New", phones: [{ number: NOBODY }] };
  await askJson("POST", `${demoCrm.url}/api/contacts`, nora, { authorization });
  await rowsOf(`sqlite:${file}`, "delete from contact_numbers");
  await rowsOf(`sqlite:${file}`, "update recorded_messages set due_at = 0");
  await phone.text(ann, { ...talk, text: "The fourth." });
  const all = ["The first.", "The second.", "The third.", "The fourth.", "The stranger's."];
  assert.deepEqual(await counted(...all), [1, 1, 1, 1, 1]);

  const lukes = state.messages.filter(({ outsider }) => outsider.phoneNumber === LUKE);
  for (const body of conversationsPosted({ ringCentral }, lukes, IN_ENGLAND)) {
    const { logIds } = await askJson("POST", `${third.url}/messageLog?jwtToken=${crmToken}`, body);
    assert.deepEqual(logIds, []);
  }
  assert.deepEqual(await counted(...all), [1, 1, 1, 1, 1]);
});
