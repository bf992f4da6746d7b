/** RingCentral cannot say who somebody is: nobody is let in meanwhile, and the answer says when to come back. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { outOfOrder, rateLimited } from "../fake-ringcentral/refusals.ts";
import { testDatabases } from "../support/databases.ts";
import { administration } from "./administration.ts";

const ME = "GET /restapi/v1.0/account/~/extension/~";

for (const database of await testDatabases()) {
  void suite(`RingCentral away, on ${database.name}`, { skip: database.skip }, () => {
    test("an error of its own is a 503 with a time to come back, and is not remembered", async (t) => {
      const { ask, ringCentral, tokens } = await administration(t, database);
      ringCentral.faults.order(outOfOrder(ME, 503));
      const away = await ask("GET /admin/settings", { rc: tokens.administrator });
      assert.equal(away.status, 503, away.text);
      assert.match(away.text, /^RingCentral is not available at the moment\. Please try again\.$/);
      assert.match(away.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
      assert.equal((await ask("GET /admin/settings", { rc: tokens.administrator })).status, 200);
    });

    test("its own wait is handed on", async (t) => {
      const { ask, ringCentral, tokens } = await administration(t, database);
      ringCentral.faults.order(rateLimited(ME, 30));
      const slow = await ask("GET /admin/settings", { rc: tokens.administrator });
      assert.deepEqual([slow.status, slow.headers.get("retry-after")], [503, "30"], slow.text);
      assert.match(slow.text, /^RingCentral asked us to slow down\./);
    });

    test("a server that nobody answers at is not taken for the database", async (t) => {
      const { ask, crm } = await administration(t, database, {
        environment: { RINGCENTRAL_SERVER: "http://127.0.0.1:1" },
      });
      const away = await ask("GET /admin/settings", { rc: "a token" });
      assert.equal(away.status, 503, away.text);
      assert.match(away.text, /^RingCentral could not be reached\./);
      const settings = await ask("GET /user/settings", { jwt: crm.ben, headers: { "x-rc-access-token": "a token" } });
      assert.deepEqual([settings.status, settings.json], [200, {}]);
    });
  });
}
