/** Connectors written for App Connect, unchanged, put through every scenario against the Demo CRM: one with a key, one with OAuth in its own ways. */

import { fileURLToPath } from "node:url";
import { loadFromAppConnect } from "../../src/commands/connector/app-connect.ts";
import type { CrmUnderTest } from "../../src/testing/crm-under-test.ts";
import { startDemoCrmUnderTest } from "../../src/testing/demo-crm.ts";
import { describeConnector } from "../../src/testing/describe-connector.ts";

const [today] = await loadFromAppConnect(connectorAt("today/index.cjs"));
const [granted] = await loadFromAppConnect(connectorAt("granted/granted.mjs"));
if (today === undefined || granted === undefined) throw new Error("A connector was not loaded.");

describeConnector(today.connector, () => startUnderTest("apiKey", "TODAY_API_URL"));
describeConnector(granted.connector, () => startUnderTest("oauth", "GRANTED_API_URL"));

/** Such a connector goes where the user says that their CRM is: to the go-between. */
async function startUnderTest(kind: "apiKey" | "oauth", variable: string): Promise<CrmUnderTest> {
  const crm = await startDemoCrmUnderTest(kind);
  const access = { ...crm.access };
  // Revoking is left to the connector, and this one does not.
  const { revoke: _, ...operations } = crm.operations;
  return {
    ...crm,
    access,
    operations,
    environment(origin) {
      access.hostname = new URL(origin).host;
      return { [variable]: origin };
    },
  };
}

function connectorAt(path: string): string {
  return fileURLToPath(new URL(`../app-connect/connectors/${path}`, import.meta.url));
}
