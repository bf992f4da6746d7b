/** None lost, none twice: the server dies, or the CRM is away, and afterwards the CRM holds each call once. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { type DemoCrm, startDemoCrm } from "../../src/demo-crm/server.ts";
import { type RunningProcess, workplace, until } from "../support/processes.ts";
import { activitiesIn, askJson, LISTENING, logIn, logOf, lukesCall } from "../support/requests.ts";

const SESSION = "88001";

// Side by side: most of the time is spent waiting for the lease of the dead to end.
suite("the server is killed, or the CRM is away", { concurrency: true }, () => {
  test("killed when the CRM had written but not answered: after the restart the record is found, not written again", async (t) => {
    const { demoCrmUrl, startServer } = await setting(t);
    const server = await startServer();
    const token = await logIn(server.url);
    await setFaults(demoCrmUrl, { match: "POST /api/activities", kind: "timeout-after-write", times: 1 });
    const posting = post(server.url, token);
    await until("be written in the CRM", async () => (await activitiesIn(demoCrmUrl))[0]);
    server.process.kill("SIGKILL");
    assert.equal(await posting, "no answer");

    await foundOnce(await startServer(), token, demoCrmUrl);
  });

  test("killed while the CRM answers with errors: after the restart the record is written, once", async (t) => {
    const { demoCrmUrl, startServer } = await setting(t);
    const server = await startServer();
    const token = await logIn(server.url);
    await setFaults(demoCrmUrl, { match: "POST /api/activities", kind: "500", times: 1_000 });
    const posting = post(server.url, token);
    await until("reach the CRM", () => posted(demoCrmUrl));
    server.process.kill("SIGKILL");
    await posting;
    assert.deepEqual(await activitiesIn(demoCrmUrl), []);
    await setFaults(demoCrmUrl);

    await foundOnce(await startServer(), token, demoCrmUrl);
  });

  test("killed, and the client, which got no answer, posts the call again: still one record", async (t) => {
    const { demoCrmUrl, startServer } = await setting(t);
    const server = await startServer();
    const token = await logIn(server.url);
    await setFaults(demoCrmUrl, { match: "POST /api/activities", kind: "timeout-after-write", times: 1 });
    const posting = post(server.url, token);
    await until("be written in the CRM", async () => (await activitiesIn(demoCrmUrl))[0]);
    server.process.kill("SIGKILL");
    await posting;

    const again = await startServer();
    assert.equal(await post(again.url, token), "accepted");
    await foundOnce(again, token, demoCrmUrl);
  });

  test("an update that was accepted while the CRM was away is written when it is back", async (t) => {
    const { demoCrm, demoCrmUrl, startServer, demoCrmAgain } = await setting(t);
    const server = await startServer();
    const token = await logIn(server.url);
    assert.equal(await post(server.url, token), "accepted");
    const [{ id } = {}] = await activitiesIn(demoCrmUrl);
    await demoCrm.close();

    const change = { sessionId: SESSION, subject: "X-wings", note: "Three X-wings after all." };
    const answer = await askJson("PATCH", `${server.url}/callLog?jwtToken=${token}`, change);
    assert.equal(answer["successful"], true);
    assert.equal(answer["logId"], id);
    assert.match(JSON.stringify(answer["returnMessage"]), /"warning"/);

    await demoCrmAgain();
    const written = await until("write the update", async () =>
      (await activitiesIn(demoCrmUrl)).find(({ subject }) => subject === "X-wings"),
    );
    assert.equal(written["id"], id);
    assert.match(String(written["body"]), /Three X-wings after all\./);
    assert.doesNotMatch(String(written["body"]), /Wants two X-wings\./);
    assert.equal((await activitiesIn(demoCrmUrl)).length, 1);
  });

  test("a call that was accepted while the CRM was away is written when it is back, though the server was killed too", async (t) => {
    const { demoCrm, demoCrmUrl, startServer, demoCrmAgain } = await setting(t);
    const server = await startServer();
    const token = await logIn(server.url);
    await demoCrm.close();
    assert.equal(await post(server.url, token), "accepted");
    assert.match(String((await logOf(server.url, token, SESSION))["logId"]), /^pending-/);
    server.process.kill("SIGKILL");
    await server.process.exit;

    const again = await startServer();
    await demoCrmAgain();
    await foundOnce(again, token, demoCrmUrl);
  });
});

interface Server {
  process: RunningProcess;
  url: string;
}

/** A Demo CRM in this process, which does not die, and servers that are started on one database one after another. */
async function setting(t: TestContext) {
  const { folder, trunkline } = workplace(t);
  async function demoCrmAt(port: number): Promise<DemoCrm> {
    const running = await startDemoCrm({ host: "127.0.0.1", port, file: join(folder, "crm.db") });
    t.after(() => running.close());
    return running;
  }
  const demoCrm = await demoCrmAt(0);
  const demoCrmUrl = demoCrm.url;
  async function startServer(): Promise<Server> {
    const environment = { PORT: "0", DEMO_CRM: "off", DEMO_API_URL: demoCrmUrl };
    const running = trunkline(["start"], { environment });
    return { process: running, url: await running.prints(LISTENING) };
  }
  return { demoCrm, demoCrmUrl, demoCrmAgain: () => demoCrmAt(Number(new URL(demoCrmUrl).port)), startServer };
}

async function post(url: string, token: string): Promise<"accepted" | "no answer"> {
  try {
    const answer = await askJson("POST", `${url}/callLog?jwtToken=${token}`, lukesCall(SESSION));
    assert.equal(answer["successful"], true);
    return "accepted";
  } catch (thrown) {
    if (thrown instanceof TypeError) return "no answer";
    throw thrown;
  }
}

async function setFaults(demoCrmUrl: string, ...faults: object[]): Promise<void> {
  await askJson("PUT", `${demoCrmUrl}/control/faults`, faults);
}

/** Whether an activity was ever posted to the Demo CRM. */
async function posted(demoCrmUrl: string): Promise<true | undefined> {
  const { byRoute } = await askJson("GET", `${demoCrmUrl}/control/requests`);
  return Object.hasOwn(Object(byRoute), "POST /api/activities") ? true : undefined;
}

/** GET /callLog comes to know the call by the CRM's own id, and the CRM holds it once, with its note. */
async function foundOnce({ url }: Server, token: string, demoCrmUrl: string): Promise<void> {
  const logId = await until("know the call by the CRM's id", async () => {
    const log = await logOf(url, token, SESSION);
    assert.equal(log["matched"], true, "the call was lost");
    return /^\d+$/.exec(String(log["logId"]))?.[0];
  });
  const activities = await activitiesIn(demoCrmUrl);
  assert.deepEqual(
    activities.map(({ id }) => id),
    [logId],
  );
  assert.match(String(activities[0]?.["body"]), /Wants two X-wings\./);
}
