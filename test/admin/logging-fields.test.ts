/** What a CRM wants filled in before it is logged to without a browser: each user's own, sealed, and no more than was asked for. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { defineConnector } from "../../src/sdk/connector.ts";
import { testDatabases } from "../support/databases.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { administration } from "./administration.ts";

const SERVICE_USER = { const: "serviceUser", title: "Service user", type: "inputField" } as const;
const asking = defineConnector({
  ...demo,
  manifest: (site) => ({
    ...demo.manifest(site),
    serverSideLogging: { additionalFields: [SERVICE_USER, { ...SERVICE_USER, const: "password" }] },
  }),
});

for (const database of await testDatabases()) {
  void suite(`fields for logging without a browser on ${database.name}`, { skip: database.skip }, () => {
    test("are kept for each user, and only those that the CRM asks for", async (t) => {
      const { ask, crm, databaseUrl } = await administration(t, database, { connectors: [asking] });
      const route = "/admin/serverLoggingSettings";
      assert.deepEqual((await ask(`GET ${route}`)).json, {});
      const additionalFieldValues = { serviceUser: "robot", password: "correct horse", isAdmin: true };
      const saved = await ask(`POST ${route}`, { body: { additionalFieldValues } });
      assert.equal(saved.json["successful"], true, saved.text);
      assert.deepEqual((await ask(`GET ${route}`)).json, { serviceUser: "robot", password: "correct horse" });
      assert.deepEqual((await ask(`GET ${route}`, { jwt: crm.ben })).json, {});
      await ask(`POST ${route}`, { body: { additionalFieldValues: { serviceUser: "android" } } });
      assert.deepEqual((await ask(`GET ${route}`)).json, { serviceUser: "android" });
      const [kept, ...others] = await rowsOf(databaseUrl, "select field_values from logging_fields");
      assert.match(String(kept?.["field_values"]), /^v1\./);
      assert.deepEqual(others, []);
    });

    test("a body without them is refused by name", async (t) => {
      const { ask } = await administration(t, database);
      const refused = await ask("POST /admin/serverLoggingSettings", { body: {} });
      assert.deepEqual([refused.status, refused.text], [400, "additionalFieldValues is required."]);
    });
  });
}
