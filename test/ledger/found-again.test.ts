/** A record whose creation was never answered is found again, and what was changed meanwhile still reaches it. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, logIn, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { assertOnItsWay, phoneOf } from "./call.ts";

for (const database of await testDatabases()) {
  await suite(`found again on ${database.name}`, { skip: database.skip }, () => {
    test("an update that came between two looks for the record, the first of which failed, is written", async (t) => {
      const running = await runTrunkline(t, { environment: await database.environment(t) });
      const phone = phoneOf(running, await logIn(running));
      await setFaults(
        running,
        { match: "POST /api/activities", kind: "timeout-after-write" },
        { match: "GET /api/activities", kind: "500", times: 2 },
      );
      assertOnItsWay(await phone.post("s1"));
      assertOnItsWay(await phone.patch("s1", { note: "second note", duration: 61 }));
      const activity = await until(async () => {
        await phone.written("s1");
        const [found, ...others] = await activitiesIn(running);
        assert.deepEqual(others, []);
        return String(found?.["body"]).includes("second note") ? found : undefined;
      });
      assert.equal(activity["durationSeconds"], 61);
    });
  });
}
