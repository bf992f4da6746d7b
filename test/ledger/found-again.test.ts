/** A record whose creation was never answered is found again, and what was changed meanwhile still reaches it. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, logIn, runTrunkline, setFaults, until } from "../support/trunkline.ts";
import { assertOnItsWay, phoneOf } from "./call.ts";

const databases = await testDatabases();

// Side by side: the time is spent waiting for answers that do not come.
suite("found again", { concurrency: databases.length }, () => {
  for (const { name, skip, environment } of databases) {
    test(
      `an update that came between two looks, the first of which failed, is written, on ${name}`,
      { skip },
      async (t) => {
        const running = await runTrunkline(t, { environment: await environment(t) });
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
      },
    );
  }
});
