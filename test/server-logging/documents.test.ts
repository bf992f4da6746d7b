/** Faxes and pictures in a CRM that stores documents: fetched with the login at RingCentral, once, and again where that failed. */

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { demo } from "../../src/connectors/demo/index.ts";
import { defineConnector, type DocumentToUpload } from "../../src/sdk/connector.ts";
import { TrunklineError } from "../../src/sdk/errors.ts";
import { rowsOf } from "../operators/whole-database.ts";
import { testDatabases } from "../support/databases.ts";
import { until } from "../support/trunkline.ts";
import { conversationsPosted, IN_AMERICA, postMessages } from "./browser.ts";
import { activities, LUKE, office } from "./office.ts";

const WITH_LUKE = { with: { phoneNumber: LUKE } };
const FAX = Buffer.from("%PDF a fax");
const PICTURE = Buffer.from("a picture");

/** The Demo CRM's connector, which keeps documents as well. */
function keeping() {
  const kept: DocumentToUpload[] = [];
  const refusing = { left: 0 };
  const connector = defineConnector({
    ...demo,
    uploadDocument(_context, document) {
      if (refusing.left-- > 0) return Promise.reject(new TrunklineError("crm-unavailable", "The CRM is away."));
      kept.push(document);
      return Promise.resolve();
    },
  });
  return { connector, kept, refusing };
}

for (const database of await testDatabases()) {
  void suite(`documents without any browser on ${database.name}`, { concurrency: true, skip: database.skip }, () => {
    test("are carried into the CRM once, whoever logs the message as well", async (t) => {
      const { connector, kept, refusing } = keeping();
      const there = await office(t, database, { connectors: [connector] });
      const { bob, crm, databaseUrl, ringCentral, running } = there;
      await there.switchedOn();
      refusing.left = 1;
      await ringCentral.phone.fax(bob, { ...WITH_LUKE, pages: 1, document: FAX });
      await activities(running, 1);
      const isOwed = async () => (await rowsOf(databaseUrl, "select attempts from recorded_messages")).length > 0;
      await until(async () => {
        const [owed, ...others] = await rowsOf(databaseUrl, "select attempts from recorded_messages");
        return owed?.["attempts"] === 1 && others.length === 0 ? true : undefined;
      });
      assert.equal(kept.length, 0);
      // It is tried again after a while.
      await rowsOf(databaseUrl, "update recorded_messages set due_at = 0");
      await until(async () => ((await isOwed()) ? undefined : true));
      await ringCentral.phone.text(bob, { ...WITH_LUKE, text: "Look at this", picture: PICTURE });
      await until(async () => (kept.length === 2 ? true : undefined));
      assert.deepEqual(
        kept.map(({ bytes, contact, contentType, name }) => [
          Buffer.from(bytes).toString(),
          contact.id,
          contentType,
          name,
        ]),
        [
          [FAX.toString(), "1", "application/pdf", "fax.pdf"],
          [PICTURE.toString(), "1", "image/png", "picture.png"],
        ],
      );
      const rcAccessToken = there.tokens.agent;
      const posted = conversationsPosted(there, ringCentral.state.messages, IN_AMERICA).map((body) => ({
        ...body,
        logInfo: { ...Object(body["logInfo"]), rcAccessToken },
      }));
      assert.deepEqual(await postMessages(there, crm.ben, posted), []);
      assert.equal(kept.length, 2);
    });
  });
}
