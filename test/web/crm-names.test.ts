/** Links from the console into a CRM: made from the manifest's templates, and never to anywhere else. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CONNECTORS } from "../../src/connectors/index.ts";
import { createConnectors } from "../../src/core/connectors.ts";
import type { ListedEntry } from "../../src/store/log-entry-lists.ts";
import { createCrmNames } from "../../src/web/console/crm-names.ts";

const environment = {
  CLIO_CLIENT_ID: "id",
  CLIO_CLIENT_SECRET: "secret",
  PIPEDRIVE_CLIENT_ID: "id",
  PIPEDRIVE_CLIENT_SECRET: "secret",
  PIPEDRIVE_REDIRECT_URI: "https://example.com/back",
};
const names = createCrmNames(createConnectors(CONNECTORS, { serverUrl: "http://127.0.0.1", environment }));

function entry(more: Partial<ListedEntry>, hostname: string | undefined = "acme.pipedrive.com"): ListedEntry {
  return {
    id: "e1",
    kind: "call",
    sourceKey: "s1",
    contactId: "7",
    state: "written",
    logId: "42",
    wantedVersion: 1,
    sentVersion: 1,
    writtenVersion: 1,
    hasContent: true,
    attempts: 0,
    createdAt: 0,
    owedSince: 0,
    writtenAt: undefined,
    nextAttemptAt: undefined,
    holdUntil: undefined,
    leaseUntil: undefined,
    lastError: undefined,
    lastErrorCode: undefined,
    user: { id: "u", name: "Ann", crmUserId: "1", platform: "pipedrive", tenant: "acme", hostname, connected: true },
    ...more,
  };
}

test("the user's own host and the ids go into the address; a page that cannot be opened is not linked to", () => {
  assert.deepEqual(names.linksTo(entry({})), { contact: "https://acme.pipedrive.com/person/7", log: undefined });
  const user = { ...entry({}, "eu.app.clio.com").user, platform: "clio" };
  assert.deepEqual(names.linksTo(entry({ user })), {
    contact: "https://eu.app.clio.com/nc/#/contacts/7",
    log: "https://eu.app.clio.com/nc/#/contacts/7/communications",
  });
});

test("what is not known, or is no host, leads nowhere", () => {
  assert.deepEqual(names.linksTo(entry({}, "evil.example/?")), { contact: undefined, log: undefined });
  const user = { ...entry({}).user, platform: "unknown" };
  assert.deepEqual(names.linksTo(entry({ user })), { contact: undefined, log: undefined });
});

test("an id cannot break out of its place", () => {
  const { contact } = names.linksTo(entry({ contactId: "7/../../evil?x=#" }));
  assert.equal(contact, "https://acme.pipedrive.com/person/7%2F..%2F..%2Fevil%3Fx%3D%23");
});
