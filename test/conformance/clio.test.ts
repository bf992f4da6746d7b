/** The connector for Clio, put through every scenario against a fake that knows the vendor's document. */

import assert from "node:assert/strict";
import { clio } from "../../src/connectors/clio/index.ts";
import type { CrmUnderTest } from "../../src/testing/crm-under-test.ts";
import { describeConnector } from "../../src/testing/describe-connector.ts";
import { startFakeClio } from "../fake-crms/clio/fake-clio.ts";

describeConnector(clio, startClioUnderTest);

async function startClioUnderTest(): Promise<CrmUnderTest> {
  const fake = await startFakeClio();
  const { state } = fake;
  const placeOf = (id: string) => state.communications.findIndex((communication) => communication.id === Number(id));
  return {
    url: fake.url,
    environment: (origin) => ({ ...fake.environment, CLIO_API_URL: origin, CLIO_OAUTH_URL: origin }),
    access: {
      type: "oauth",
      hostname: "eu.app.clio.com",
      consent: async () => fake.grants.newCode(state.users[0]?.id ?? 0),
    },
    contactType: "Person",
    operations: {
      search: ["GET /api/v4/contacts.json"],
      createContact: ["POST /api/v4/contacts.json"],
      createLog: ["POST /api/v4/communications.json"],
      completeLog: ["POST /api/v4/activities.json"],
      readLog: ["GET /api/v4/communications/*"],
      updateLog: ["PATCH /api/v4/communications/*"],
      createAppointment: ["POST /api/v4/calendar_entries.json"],
      token: ["POST /oauth/token"],
      revoke: ["POST /oauth/deauthorize"],
    },
    addContact: async ({ name, phone }) => String(state.addContact({ name, phones: [phone] }).id),
    contacts: async () => state.contacts.map(({ id, name }) => ({ id: String(id), name })),
    records: async () =>
      state.communications.map(({ id, subject, body, senders, receivers }) => {
        const contact = [...senders, ...receivers].find(({ type }) => type === "Contact");
        return { id: String(id), contactId: String(contact?.id), subject, body };
      }),
    async editRecord(id, body) {
      Object.assign(state.communications[placeOf(id)] ?? {}, { body });
    },
    async deleteRecord(id) {
      state.communications.splice(placeOf(id), 1);
    },
    delaySearch: async () => fake.slowSearch(true),
    addChoice: async (contactId) => ({ matters: state.addMatter({ client: Number(contactId) }).id }),
    appointments: async () =>
      state.calendarEntries.map(({ id, summary, start_at: start, end_at: end, attendees }) => ({
        id: String(id),
        title: summary,
        startsAt: Date.parse(start),
        durationMinutes: (Date.parse(end) - Date.parse(start)) / 60_000,
        contactIds: attendees.filter(({ type }) => type === "Contact").map((one) => String(one.id)),
      })),
    async close() {
      await fake.close();
      assert.deepEqual(fake.violations, []);
    },
  };
}
