/** The connector for Pipedrive, put through every scenario against a fake that knows the vendor's document. */

import assert from "node:assert/strict";
import { pipedrive } from "../../src/connectors/pipedrive/index.ts";
import type { CrmUnderTest } from "../../src/testing/crm-under-test.ts";
import { describeConnector } from "../../src/testing/describe-connector.ts";
import { startFakePipedrive } from "../fake-crms/pipedrive/fake-pipedrive.ts";

describeConnector(pipedrive, startPipedriveUnderTest);

/** With refresh tokens that rotate, which is harder than what Pipedrive does. */
async function startPipedriveUnderTest(): Promise<CrmUnderTest> {
  const fake = await startFakePipedrive({ rotating: true });
  const { state } = fake;
  const user = state.addUser();
  const activityWith = (id: string) => state.activities.find((activity) => activity.id === Number(id));
  return {
    url: fake.url,
    environment: (origin) => ({ ...fake.environment, PIPEDRIVE_API_URL: origin, PIPEDRIVE_OAUTH_URL: origin }),
    access: {
      type: "oauth",
      hostname: `${state.company.domain}.pipedrive.com`,
      consent: async () => fake.grants.newCode(user.id),
    },
    contactType: "contact",
    operations: {
      search: ["GET /api/v2/persons/search"],
      createContact: ["POST /api/v2/persons"],
      createLog: ["POST /api/v2/activities"],
      readLog: ["GET /api/v2/activities/*"],
      updateLog: ["PATCH /api/v2/activities/*"],
      token: ["POST /oauth/token"],
      revoke: ["POST /oauth/revoke"],
    },
    addContact: async ({ name, phone }) => String(state.addPerson({ name, phones: [phone] }).id),
    contacts: async () => state.persons.map(({ id, name }) => ({ id: String(id), name })),
    records: async () =>
      state.activities
        .filter(({ deleted }) => !deleted)
        .map(({ id, personId, subject, note }) => ({
          id: String(id),
          contactId: String(personId),
          subject,
          body: note,
        })),
    async editRecord(id, body) {
      Object.assign(activityWith(id) ?? {}, { note: body });
    },
    async deleteRecord(id) {
      Object.assign(activityWith(id) ?? {}, { deleted: true });
    },
    delaySearch: async () => fake.slowSearch(true),
    addChoice: async (contactId) => ({ deals: state.addDeal({ title: "An offer", personId: Number(contactId) }).id }),
    async close() {
      await fake.close();
      assert.deepEqual(fake.violations, []);
    },
  };
}
