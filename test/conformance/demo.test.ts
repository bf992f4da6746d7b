/** The Demo CRM's connector with a key, put through every scenario. */

import { demo } from "../../src/connectors/demo/index.ts";
import { startDemoCrmUnderTest } from "../../src/testing/demo-crm.ts";
import { describeConnector } from "../../src/testing/describe-connector.ts";

describeConnector(demo, () => startDemoCrmUnderTest("apiKey"));
