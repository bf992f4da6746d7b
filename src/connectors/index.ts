/** The connectors that ship with Trunkline, written out. */

import type { Connector } from "../sdk/connector.ts";
import { clio } from "./clio/index.ts";
import { demo, demoOAuth } from "./demo/index.ts";
import { pipedrive } from "./pipedrive/index.ts";

export const CONNECTORS: readonly Connector[] = [demo, demoOAuth, pipedrive, clio];
