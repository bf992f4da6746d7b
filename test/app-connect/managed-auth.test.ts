/** A login form of a connector written for App Connect that administrators may fill in: its fields and its options are as it declares them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { adapted } from "../../src/app-connect/adapt.ts";
import { exportsOf } from "../../src/app-connect/exports.ts";
import { manifestFrom } from "../../src/app-connect/manifest.ts";
import { company } from "../support/company.ts";
import { runTrunkline } from "../support/trunkline.ts";
import { todaysFunctions } from "./adapted.ts";

const FIELDS = [
  {
    const: "dealer",
    title: "Dealer",
    required: true,
    managed: true,
    managedScope: "account",
    managedFieldType: "input",
  },
  { const: "person", title: "Person", managed: true, managedScope: "user", managedFieldType: "dynamic" },
  { const: "region", title: "Region", managed: false, managedScope: "", managedFieldType: "" },
];

test("an administrator chooses from the options that the connector answers", async (t) => {
  const { ringCentral, tokens } = await company(t);
  const exports = exportsOf({
    ...Object.fromEntries(todaysFunctions()),
    getManagedAuthOptions: ({
      accountValues,
      fieldConst,
    }: {
      accountValues: { dealer: string };
      fieldConst: string;
    }) => [{ value: 7, label: `${fieldConst} of ${accountValues.dealer}` }, { value: "8" }, { label: "worth nothing" }],
  });
  const auth = { type: "apiKey", apiKey: { page: { title: "Log in", content: FIELDS } } };
  const manifest = manifestFrom("today", { displayName: "Today CRM", auth, page: {} });
  assert.ok(exports !== undefined && !("problem" in manifest));
  const { connector } = await adapted({ exports, manifest });
  const running = await runTrunkline(t, { connectors: [connector], environment: ringCentral.environment });

  const headers = { "x-rc-access-token": tokens.administrator };
  const body = { fieldConst: "person", accountValues: { dealer: "Acme" } };
  const options = await running.send("POST", "/admin/managedAuth/options?platform=today", body, headers);
  assert.deepEqual(JSON.parse(options.text), [
    { value: "7", label: "person of Acme" },
    { value: "8", label: "8" },
  ]);
  const { json } = await running.send("GET", "/apiKeyManagedAuthState?platform=today", undefined, headers);
  assert.deepEqual([json["hasManagedAuth"], json["missingRequiredFieldConsts"]], [true, ["dealer"]]);
  const interfaces = await running.send("GET", "/implementedInterfaces?platform=today");
  assert.equal(interfaces.json["getManagedAuthOptions"], true);
});
