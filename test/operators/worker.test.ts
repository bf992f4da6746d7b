/** `trunkline worker`: what a server accepted is written although no server runs. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { testDatabases } from "../support/databases.ts";
import { type RunningProcess, until, workplace } from "../support/processes.ts";
import {
  activitiesIn,
  askJson,
  DEMO_CRM_LISTENING,
  LISTENING,
  logIn,
  lukesCall,
  stopped,
} from "../support/requests.ts";

const AT_WORK = /^Trunkline's worker is at work on (\S+)$/m;

for (const database of await testDatabases()) {
  await suite(`the worker on ${database.name}`, { concurrency: true, skip: database.skip }, () => {
    test("writes what a server accepted before it was killed, beside other servers, and stops when it is told to", async (t) => {
      const { folder, trunkline } = workplace(t);
      const own = { DATABASE_URL: `sqlite:${join(folder, "trunkline.db")}`, ...(await database.environment(t)) };
      const demoCrm = trunkline(["demo-crm"], { environment: { DEMO_CRM_PORT: "0", DEMO_CRM_FILE: "crm.db" } });
      const demoCrmUrl = await demoCrm.prints(DEMO_CRM_LISTENING);
      const environment = { ...own, PORT: "0", DEMO_CRM: "off", DEMO_API_URL: demoCrmUrl };
      const server = trunkline(["start"], { environment });
      const url = await server.prints(LISTENING);
      const token = await logIn(url);
      await askJson("PUT", `${demoCrmUrl}/control/faults`, [
        { match: "POST /api/activities", kind: "500", times: 1000 },
      ]);
      for (const session of ["1", "2", "3"]) await posted(url, token, session);
      await dead(server);
      assert.deepEqual(await activitiesIn(demoCrmUrl), []);

      const worker = trunkline(["worker"], { environment });
      const place = await worker.prints(AT_WORK);
      assert.doesNotMatch(place, /@/, "neither user nor password is shown");
      await askJson("PUT", `${demoCrmUrl}/control/faults`, []);
      await until("write all three", async () => ((await activitiesIn(demoCrmUrl)).length >= 3 ? true : undefined));

      const other = trunkline(["start"], { environment });
      const otherUrl = await other.prints(LISTENING);
      await Promise.all(["4", "5", "6"].map((session) => posted(otherUrl, token, session)));
      await until("write all six", async () => ((await activitiesIn(demoCrmUrl)).length >= 6 ? true : undefined));
      await stopped(worker);
      await stopped(other);
      assert.equal((await activitiesIn(demoCrmUrl)).length, 6);
    });
  });
}

test("a worker that is given words it does not know does nothing", async (t) => {
  const { trunkline } = workplace(t);
  const { code, stderr } = await trunkline(["worker", "now"]).exit;
  assert.equal(code, 1);
  assert.match(stderr, /^These arguments are not understood\. Unexpected argument 'now'\.\n\nUsage: trunkline worker /);
});

test("looking into a database that is not there says so, and makes none", async (t) => {
  const { trunkline } = workplace(t);
  for (const words of [
    ["entries", "list"],
    ["keys", "status"],
  ]) {
    const { code, stdout, stderr } = await trunkline(words, { environment: { DATABASE_URL: "sqlite:x/y.db" } }).exit;
    assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
    assert.equal(stderr, "There is no database at x/y.db; DATABASE_URL says where it is.\n");
  }
});

async function posted(url: string, token: string, session: string): Promise<void> {
  const answer = await askJson("POST", `${url}/callLog?jwtToken=${token}`, lukesCall(session));
  assert.equal(answer["successful"], true);
}

async function dead(server: RunningProcess): Promise<void> {
  server.kill("SIGKILL");
  await server.exit;
}
