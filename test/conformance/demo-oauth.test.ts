/** The Demo CRM's connector with OAuth, put through every scenario. */

import { demoOAuth } from "../../src/connectors/demo/index.ts";
import { startDemoCrmUnderTest } from "../../src/testing/demo-crm.ts";
import { describeConnector } from "../../src/testing/describe-connector.ts";

describeConnector(demoOAuth, () => startDemoCrmUnderTest("oauth"));
