/** What nobody fills in by hand: default settings, what an administrator filled in, and what of it a connector is handed and nobody sees. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { defineConnector, type Submission } from "../../src/sdk/connector.ts";
import { wholeDatabase } from "../operators/whole-database.ts";
import { testDatabases } from "../support/databases.ts";
import { activitiesIn, setFaults, until } from "../support/trunkline.ts";
import { activities, LUKE, office, wholeCall } from "./office.ts";

const PASSWORD = "correct horse battery staple";
const WITH_LUKE = { with: { phoneNumber: LUKE } };

/** The Demo CRM's connector, which also asks for more than it has a use for. */
function asking() {
  const handedOver: Submission[] = [];
  const byCase = {
    inboundCall: { settingId: "dealOfInboundCalls" },
    outboundCall: { settingId: "dealOfOutboundCalls" },
    message: { settingId: "dealOfTexts" },
  };
  const deals = {
    const: "deals",
    title: "Deal",
    type: "selection",
    contactDependent: true,
    defaultSettingId: "dealOptions",
    defaultSettingValues: byCase,
  } as const;
  const purpose = {
    const: "purpose",
    title: "Purpose",
    type: "selection",
    options: ["sales", "support"].map((one) => ({ const: one, title: one })),
  } as const;
  const secret = { const: "apiPassword", title: "Password of the CRM's API", type: "inputField" } as const;
  const connector = defineConnector({
    ...demo,
    manifest(site) {
      const manifest = demo.manifest(site);
      const items = [
        { id: "dealOfTexts", type: "inputField", name: "Deal of texts", defaultValue: "X-wing maintenance" },
      ];
      const page = { additionalFields: [deals, purpose] };
      return {
        ...manifest,
        settings: [{ id: "dealOptions", type: "section", name: "Deals", items }],
        serverSideLogging: { additionalFields: [purpose, secret] },
        page: { ...manifest.page, callLog: page, messageLog: page },
      };
    },
    createCallLog(context, log, call) {
      handedOver.push(call.submission);
      assert.equal(call.isLoggedByService, true);
      return demo.createCallLog(context, log, call);
    },
    async createMessageLog(context, log, conversation) {
      handedOver.push(log.submission);
      assert.ok(demo.createMessageLog !== undefined);
      return demo.createMessageLog(context, log, conversation);
    },
  });
  return { connector, handedOver };
}

for (const database of await testDatabases()) {
  void suite(`fields that nobody fills in on ${database.name}`, { concurrency: true, skip: database.skip }, () => {
    test("take the user's default, as the administrator left it to them, for calls and texts apart", async (t) => {
      const { connector } = asking();
      const there = await office(t, database, { connectors: [connector] });
      const { ask, bob, crm, ringCentral, running, tokens } = there;
      await there.switchedOn();
      const decided = { dealOfInboundCalls: { value: "jedi  ORDER", customizable: false } };
      const adminSettings = { userSettings: decided };
      await ask("POST /admin/settings", { rc: tokens.administrator, body: { adminSettings } });
      const own = {
        dealOfInboundCalls: { value: "X-wing maintenance" },
        dealOfOutboundCalls: { value: "no such deal" },
      };
      await ask("POST /user/settings", { jwt: crm.ben, body: { userSettings: own } });
      await wholeCall(there, bob, WITH_LUKE);
      await wholeCall(there, bob, { ...WITH_LUKE, direction: "Outbound" });
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "Hello" });
      const records = await activities(running, 3);
      const dealOf = (subject: RegExp) => records.find((one) => subject.test(String(one["subject"])))?.["dealId"];
      const [jedi, xwing] = ["1", "2"];
      assert.equal(dealOf(/^Inbound/), jedi);
      // Luke has two deals, and none is the one that was meant.
      assert.equal(dealOf(/^Outbound/) ?? undefined, undefined);
      assert.equal(dealOf(/SMS/i), xwing);
    });

    test("take what the administrator filled in for everybody; a secret of it reaches the connector and nothing else", async (t) => {
      const { connector, handedOver } = asking();
      const there = await office(t, database, { connectors: [connector] });
      const { ask, bob, crm, databaseUrl, ringCentral, running } = there;
      await there.switchedOn();
      const additionalFieldValues = { purpose: "Support", apiPassword: PASSWORD };
      await ask("POST /admin/serverLoggingSettings", { body: { additionalFieldValues } });
      await setFaults(running, { match: "POST /api/activities", kind: "500", times: 3 });
      const sessionId = await wholeCall(there, bob, WITH_LUKE);
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "Hello" });
      await until(async () => (handedOver.length > 0 ? true : undefined));
      const pending = await ask("GET /callLog", { jwt: crm.ben, query: `sessionIds=${sessionId}&requireDetails=true` });
      assert.doesNotMatch(pending.text, new RegExp(PASSWORD));
      await activities(running, 2);
      for (const submission of handedOver) {
        assert.deepEqual([submission["purpose"], submission["apiPassword"]], ["support", PASSWORD]);
      }
      const shown = JSON.stringify([await activitiesIn(running), await wholeDatabase(databaseUrl), running.logs]);
      assert.ok(!shown.includes(PASSWORD));
      const detailed = await ask("GET /callLog", {
        jwt: crm.ben,
        query: `sessionIds=${sessionId}&requireDetails=true`,
      });
      assert.doesNotMatch(detailed.text, new RegExp(PASSWORD));
    });
  });
}
